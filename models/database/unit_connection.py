"""The connection of a unit of work: one statement at a time, and none after the end."""

from __future__ import annotations

from typing import Any

from tortoise.backends.base.client import ConnectionWrapper

from models.database.faults import UnitEnded


class UnitConnection(ConnectionWrapper[Any]):
    """Refuses tasks that outlive their unit: what they send would land outside of it, or inside somebody else's."""

    async def __aenter__(self) -> Any:
        await self._lock.acquire()
        if self.client._finalized:  # type: ignore[attr-defined]  # every client of a transaction has it
            self._lock.release()
            raise UnitEnded("a task outlived the unit of work it was started in: let the unit wait for it")
        return self.connection
