"""A session gets a new token when it becomes worth more, and the one it had is dead (SECURITY SE3)."""

from __future__ import annotations

from datetime import datetime

from gateway.auth import visible
from gateway.auth.bearer import invalid_token
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.auth.viewer import Viewer
from models import Session


async def renew_token(viewer: Viewer, elevated_until: datetime | None) -> tuple[Session, str]:
    """The viewer's session, raised until then, and its new token: inside the caller's unit of work.

    Of requests that came with one token at the same time one gets the new one. Raises `invalid_token()` for the others,
    and when the session was ended meanwhile.
    """
    token = new_token(TokenKind.SESSION)
    held = visible.current_session(viewer).filter(token_hash=viewer.token_hash)
    if not await held.update(token_hash=token_hash(TokenKind.SESSION, token), elevated_until=elevated_until):
        raise invalid_token()
    return await visible.current_session(viewer).get(), token
