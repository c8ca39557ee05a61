"""What every answer carries for the browser's sake, and which host names and origins are served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from gateway.settings import Settings

HeaderLine = tuple[bytes, bytes]

_ALWAYS: tuple[HeaderLine, ...] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_HSTS: HeaderLine = (b"strict-transport-security", b"max-age=63072000")
_VARY: HeaderLine = (b"vary", b"Origin")
_EXPOSED: HeaderLine = (b"access-control-expose-headers", b"Content-Disposition, Retry-After, Server-Timing")
_PREFLIGHT: tuple[HeaderLine, ...] = (
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"Authorization, Content-Type, X-View-As"),
    (b"access-control-max-age", b"600"),
)


class SecurityHeaders:
    """The headers of every answer; one that a route has set itself stays as the route wants it."""

    def __init__(self, hsts: bool) -> None:
        self._headers = (*_ALWAYS, _HSTS) if hsts else _ALWAYS

    def complete(self, headers: Iterable[HeaderLine]) -> list[HeaderLine]:
        """`headers` and those of ours that are not among them."""
        lines = list(headers)
        names = {name for name, _ in lines}
        lines += [line for line in self._headers if line[0] not in names]
        return lines


class Hosts:
    """The `Host` names that are answered; a listed name stands for all its ports."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name.lower().encode() for name in names)

    def serve(self, host: bytes | None) -> bool:
        """Whether a request with this `Host` header is for us. A request without one is not (RFC 9112 §3.2)."""
        if host is None:
            return False
        if host in self._names:
            return True
        name, colon, port = host.lower().rpartition(b":")
        if not colon or b"]" in port:
            return host.lower() in self._names
        return name in self._names and port.isdigit() and len(port) <= 5


def hosts_of(settings: Settings) -> Hosts:
    """The listed names, and the one of the public address: a gateway that refuses its own address helps nobody."""
    public = urlsplit(settings.public_url).netloc if settings.public_url else ""
    return Hosts([*settings.allowed_hosts, *([public] if public else [])])


class Origins:
    """Cross-origin access (Fetch standard, "HTTP extensions"): exact origins, never credentials."""

    def __init__(self, origins: Iterable[str]) -> None:
        self._origins = frozenset(origin.lower().encode() for origin in origins)

    def headers(self, sent: Mapping[bytes, bytes]) -> tuple[HeaderLine, ...]:
        """What an answer to a request with the headers `sent` adds."""
        if not self._origins:
            return ()
        origin = sent.get(b"origin")
        if origin is None or origin not in self._origins:
            return (_VARY,)
        return (_VARY, (b"access-control-allow-origin", origin), _EXPOSED)

    def preflight(self, method: str, sent: Mapping[bytes, bytes]) -> tuple[HeaderLine, ...] | None:
        """The headers of the answer to a preflight of a listed origin; `None` for every other request."""
        if method != "OPTIONS" or sent.get(b"origin") not in self._origins:
            return None
        return _PREFLIGHT if b"access-control-request-method" in sent else None
