"""The address that a host name sends its visitors to (RFC 3986, RFC 9110 §15.4)."""

from __future__ import annotations

import ipaddress
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from models.rules.decision import Refused

LONGEST = 2_048
"""Characters of the address as it is stored."""

CODES = (301, 302, 307, 308)
"""Status codes: moved for good or for now, and the same with the method kept."""

BAD_URL, BAD_SCHEME, CREDENTIALS, BAD_HOST, TOO_LONG = (
    "URL_INVALID",
    "URL_SCHEME",
    "URL_CREDENTIALS",
    "URL_HOST",
    "URL_TOO_LONG",
)

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = string.ascii_letters + string.digits + "-._~:/?#@!$&'()*+,;=%"
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NUMBERS = re.compile(r"[0-9.]+|0x[0-9a-f.x]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address as it is stored: host in A-labels, everything else in ASCII. `port` is that in use."""

    url: str
    host: str
    port: int


def read(typed: str, to_ascii: Callable[[str], str | None]) -> Redirect | Refused:
    """The address that was typed; `to_ascii` gives a host name in A-labels, or `None` for one that cannot be.

    Letters beyond ASCII are escaped as UTF-8 (RFC 3987 §3.1). Refuses with `URL_INVALID`, `URL_SCHEME` for anything but http
    and https, `URL_CREDENTIALS` for one with a name or password in it, `URL_HOST` and `URL_TOO_LONG`.
    """
    if len(typed) > LONGEST:
        return Refused(TOO_LONG)
    if not typed or not typed.isprintable() or any(c.isspace() or c in '\\<>"{}|^`' for c in typed):
        return Refused(BAD_URL)
    try:
        parts = urlsplit(typed)
        port = parts.port
        hostname = parts.hostname
    except ValueError:
        return Refused(BAD_URL)
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        return Refused(BAD_SCHEME)
    if "@" in parts.netloc:
        return Refused(CREDENTIALS)
    if port == 0 or parts.netloc.endswith(":") or _BAD_ESCAPE.search(typed):
        return Refused(BAD_URL)
    host = _host(hostname or "", bracketed="[" in parts.netloc, to_ascii=to_ascii)
    if host is None:
        return Refused(BAD_HOST)
    return _stored(parts, scheme, host, port)


def _stored(parts: SplitResult, scheme: str, host: str, port: int | None) -> Redirect | Refused:
    shown = f"[{host}]" if ":" in host else host
    plain = port is None or port == _DEFAULT_PORTS[scheme]
    behind = f"{parts.path or '/'}{parts.query and f'?{parts.query}'}{parts.fragment and f'#{parts.fragment}'}"
    url = f"{scheme}://{shown}{'' if plain else f':{port}'}{quote(behind, safe=_SAFE)}"
    return Refused(TOO_LONG) if len(url) > LONGEST else Redirect(url, host, port or _DEFAULT_PORTS[scheme])


def _host(host: str, *, bracketed: bool, to_ascii: Callable[[str], str | None]) -> str | None:
    try:
        if bracketed:
            return ipaddress.IPv6Address(host).compressed if "%" not in host else None
        if _NUMBERS.fullmatch(host):  # what looks like numbers is an address, and is written in the one common way
            return str(ipaddress.IPv4Address(host))
    except ValueError:
        return None
    return to_ascii(host.removesuffix("."))
