"""Sessions: opened at sign-in, found again by their token at every request, ended by whoever may.

Finding is on the path of every request: one statement straight through the driver decides everything that ends a
session (SECURITY SE2, SE4). Nothing is cached, so what was revoked is dead at the next request.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gateway.auth.address import shortened
from gateway.auth.afterwards import Afterwards
from gateway.auth.client import Client
from gateway.auth.drivers import instant
from gateway.auth.logins import Account
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.settings import Settings
from models import Customer, Session, SessionKind
from models.database import dialect, fetch

TOUCH_EVERY = timedelta(seconds=1)
"""How exact `last_used_at` is; a session in constant use is written once in this time."""

_FIND = """
SELECT s.id, s.kind, s.customer_id, s.package_id, s.created_at, s.last_used_at, s.idle_seconds, s.expires_at,
 p.password_changed_at, s.elevated_until, s.token_hash
FROM session s JOIN customer c ON c.id = s.customer_id LEFT JOIN package p ON p.id = s.package_id
WHERE s.{column} = {mark}1 AND s.revoked_at IS NULL AND c.disabled_at IS NULL
 AND (s.package_id IS NULL OR (p.state <> 'ENDED' AND p.password_hash IS NOT NULL))"""

_STATEMENTS = {
    (column, kind): _FIND.format(column=column, mark=mark)
    for column in ("token_hash", "id")
    for kind, mark in (("postgres", "$"), ("sqlite", "?"))
}

_KINDS = {kind.value: kind for kind in SessionKind}


def is_alive(last_used_at: datetime, idle_seconds: int, expires_at: datetime, now: datetime) -> bool:
    """Whether a session that nobody ended is neither idle for too long nor past its end."""
    return now < expires_at and now < last_used_at + timedelta(seconds=idle_seconds)


async def hold_customer(customer_id: str) -> Customer:
    """Lock a customer's row until the unit of work ends: whoever opens or ends several sessions waits for the other.

    Without it two of them could each hold a row the other wants. SQLite has one writer anyway.
    """
    return await Customer.filter(id=customer_id).select_for_update(no_key=True).get()


async def _note_use(session_id: str, now: datetime) -> None:
    await Session.filter(id=session_id, last_used_at__lte=now - TOUCH_EVERY).update(last_used_at=now)


class Sessions:
    """Opens and finds sessions, and notes when they were last used."""

    def __init__(self, settings: Settings, afterwards: Afterwards) -> None:
        self._settings = settings
        self._afterwards = afterwards

    async def find(self, hashed: str, now: datetime) -> Viewer | None:
        """Whose session it is, by the hash of its token; `None` when there is none or it has ended.

        Ended means: revoked, idle or old; its customer is disabled; for a package login also: the package has ended, or
        its password was changed or removed since.
        """
        return await self._find("token_hash", hashed, now)

    async def find_by_id(self, session_id: str, now: datetime) -> Viewer | None:
        """The same for something bound to a session, such as a ticket."""
        return await self._find("id", session_id, now)

    async def _find(self, column: str, value: str, now: datetime) -> Viewer | None:
        rows = await fetch(_STATEMENTS[column, dialect()], [value])
        if not rows:
            return None
        session_id, kind, customer_id, package_id, created, used, idle_seconds, expires, changed, elevated, held = rows[
            0
        ]
        last_used_at = instant(used)
        if not is_alive(last_used_at, idle_seconds, instant(expires), now):
            return None
        if changed is not None and instant(changed) > instant(created):
            return None
        if now - last_used_at >= TOUCH_EVERY:
            self._touch(session_id, now)
        kind = _KINDS[kind]
        elevated_until = None if elevated is None else instant(elevated)
        return Viewer(kind, customer_id, package_id, SCOPES_OF[kind], session_id, elevated_until, held)

    async def open(
        self, account: Account, client: Client, now: datetime, *, device_name: str | None, remembered: bool
    ) -> tuple[Session, str]:
        """A new session and its token, which is stored nowhere.

        Inside a unit of work that holds the customer (`hold_customer`). What has ended of this login is cleared away;
        of more than `sessions_per_login` the oldest are dropped.
        """
        chosen = self._settings
        idle, lifetime = (
            (chosen.remembered_idle, chosen.remembered_lifetime)
            if remembered
            else (chosen.session_idle, chosen.session_lifetime)
        )
        await self._clear(account, now)
        token = new_token(TokenKind.SESSION)
        session = await Session.create(
            customer_id=account.customer_id,
            package_id=account.package_id,
            kind=account.kind,
            token_hash=token_hash(TokenKind.SESSION, token),
            device_name=device_name,
            user_agent=client.user_agent,
            address=shortened(client.address),
            remembered=remembered,
            idle_seconds=idle,
            created_at=now,
            last_used_at=now,
            expires_at=now + timedelta(seconds=lifetime),
        )
        return session, token

    async def _clear(self, account: Account, now: datetime) -> None:
        """Make room for one more session of a login."""
        rows = await Session.filter(customer_id=account.customer_id, package_id=account.package_id).order_by(
            "-created_at", "-id"
        )
        alive = [
            row
            for row in rows
            if row.revoked_at is None and is_alive(row.last_used_at, row.idle_seconds, row.expires_at, now)
        ]
        kept = {row.id for row in alive[: self._settings.sessions_per_login - 1]}
        if gone := [row.id for row in rows if row.id not in kept]:
            await Session.filter(id__in=gone).delete()

    def _touch(self, session_id: str, now: datetime) -> None:
        """Note that a session is in use, once a second at most, behind the answer."""
        self._afterwards.do(session_id, lambda: _note_use(session_id, now))
