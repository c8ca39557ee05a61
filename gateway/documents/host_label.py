"""One label of a host name, as people type it and as the DNS has it (RFC 5891, UTS 46)."""

from __future__ import annotations

import idna

from models.rules.host_name import is_deceptive


class HostNameError(Exception):
    """A name that cannot be one of a host; `deceptive` where it is made to be taken for another one."""

    def __init__(self, *, deceptive: bool = False) -> None:
        super().__init__("deceptive" if deceptive else "malformed")
        self.deceptive = deceptive


def a_label(label: str) -> str:
    """A label in lower case, as an A-label where it has other letters. Raises `HostNameError`.

    One that comes as an A-label must be that of a label in Unicode, so that `xn--` brings in nothing else.
    """
    if label.isascii() and not label.lower().startswith("xn--"):
        return label.lower()
    try:
        encoded = idna.encode(label, uts46=True, std3_rules=True).decode("ascii")
        shown = idna.decode(encoded)
    except (idna.IDNAError, UnicodeError):
        raise HostNameError from None
    if "." in encoded:  # a full stop of another script (UTS 46 §4): labels are divided by the common one
        raise HostNameError
    if is_deceptive(shown):
        raise HostNameError(deceptive=True)
    return encoded
