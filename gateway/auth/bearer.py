"""The `Authorization` header (RFC 6750 §2.1): the only place a session token is read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from gateway.auth.sessions import Sessions
from gateway.auth.tokens import TokenKind, token_hash
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError

CHALLENGE = 'Bearer error="invalid_token"'
"""`WWW-Authenticate` of every 401 (RFC 6750 §3)."""

_BEARER = re.compile(r"bearer +([^ ]+) *", re.IGNORECASE | re.ASCII)


def invalid_token() -> GatewayError:
    """A token was sent and is not good. The HTTP layer answers 401 with `CHALLENGE`; nobody becomes anonymous by it."""
    return GatewayError(ErrorCode.UNAUTHENTICATED, "token.invalid")


def bearer_hash(values: Sequence[str]) -> str | None:
    """The hash of the session token in all `Authorization` values of a request; `None` when there is no such header.

    Raises `invalid_token()` for a second header, another scheme, an empty value, or a text that is no session token:
    whoever sends credentials means to be somebody, and must not get the answers of nobody.
    """
    if not values:
        return None
    if len(values) == 1 and (match := _BEARER.fullmatch(values[0])):
        hashed = token_hash(TokenKind.SESSION, match.group(1))
        if hashed is not None:
            return hashed
    raise invalid_token()


async def viewer_of(values: Sequence[str], sessions: Sessions, now: datetime) -> Viewer | None:
    """Who sends a request with these `Authorization` values: `None` without any, else somebody or `invalid_token()`."""
    hashed = bearer_hash(values)
    if hashed is None:
        return None
    viewer = await sessions.find(hashed, now)
    if viewer is None:
        raise invalid_token()
    return viewer
