"""The operators' view of operations: what waits, what was given up, and what is to become of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from gateway.auth import audit
from gateway.auth.audit import Actor
from gateway.auth.client import Client
from gateway.jobs.operation_end import GIVEN_UP, OPEN, note_end
from gateway.jobs.revival import revive
from gateway.ports.provisioning import Answer, Result
from models import ActorKind, Operation, OperationState, Package
from models.database import in_unit_of_work


class QueueError(Exception):
    """What an operator asked for cannot be done; the message says why, and nothing was changed."""


async def listed(states: Sequence[OperationState] = OPEN, *, dead: bool = False, most: int = 200) -> list[str]:
    """A line for each operation in these states, or for each dead letter; the oldest first."""
    wanted = Operation.filter(dead_at__isnull=False) if dead else Operation.filter(state__in=states)
    rows = await wanted.order_by("requested_at", "id").limit(most).select_related("package")
    return [
        "  ".join(
            (
                row.id,
                _minute(row.requested_at),
                f"{row.state.value:<9}",
                f"{row.package.identification} {row.number}",
                row.kind,
                f"{row.attempts} tries",
                row.error or "-",
            )
        )
        for row in rows
    ]


async def shown(id: str) -> list[str]:
    """Everything about one but its secrets. Raises `QueueError`."""
    row = await _found(id)
    package = await Package.get(id=row.package_id)
    secrets = "none" if not row.with_secrets else "taken out" if row.secrets_sealed is None else "sealed"
    told = {
        "Operation": f"{row.number} of package {package.identification}",
        "Kind": row.kind,
        "About": row.subject_id,
        "State": f"{row.state.value}, {row.progress} %",
        "Error": row.error,
        "Requested": _minute(row.requested_at),
        "Handed over": f"{_minute(row.started_at)}, {row.attempts} tries" if row.started_at else None,
        "Due again": _minute(row.available_at) if row.state in OPEN else None,
        "Ended": _minute(row.finished_at) if row.finished_at else None,
        "Dead letter": f"since {_minute(row.dead_at)}" if row.dead_at else None,
        "Secrets": secrets,
        "Wanted": json.dumps(row.desired, ensure_ascii=False, sort_keys=True),
    }
    return [f"{label}: {text}" for label, text in told.items() if text is not None]


async def retry(id: str, now: datetime) -> list[str]:
    """Put a dead letter back, to be handed over with the same id. What was done, in words. Raises `QueueError`."""
    row = await _found(id)
    if row.dead_at is None:
        raise QueueError(f"{row.id} is {row.state.value} and no dead letter: only those can be tried again")
    if row.with_secrets:
        raise QueueError(
            f"{row.id} had secrets, which were taken out when it was given up: it cannot be tried again. "
            "What it was for has to be asked for anew, which makes another operation"
        )

    async def write() -> None:
        # Held, so that no newer wish comes in between: whoever asks for one holds the package, too.
        await Package.filter(id=row.package_id).select_for_update()
        newer = Operation.filter(package_id=row.package_id, subject_id=row.subject_id, number__gt=row.number)
        later = await newer.exclude(state=OperationState.FAILED).order_by("number").first()
        if later is not None:
            raise QueueError(
                f"{row.id} is not the wish any more: number {later.number} ({later.kind}) is about the same"
            )
        dead = Operation.filter(id=row.id, state=OperationState.FAILED, dead_at__isnull=False)
        if not await dead.update(
            state=OperationState.QUEUED, error=None, attempts=0, available_at=now, finished_at=None, dead_at=None
        ):
            raise QueueError(f"{row.id} was changed meanwhile")
        if not await revive(row):
            raise QueueError(f"{row.id} is not the wish any more: what it is about is gone, or was changed since")
        await audit.record(
            _operator(row),
            Client("", None, row.id),
            now,
            "operation.retry",
            object_id=row.id,
            package_id=row.package_id,
            detail={"name": row.kind},
        )

    await in_unit_of_work(write)
    return [f"{row.id} is QUEUED."]


async def give_up(id: str, now: datetime) -> list[str]:
    """End one that waits, or put a dead letter away. What was done, in words. Raises `QueueError`."""
    row = await _found(id)

    async def write() -> None:
        if not await note_end(row, Answer(Result.FAILED, GIVEN_UP), now):
            dead = Operation.filter(id=row.id, dead_at__isnull=False)
            if not await dead.update(dead_at=None, error=GIVEN_UP):
                raise QueueError(f"{row.id} is {(await _found(id)).state.value} already")
        await audit.record(
            _operator(row),
            Client("", None, row.id),
            now,
            "operation.give_up",
            object_id=row.id,
            package_id=row.package_id,
            detail={"name": row.kind},
        )

    await in_unit_of_work(write)
    return [f"{row.id} is given up."]


async def statistics(now: datetime) -> list[str]:
    """How many there are in each state, how many dead letters, and how long the oldest has been waiting."""
    lines = [f"{state.value}: {await Operation.filter(state=state).count()}" for state in OperationState]
    lines.append(f"dead letters: {await Operation.filter(dead_at__isnull=False).count()}")
    oldest = await Operation.filter(state__in=OPEN).order_by("requested_at").first()
    waited = None if oldest is None else int((now - oldest.requested_at).total_seconds())
    return [*lines, f"oldest open: {'none' if waited is None else f'{waited} s'}"]


async def _found(id: str) -> Operation:
    row = await Operation.get_or_none(id=id.strip())
    if row is None:
        raise QueueError(f"there is no operation {id}")
    return row


def _operator(row: Operation) -> Actor:
    return Actor(ActorKind.OPERATOR, None, row.customer_id)


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"
