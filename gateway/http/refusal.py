"""Error answers of the HTTP layer: one shape for all of them, with a code and a message in the caller's language."""

from __future__ import annotations

import orjson

from gateway.auth.bearer import CHALLENGE
from gateway.errors import ErrorCode, GatewayError

RETRY_AFTER = 2
"""Seconds after which an overloaded or stopping gateway may be asked again."""

HeaderLines = tuple[tuple[bytes, bytes], ...]

_STATUS = {
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.INTERNAL: 500,
    ErrorCode.TIMEOUT: 503,
    ErrorCode.UNAVAILABLE: 503,
}
_STATUS_OF_RESOURCE = {ErrorCode.FORBIDDEN: 403, ErrorCode.NOT_FOUND: 404, ErrorCode.CONFLICT: 409}


class Refusal(Exception):
    """A request that gets an error instead of an answer: status, error, and headers in lower case."""

    def __init__(self, status: int, error: GatewayError, headers: HeaderLines = ()) -> None:
        super().__init__(status)
        self.status = status
        self.error = error
        self.headers = headers


class ClientGone(Exception):
    """The other end has left before its request was complete; nobody waits for an answer."""


def refusal_of(error: GatewayError, request_error: int | None = None) -> Refusal:
    """The refusal that says `error`.

    `request_error` is the status of whatever is wrong with a GraphQL operation alone; without it the error is about the
    resource at an address, where a missing one is 404.
    """
    status = _STATUS.get(error.code) or request_error or _STATUS_OF_RESOURCE.get(error.code, 400)
    headers: HeaderLines = ()
    if status == 401:
        invalid = error.key == "token.invalid"
        headers = ((b"www-authenticate", CHALLENGE.encode() if invalid else b"Bearer"),)
    elif status in (429, 503):
        headers = ((b"retry-after", b"%d" % error.extensions.get("retryAfter", RETRY_AFTER)),)
    return Refusal(status, error, headers)


def unavailable() -> Refusal:
    """Too busy, starting or stopping: 503 with `Retry-After`."""
    return refusal_of(GatewayError(ErrorCode.UNAVAILABLE, "unavailable", extensions={"retryAfter": RETRY_AFTER}))


def internal(error_id: str) -> Refusal:
    """Something unexpected happened. `error_id` finds its log entry; nothing else is said."""
    return refusal_of(GatewayError(ErrorCode.INTERNAL, "internal", extensions={"errorId": error_id}))


_KEY_OF_HTTP = {404: "http.path", 405: "http.method", 408: "http.slow", 431: "http.header_size"}


def http_refusal(status: int, headers: HeaderLines = (), key: str | None = None) -> Refusal:
    """The refusal of a request that is wrong as HTTP, whatever it asks. `key` names another message than the usual."""
    code = {404: ErrorCode.NOT_FOUND, 408: ErrorCode.TIMEOUT}.get(status, ErrorCode.BAD_USER_INPUT)
    return Refusal(status, GatewayError(code, key or _KEY_OF_HTTP.get(status, "http.malformed")), headers)


def error_body(error: GatewayError, language: str) -> bytes:
    """The JSON text of an answer that is one error (GraphQL §7.1.2)."""
    extensions = {"code": error.code.value, **error.extensions}
    return orjson.dumps({"errors": [{"message": error.text(language), "extensions": extensions}]})
