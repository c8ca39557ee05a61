"""One counter of failed attempts: the statements that ask, raise and lower it, each atomic in itself.

No rows of a model are made here and no viewer is asked for: a counter's key names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from tortoise.connection import get_connection

from gateway.auth.drivers import instant, placed
from models import Throttle
from models.database import dialect, fetch


@dataclass(frozen=True, slots=True)
class Policy:
    """`free` failures cost nothing; then each has to be waited for.

    `waits` are the seconds after failure `free`, `free` + 1, …, the last one again and again; without any, the wait
    lasts until the counter is forgotten: `memory` seconds after the first failure or, if `sliding`, after the latest.
    """

    free: int
    memory: int
    waits: tuple[int, ...] = ()
    sliding: bool = False


class Blocked(Exception):
    """There is a wait: nothing was counted, and what the unit of work counted before is to be undone."""


@lru_cache(maxsize=16)
def _counting(policy: Policy) -> str:
    """The statement that counts one attempt or, when there is a wait, changes nothing and returns no row.

    Parameters: key, now, the wait after a first failure, when a fresh counter is forgotten, one instant for each wait.
    A counter that is past its time counts as none.
    """
    past, failures = "t.expires_at <= $2", "t.failures + 1"
    steps = [f"WHEN {failures} = {policy.free + n} THEN ${n + 5}" for n in range(len(policy.waits))]
    longest = f"${len(policy.waits) + 4}" if policy.waits else "t.expires_at"
    wait = f"WHEN {failures} < {policy.free} THEN NULL {' '.join(steps)} ELSE {longest}"
    return f"""INSERT INTO throttle AS t ("key", failures, window_started_at, blocked_until, expires_at)
VALUES ($1, 1, $2, $3, $4)
ON CONFLICT ("key") DO UPDATE SET
 failures = CASE WHEN {past} THEN 1 ELSE {failures} END,
 window_started_at = CASE WHEN {past} THEN $2 ELSE t.window_started_at END,
 blocked_until = CASE WHEN {past} THEN $3 {wait} END,
 expires_at = CASE WHEN {past} THEN $4 ELSE {"$4" if policy.sliding else "t.expires_at"} END
WHERE {past} OR t.blocked_until IS NULL OR t.blocked_until <= $2
RETURNING failures"""  # noqa: S608 - made of a policy's numbers alone


async def _write(statement: str, values: list[Any]) -> list[dict[str, Any]]:
    """Run a statement where the caller is: in the unit of work if there is one. The rows it returns."""
    return await get_connection("default").execute_query_dict(placed(statement), values)


async def count(key: str, policy: Policy, now: datetime) -> int:
    """Count one attempt: the count with it. Raises `Blocked` while there is a wait. Inside a unit of work."""
    end = now + timedelta(seconds=policy.memory)
    waits = [now + timedelta(seconds=wait) for wait in policy.waits]
    first = None if policy.free > 1 else (waits[0] if waits else end)
    rows = await _write(_counting(policy), [key, now, first, end, *waits])
    if not rows:
        raise Blocked
    return int(rows[0]["failures"])


async def give_back(key: str, policy: Policy, counted_at: datetime) -> None:
    """Take back what was counted at `counted_at`, unless the counter has started anew since."""
    await _write(
        f"""UPDATE throttle SET failures = failures - 1,
 blocked_until = CASE WHEN failures - 1 < {policy.free} THEN NULL ELSE blocked_until END
WHERE "key" = $1 AND failures > 0 AND window_started_at <= $2""",  # noqa: S608 - a policy's number
        [key, counted_at],
    )


async def forget(key: str) -> None:
    """Start from nothing."""
    await Throttle.filter(key=key).delete()


async def blocked_until(keys: Sequence[str], now: datetime) -> datetime | None:
    """When the last wait of these counters ends; `None` when there is none."""
    marks = ", ".join(f"${number}" for number in range(2, len(keys) + 2))
    waiting = f"""SELECT blocked_until FROM throttle
WHERE "key" IN ({marks}) AND blocked_until > $1 AND expires_at > $1"""  # noqa: S608 - marks are placeholders
    rows = await fetch(placed(waiting), [now, *keys])
    return max((instant(row[0]) for row in rows), default=None)


async def delete_expired(now: datetime, most: int) -> None:
    """Delete up to `most` counters past their time. Skips those that are being counted: never waits for a lock."""
    skipping = " FOR UPDATE SKIP LOCKED" if dialect() == "postgres" else ""
    expired = f'SELECT "key" FROM throttle WHERE expires_at <= $1 LIMIT {most}{skipping}'  # noqa: S608 - a number
    await _write(f'DELETE FROM throttle WHERE "key" IN ({expired})', [now])  # noqa: S608 - made above
