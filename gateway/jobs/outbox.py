"""The outbox: taking what is due with a lease, and noting how it went.

A row belongs to whoever took it last: `attempts` counts the takings, and the failure of an older one is not noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from tortoise.expressions import F

from gateway.auth.notices import SECRETS
from models import OutboxMessage
from models.database import in_unit_of_work

MOST_ATTEMPTS = 12
"""Over about two days; then a person has to look (`failed_at`)."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=12)


async def take_due(now: datetime, *, lease: timedelta, most: int) -> Sequence[OutboxMessage]:
    """Up to `most` rows that are due, oldest first; until `now + lease` nobody else takes them.

    On PostgreSQL rows that another worker is just taking are passed over (SKIP LOCKED); on SQLite one unit of work
    excludes the other.
    """

    async def take() -> list[OutboxMessage]:
        waiting = OutboxMessage.filter(sent_at=None, failed_at=None, available_at__lte=now)
        due = await waiting.order_by("available_at", "id").limit(most).select_for_update(skip_locked=True)
        if due:
            ids = [message.id for message in due]
            await OutboxMessage.filter(id__in=ids).update(available_at=now + lease, attempts=F("attempts") + 1)
            for message in due:
                message.attempts += 1
        return due

    return await in_unit_of_work(take)


async def note_sent(message: OutboxMessage, now: datetime) -> None:
    """It has left the house, whoever holds the lease by now. What was sealed in it is not kept."""
    told = {name: value for name, value in message.payload.items() if name != SECRETS}

    async def note() -> None:
        await OutboxMessage.filter(id=message.id, sent_at=None).update(sent_at=now, failed_at=None, payload=told)

    await in_unit_of_work(note)


async def note_failed(message: OutboxMessage, now: datetime, random: Random, *, hopeless: bool = False) -> bool:
    """It may not have left: try again later, or give up after `MOST_ATTEMPTS` and what is hopeless at once.

    Returns whether that was the last try.
    """
    last = hopeless or message.attempts >= MOST_ATTEMPTS

    async def note() -> None:
        mine = OutboxMessage.filter(id=message.id, attempts=message.attempts, sent_at=None)
        if last:
            await mine.update(failed_at=now)
        else:
            await mine.update(available_at=now + wait_after(message.attempts, random))

    await in_unit_of_work(note)
    return last


def wait_after(attempts: int, random: Random) -> timedelta:
    """Twice as long each time, of which a random half is taken off: many that failed together come back apart."""
    longest: timedelta = min(_FIRST_WAIT * 2 ** (attempts - 1), _LONGEST_WAIT)
    return longest * random.uniform(0.5, 1)
