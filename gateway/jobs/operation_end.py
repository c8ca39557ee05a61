"""How an operation ends, whoever tells: a worker, a call of the host's system, an operator. What follows happens once."""

from __future__ import annotations

from datetime import datetime, timedelta

from gateway.jobs.effects import EFFECTS
from gateway.ports.provisioning import Answer, Result
from gateway.ports.provisioning_answer import REFUSED
from models import Operation, OperationState
from models.database import in_unit_of_work

OPEN = (OperationState.QUEUED, OperationState.RUNNING)

UNREACHABLE = "UNREACHABLE"
"""The error of an operation that was tried as often as can be."""

GIVEN_UP = "GIVEN_UP"
"""The error of an operation that an operator gave up."""


async def note_end(
    operation: Operation,
    answer: Answer,
    now: datetime,
    *,
    attempts: int | None = None,
    dead: bool = False,
) -> bool:
    """Inside a unit of work: note the end of one that is open, with what follows from it.

    `False` where it has ended before. With `attempts` it must be the taking with that number. A `dead` one waits
    for a person.
    """
    well = answer.result is Result.SUCCEEDED
    changes: dict[str, object] = {
        "state": OperationState.SUCCEEDED if well else OperationState.FAILED,
        "error": None if well else (answer.error or REFUSED)[:64],
        "finished_at": now,
        "dead_at": now if dead else None,
        "secrets_sealed": None,
    }
    if well:
        changes["progress"] = 100
    mine = Operation.filter(id=operation.id, state__in=OPEN)
    if attempts is not None:
        mine = mine.filter(attempts=attempts)
    if not await mine.update(**changes):
        return False
    if (effect := EFFECTS.get(operation.kind)) is not None:
        await effect(operation, answer, now)
    return True


async def end(
    operation: Operation, answer: Answer, now: datetime, *, attempts: int | None = None, dead: bool = False
) -> bool:
    """`note_end` in a unit of work of its own."""
    return await in_unit_of_work(lambda: note_end(operation, answer, now, attempts=attempts, dead=dead))


async def advance(operation: Operation, progress: int, now: datetime, patience: timedelta) -> bool:
    """Note how far one that was handed over is, in per cent; it never goes back. Its result is waited for anew."""

    async def note() -> bool:
        running = Operation.filter(id=operation.id, state=OperationState.RUNNING)
        await running.filter(progress__lt=progress).update(progress=progress)
        return await running.filter(available_at__lt=now + patience).update(available_at=now + patience) > 0

    return await in_unit_of_work(note)


async def put_off(operation: Operation, until: datetime) -> None:
    """Leave one that was taken alone until then, unless somebody else has taken it since."""

    async def note() -> None:
        mine = Operation.filter(id=operation.id, attempts=operation.attempts, state=OperationState.RUNNING)
        await mine.update(available_at=until)

    await in_unit_of_work(note)
