"""One request and its answer, as far as every part of the HTTP layer needs to know them."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from gateway.auth.client import Client
from gateway.http.language import language_of
from gateway.http.media import JSON

_SCOPE_KEY = "gateway.exchange"


class Exchange:
    """Made at the entrance, found again by `exchange_of(scope)`.

    `headers` are the request's, names in lower case; repeated ones are joined by a comma (RFC 9110 §5.3), so that a
    second `Host`, `Content-Type` or `Authorization` makes an invalid one instead of hiding. The rest is for the log
    line and for error answers: `operation` is a cleaned operation name, `status` 0 until the answer begins.
    """

    __slots__ = ("body_bytes", "client", "code", "headers", "language", "media_type", "operation", "status")

    def __init__(self, client: Client, headers: dict[bytes, bytes]) -> None:
        self.client = client
        self.headers = headers
        self.language = language_of(headers.get(b"accept-language"))
        self.media_type = JSON
        self.operation: str | None = None
        self.code: str | None = None
        self.status = 0
        self.body_bytes = 0

    @property
    def authorization(self) -> str | None:
        """The `Authorization` header, `None` when there is none."""
        value = self.headers.get(b"authorization")
        return None if value is None else value.decode("latin-1")

    @property
    def view_as(self) -> str | None:
        """The id of the package whose login's answer is asked for (`X-View-As`)."""
        value = self.headers.get(b"x-view-as")
        return None if value is None else value.decode("latin-1")


def exchange_of(scope: MutableMapping[str, Any]) -> Exchange:
    """The exchange an ASGI scope belongs to."""
    found: Exchange = scope[_SCOPE_KEY]
    return found


def remember(scope: MutableMapping[str, Any], exchange: Exchange) -> None:
    """Attach `exchange` to the scope of its request."""
    scope[_SCOPE_KEY] = exchange


def joined(lines: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Header lines by name, repeated ones joined by a comma."""
    headers = dict(lines)
    if len(headers) != len(lines):
        values: dict[bytes, list[bytes]] = {}
        for name, value in lines:
            values.setdefault(name, []).append(value)
        headers = {name: b", ".join(parts) for name, parts in values.items()}
    return headers
