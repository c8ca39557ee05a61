"""How often somebody may ask what costs something or tells something: a counter in the database, shared by all processes."""

from __future__ import annotations

import hmac
from datetime import datetime
from math import ceil

from gateway.auth import counter
from gateway.auth.counter import Policy
from gateway.auth.drivers import queue_patiently
from gateway.auth.throttle import PATIENCE_MS
from gateway.errors import rate_limited
from gateway.keys import Keyring
from models.database import in_unit_of_work


class Allowance:
    """`most` times in `window` seconds for each that asks, counted from the first time. `kind` says what is asked.

    The key of a counter is an HMAC: the table names nobody, and those that exist nowhere count like all others.
    """

    def __init__(self, keyring: Keyring, kind: str, *, most: int, window: int) -> None:
        self._key = keyring.derive("allowance")
        self._kind = kind
        self._policy = Policy(most, window)

    async def spend(self, who: str, now: datetime) -> None:
        """Count one time. Raises `RATE_LIMITED`, and counts nothing, when it is one too many. A unit of work of its own."""
        key = hmac.digest(self._key, f"{self._kind}:{who}".encode("utf-8", "surrogatepass"), "sha256").hex()
        if wait := await self._wait(key, now):
            raise rate_limited(wait)

        async def count() -> None:
            await queue_patiently(PATIENCE_MS)
            await counter.count(key, self._policy, now)

        try:
            await in_unit_of_work(count)
        except counter.Blocked:
            raise rate_limited(await self._wait(key, now) or 1) from None

    async def _wait(self, key: str, now: datetime) -> int:
        until = await counter.blocked_until([key], now)
        return 0 if until is None else ceil((until - now).total_seconds())
