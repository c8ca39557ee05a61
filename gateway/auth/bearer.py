"""The `Authorization` header (RFC 6750 §2.1): the only place a token is read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from gateway.auth import visible
from gateway.auth.api_tokens import ApiTokens, is_revoked
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


def bearer_hash(values: Sequence[str]) -> tuple[TokenKind, str] | None:
    """What kind of token is in all `Authorization` values of a request, and its hash; `None` without such a header.

    Raises `invalid_token()` for a second header, another scheme, an empty value, or a text that is no token of a session
    and no API token: whoever sends credentials means to be somebody, and must not get the answers of nobody.
    """
    if not values:
        return None
    if len(values) == 1 and (match := _BEARER.fullmatch(values[0])):
        for kind in (TokenKind.SESSION, TokenKind.API):
            hashed = token_hash(kind, match.group(1))
            if hashed is not None:
                return kind, hashed
    raise invalid_token()


async def demand_still_good(viewer: Viewer) -> None:
    """Raise `invalid_token()` where the viewer's session or token was ended since the request began.

    Asked inside a unit of work that holds what the one who ends it holds, too: what was in flight does not outlive it.
    """
    ended = False
    if viewer.api_token_id is not None:
        ended = await is_revoked(viewer.api_token_id)
    elif viewer.session_id:
        ended = not await visible.current_session(viewer).exists()
    if ended:
        raise invalid_token()


class Bearers:
    """Finds who sends a request, by a session or by an API token."""

    def __init__(self, sessions: Sessions, api_tokens: ApiTokens) -> None:
        self._sessions = sessions
        self._api_tokens = api_tokens

    async def viewer(self, values: Sequence[str], now: datetime) -> Viewer | None:
        """Whose these `Authorization` values are: `None` without any, else somebody or `invalid_token()`.

        Raises `RATE_LIMITED` for an API token that asks too often.
        """
        found = bearer_hash(values)
        if found is None:
            return None
        kind, hashed = found
        finder = self._sessions.find if kind is TokenKind.SESSION else self._api_tokens.find
        viewer = await finder(hashed, now)
        if viewer is None:
            raise invalid_token()
        return viewer
