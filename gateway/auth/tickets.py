"""Download tickets (SECURITY Z9): a browser can't send a bearer token with a link, so it gets one use of one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.auth.sessions import Sessions
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.auth.viewer import Viewer
from models import DownloadTicket
from models.database import in_unit_of_work


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket nobody has used yet, and whose it is."""

    id: str
    viewer: Viewer


async def issue_ticket(viewer: Viewer, path: str, lifetime: int, now: datetime) -> str:
    """A token good for one download of `path` within `lifetime` seconds, while the viewer's session lives.

    Whether the viewer may have the file is decided before, and again at the download, through `visible`.
    """
    token = new_token(TokenKind.TICKET)

    async def write() -> None:
        await DownloadTicket.filter(session_id=viewer.session_id, expires_at__lte=now).delete()
        await DownloadTicket.create(
            customer_id=viewer.customer_id,
            session_id=viewer.session_id,
            token_hash=token_hash(TokenKind.TICKET, token),
            path=path,
            expires_at=now + timedelta(seconds=lifetime),
        )

    await in_unit_of_work(write)
    return token


async def find_ticket(sessions: Sessions, text: str, path: str, now: datetime) -> Ticket | None:
    """The ticket for `path` that `text` is; `None` for one that is used, expired, for another file, or none at all.

    A ticket of a session that has ended is none. It stays good until `use_ticket`.
    """
    hashed = token_hash(TokenKind.TICKET, text)
    if hashed is None:
        return None
    ticket = await DownloadTicket.get_or_none(token_hash=hashed, used_at=None, expires_at__gt=now)
    if ticket is None or ticket.path != path:
        return None
    viewer = await sessions.find_by_id(ticket.session_id, now)
    return None if viewer is None else Ticket(ticket.id, viewer)


async def use_ticket(ticket: Ticket, now: datetime) -> bool:
    """Use it up: inside the caller's unit of work. Of parallel uses one gets True, since the update is conditional."""
    return bool(await DownloadTicket.filter(id=ticket.id, used_at=None).update(used_at=now))
