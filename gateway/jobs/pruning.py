"""Deleting what has been over for a day: sessions, devices, tickets, codes and counters of logins that may never return.

Signing in clears away what is over of the same login; the rest would stay for good. Everything goes in small units of
work that wait for nobody, so any number of workers may prune beside a busy house.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tortoise.models import Model

from gateway.auth.sessions import is_alive
from models import ApiToken, DownloadTicket, IdempotencyKey, LinkCode, Session, SignInChallenge, Throttle, TrustedDevice
from models.database import in_unit_of_work

KEPT = timedelta(days=1)
"""How long something is kept after its end: longer than the clocks of processes differ, or than a write is under way."""

AT_ONCE = 200
"""Rows deleted in one unit of work."""

LOOKED_AT = 1_000
"""Sessions read in one step of the walk."""

PASSING: tuple[type[Model], ...] = (
    ApiToken,
    DownloadTicket,
    IdempotencyKey,
    LinkCode,
    SignInChallenge,
    Throttle,
    TrustedDevice,
)
"""What is over at its `expires_at`, by which each of these tables has an index."""


async def prune_expired(now: datetime) -> int:
    """Delete what has expired, up to `AT_ONCE` rows of each table; how many it were in all."""
    return sum([await _prune(model, now - KEPT) for model in PASSING])


async def _prune(model: type[Model], before: datetime) -> int:
    async def delete() -> int:
        over = model.filter(expires_at__lte=before).order_by("expires_at").limit(AT_ONCE)
        # Rows that somebody is writing just now are passed over: a counter may begin anew, a device sign in again.
        keys = [row.pk for row in await over.select_for_update(skip_locked=True)]
        return await model.filter(pk__in=keys).delete() if keys else 0

    return await in_unit_of_work(delete)


class SessionPruning:
    """A walk over all sessions, `LOOKED_AT` at a step, which deletes those that have ended: revoked, expired, or idle.

    No index tells which are idle, since one would be written at every request. A process that starts anew begins anew.
    """

    def __init__(self) -> None:
        self._last = ""

    async def step(self, now: datetime) -> int:
        """How many sessions were looked at; 0 at the end of the walk, after which the next step begins another."""
        before = now - KEPT
        seen = await Session.filter(id__gt=self._last).order_by("id").limit(LOOKED_AT)
        ended = [session.id for session in seen if _has_ended(session, before)]
        for start in range(0, len(ended), AT_ONCE):
            await _delete_sessions(ended[start : start + AT_ONCE])
        self._last = seen[-1].id if len(seen) == LOOKED_AT else ""
        return len(seen) if self._last else 0


def _has_ended(session: Session, before: datetime) -> bool:
    if session.revoked_at is not None and session.revoked_at <= before:
        return True
    return not is_alive(session.last_used_at, session.idle_seconds, session.expires_at, before)


async def _delete_sessions(ids: Sequence[str]) -> None:
    async def delete() -> None:
        rows = await Session.filter(id__in=ids).order_by("id").select_for_update(skip_locked=True)
        if rows:
            await Session.filter(id__in=[row.id for row in rows]).delete()  # and the tickets they asked for

    await in_unit_of_work(delete)
