"""What jobs do: ask for an address of the Internet, or run a PHP script of the web space."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

from models.rules import web_root
from models.rules.decision import Allowed, Decision, Refused

NOT_PUBLIC, BAD_PORT, NOT_PHP = "NOT_PUBLIC", "BAD_PORT", "NOT_PHP"

SUFFIX = ".php"

_WELL_KNOWN_PORTS = (80, 443)
_FIRST_FREE_PORT = 1_024
_PRIVATE_NAMES = frozenset(
    {
        "localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "onion", "alt",
        "test", "invalid",
    }
)  # fmt: skip
"""Last labels of names that lead into a network of somebody's own, or nowhere (RFC 6761, RFC 6762, RFC 8375, RFC 9476)."""

_RELAYS = ipaddress.ip_network("192.88.99.0/24")
"""Relays of 6to4, which there are none of any more (RFC 7526)."""

_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)


def askable(host: str, port: int, own: Iterable[str]) -> Decision:
    """Whether jobs can ask a host, in A-labels or an IP address; `own` are the names of the host's own servers.

    Refuses with `NOT_PUBLIC` for what is not on the Internet or is one of `own`, `BAD_PORT` for those of other services than
    the web's. A name is looked at, not looked up: whoever runs jobs has to hold the address it leads to to the same rule.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if not _is_public_name(host, own):
            return Refused(NOT_PUBLIC)
    else:
        if not is_public(address) or host in own:
            return Refused(NOT_PUBLIC)
    return Allowed() if port in _WELL_KNOWN_PORTS or port >= _FIRST_FREE_PORT else Refused(BAD_PORT)


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the Internet, also where it holds another one (RFC 4291 §2.5.5, RFC 3056)."""
    inner = [address.ipv4_mapped, address.sixtofour] if isinstance(address, ipaddress.IPv6Address) else []
    for one in inner:
        if one is not None:
            return is_public(one)
    if address in _RELAYS or (isinstance(address, ipaddress.IPv6Address) and address.is_site_local):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def script(typed: str) -> str | Refused:
    """The file relative to the web space. Refuses as `web_root.normalised`, and with `NOT_PHP` for anything but PHP."""
    path = web_root.normalised(typed)
    if isinstance(path, Refused):
        return path
    name = path.rpartition("/")[2]
    if typed.endswith("/") or not name.endswith(SUFFIX) or name == SUFFIX or path.startswith("-"):
        return Refused(NOT_PHP)  # what begins with a hyphen would be an option of the program that runs it
    return path


def _is_public_name(host: str, own: Iterable[str]) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or labels[-1] in _PRIVATE_NAMES or _NUMERIC.fullmatch(labels[-1]):
        return False
    return not host.endswith(".home.arpa") and not any(host == name or host.endswith(f".{name}") for name in own)
