"""Whether a mail address could be one (RFC 5321 §4.1.2): for those who ask for the settings of a mail program."""

from __future__ import annotations

import re
from collections.abc import Callable

LONGEST = 254
"""Characters of an address (RFC 5321 §4.5.3.1.3, less the angle brackets)."""

_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII | re.IGNORECASE)


def domain_of(address: str, to_ascii: Callable[[str], str | None]) -> str | None:
    """The domain of an address in A-labels; `None` for what is no address. `to_ascii` gives a host name in A-labels.

    Local parts are those without quotes, since no mailbox here has others.
    """
    local, at, domain = address.rpartition("@")
    if not at or len(address) > LONGEST or len(local) > 64 or not _LOCAL.fullmatch(local):
        return None
    return to_ascii(domain)
