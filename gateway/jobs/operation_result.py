"""What the host's system tells later about an operation it has taken: progress, and how it ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from gateway.jobs.operation_end import advance, end
from gateway.ports.provisioning import Answer
from models import Operation, OperationState

Told = Callable[[str, Answer | int, datetime], Awaitable[OperationState | None]]
"""Told the id of an operation, its end or its progress in per cent, and the time: the state it is in afterwards."""


def results(patience: timedelta) -> Told:
    """Notes what is told. After progress the result is waited for another `patience`."""

    async def told(id: str, said: Answer | int, now: datetime) -> OperationState | None:
        """The state it is in afterwards, which an earlier call may have made; `None` for what was never handed over."""
        operation = await Operation.get_or_none(id=id, started_at__isnull=False)
        if operation is None:
            return None
        if isinstance(said, Answer):
            await end(operation, said, now)
        else:
            await advance(operation, said, now, patience)
        return (await Operation.get(id=id)).state

    return told
