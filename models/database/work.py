"""Units of work: one transaction, whole or not at all, whatever happens to the request that asked for it.

Tortoise's transactions leak when the waiting task is cancelled while they begin or end, and requests are cancelled all the
time. So a unit runs in a task of its own that nobody else can cancel; the caller only waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from tortoise.transactions import in_transaction

from models.database.faults import NestedUnit, StatementTimeout

T = TypeVar("T")

LIMIT_SECONDS = 10.0
"""How long the work of a unit may take before it is rolled back."""

_inside: ContextVar[bool] = ContextVar("inside_unit_of_work", default=False)
_running: set[asyncio.Task[Any]] = set()


def inside() -> bool:
    """Whether the current task runs inside a unit of work."""
    return _inside.get()


async def in_unit_of_work(work: Callable[[], Awaitable[T]], limit: float = LIMIT_SECONDS) -> T:
    """Run `work` in one transaction and return what it returns; any exception rolls everything back.

    Models used inside take part by themselves. When the caller is cancelled the unit still ends as it would have: committed
    or rolled back as a whole. Raises `NestedUnit` inside another unit, `StatementTimeout` after `limit` seconds.
    """
    if _inside.get():
        raise NestedUnit("a unit of work cannot begin inside another")
    task = asyncio.create_task(_unit(work, limit))
    _running.add(task)
    task.add_done_callback(_finished)
    return await asyncio.shield(task)


async def _unit(work: Callable[[], Awaitable[T]], limit: float) -> T:
    _inside.set(True)
    try:
        async with in_transaction():
            async with asyncio.timeout(limit):  # only the work is bounded: beginning and ending are never cut short
                return await work()
    except TimeoutError:
        raise StatementTimeout("the unit of work took too long") from None


def _finished(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled():
        task.exception()  # somebody else's to handle; asked for here so that an abandoned unit does not complain


async def drain(seconds: float) -> None:
    """Wait until the running units have ended; those that take longer are rolled back."""
    if _running:
        _, late = await asyncio.wait(set(_running), timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1)
