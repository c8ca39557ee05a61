"""Handing operations to the host's systems: at least once each, those of a package one after the other.

Only the first open operation of a package is due; it stays the first until it has ended or was given up. A worker takes it by a
conditional update that moves `available_at` on, and whoever dies loses it by that time to another. `attempts` counts the
takings: what an older one has to tell is not noted. What the host's system takes without a result stays handed over for a
while; when nobody has told its result by then, it is handed over again with the same id.
"""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import datetime, timedelta
from random import SystemRandom

from tortoise.expressions import F, RawSQL

from gateway.jobs.operation_end import OPEN, UNREACHABLE, end, put_off
from gateway.jobs.outbox import MOST_ATTEMPTS, wait_after
from gateway.jobs.periodic import reason
from gateway.keys import OPERATION_SEAL, Keyring
from gateway.ports.provisioning import Accepted, Answer, Order, Provisioning, Result
from models import Operation, OperationState
from models.database import in_unit_of_work

LEASE = timedelta(minutes=2)
HANDING_OVER = 60.0
"""Seconds the port may take: less than the lease, so that nothing is handed over by two at once."""

PATIENCE = timedelta(hours=1)
"""How long the result of what was taken is waited for."""

AT_ONCE = 20

_OPEN_BEFORE = (
    '(SELECT COUNT(*) FROM "operation" AS earlier WHERE earlier.package_id = "operation".package_id '
    """AND earlier.number < "operation".number AND earlier.state IN ('QUEUED', 'RUNNING'))"""
)
"""How many open operations of the same package there are before one."""

_log = logging.getLogger(__name__)


class OperationRounds:
    """Hands over what is due. Several may run at once, in one process or many."""

    def __init__(
        self,
        port: Provisioning,
        keyring: Keyring,
        *,
        handing_over: float = HANDING_OVER,
        most_attempts: int = MOST_ATTEMPTS,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._port = port
        self._keyring = keyring
        self._handing_over = handing_over
        self._most_attempts = most_attempts
        self._patience = patience
        self._random = SystemRandom()

    async def step(self, now: datetime) -> int:
        """Hand over the first open operation of each package that is due: how many it were."""
        taken = [operation for operation in await _due(now) if await _take(operation, now)]
        await asyncio.gather(*(self._hand_over(operation, now) for operation in taken))
        return len(taken)

    async def _hand_over(self, operation: Operation, now: datetime) -> None:
        if operation.attempts > self._most_attempts:
            _log.error("operation %s: no result after %d tries", operation.id, self._most_attempts)
            await _give_up(operation, now)
            return
        try:
            answer = await asyncio.wait_for(self._port.apply(self._order(operation)), self._handing_over)
        except Exception as error:
            last = operation.attempts >= self._most_attempts
            level = logging.ERROR if last else logging.WARNING
            _log.log(level, "operation %s: try %d failed: %s", operation.id, operation.attempts, reason(error))
            if last:
                await _give_up(operation, now)
            else:
                await put_off(operation, now + wait_after(operation.attempts, self._random))
            return
        if isinstance(answer, Accepted):
            await put_off(operation, now + self._patience)
        else:
            await end(operation, answer, now, attempts=operation.attempts)

    def _order(self, operation: Operation) -> Order:
        sealed = operation.secrets_sealed
        return Order(
            operation.id,
            operation.package_id,
            operation.number,
            operation.kind,
            operation.subject_id,
            operation.desired,
            {} if sealed is None else json.loads(self._keyring.unseal(OPERATION_SEAL, sealed)),
        )


async def _due(now: datetime) -> list[Operation]:
    """The first open operation of each package, where that is due; the longest due ones first."""
    due = Operation.filter(state__in=OPEN, available_at__lte=now).annotate(before=RawSQL(_OPEN_BEFORE)).filter(before=0)
    return await due.order_by("available_at", "id").limit(AT_ONCE)


async def _take(operation: Operation, now: datetime) -> bool:
    """Make it this worker's until the lease is over; `False` where another one was quicker."""

    async def take() -> int:
        mine = Operation.filter(id=operation.id, attempts=operation.attempts, state__in=OPEN, available_at__lte=now)
        await mine.filter(started_at=None).update(started_at=now)
        return await mine.update(state=OperationState.RUNNING, available_at=now + LEASE, attempts=F("attempts") + 1)

    taken = await in_unit_of_work(take) == 1
    operation.attempts += taken
    return taken


async def _give_up(operation: Operation, now: datetime) -> None:
    """A person has to look: `dead_at` says so. The operations behind it go on."""
    failed = Answer(Result.FAILED, UNREACHABLE)
    await end(operation, failed, now, attempts=operation.attempts, dead=True)
