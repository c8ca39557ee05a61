"""Units of work: one transaction, whole or not at all, whatever happens to the request that asked for it.

Tortoise's transactions leak when the waiting task is cancelled while they begin or end, and requests are cancelled all the
time. So a unit runs in a task of its own that nobody else can cancel; the caller only waits for it. Every transaction
begins here: the clients refuse those that do not (`bulk_create`, `get_or_create` and the like begin one by themselves, and
inside a unit they take part in it).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, TypeAlias, TypeVar

from tortoise.transactions import in_transaction

from models.database.faults import DatabaseUnavailable, NestedUnit, OutsideUnit, StatementTimeout, UnitEnded

T = TypeVar("T")

LIMIT_SECONDS = 10.0
"""How long the work of a unit may take before it is rolled back."""

ENDING_SECONDS = 3.0
"""How long units cut short by a shutdown may take to roll back."""


Finish: TypeAlias = Callable[[list[Any]], Awaitable[None]]
"""What a unit does before it ends, with everything that was given for it."""


class _Unit:
    """One unit of work. `timer` bounds the work while it runs; beginning and ending are never cut short."""

    def __init__(self, limit: float | None) -> None:
        self.limit = limit
        self.last: dict[Finish, list[Any]] = {}
        self.timer: asyncio.Timeout | None = None
        self.ended = False

    def cut(self) -> None:
        """Roll back as soon as can be."""
        self.limit = 0
        if self.timer is not None:
            self.timer.reschedule(asyncio.get_running_loop().time())


class _Door:
    """Whether units may begin: from `connect` until `close`."""

    open = False


_current: ContextVar[_Unit | None] = ContextVar("unit_of_work", default=None)
_running: dict[asyncio.Task[Any], _Unit] = {}
_door = _Door()


def inside() -> bool:
    """Whether the current task runs inside a unit of work (or has outlived the one it was started in)."""
    return _current.get() is not None


def limit_of_unit() -> float | None:
    """How many seconds the work of the current unit may take; `None` for any."""
    unit = _current.get()
    return None if unit is None else unit.limit


def admit(units: bool) -> None:
    """Let units begin, or no more of them."""
    _door.open = units


def at_end(finish: Callable[[list[T]], Awaitable[None]], item: T) -> None:
    """Have the current unit of work call `finish` when its work is done, once, with all items given for it.

    For rows that many units write: locked last and shortly, they are in nobody's way and cannot be part of a deadlock. What
    `finish` raises rolls the unit back. Raises `OutsideUnit`, or `UnitEnded` in a task that outlived its unit.
    """
    unit = _current.get()
    if unit is None:
        raise OutsideUnit("there is no unit of work at whose end this could be done")
    if unit.ended:
        raise UnitEnded("a task outlived the unit of work it was started in: let the unit wait for it")
    unit.last.setdefault(finish, []).append(item)


async def in_unit_of_work(work: Callable[[], Awaitable[T]], limit: float | None = LIMIT_SECONDS) -> T:
    """Run `work` in one transaction and return what it returns; any exception rolls everything back.

    Models used inside take part by themselves. When the caller is cancelled the unit still ends as it would have: committed
    or rolled back as a whole. A statement that fails ends the unit, so its error has to leave `work` (catch it outside).

    Raises `StatementTimeout` after `limit` seconds of work, `Contended` or `Overloaded` when others write for too long,
    `DatabaseUnavailable` when the database is away or closed; `NestedUnit` inside another unit, `UnitBroken` when `work`
    swallowed the error of a statement.
    """
    outer = _current.get()
    if outer is not None:
        if outer.ended:
            raise UnitEnded("a task outlived the unit of work it was started in: start it outside")
        raise NestedUnit("a unit of work cannot begin inside another")
    if not _door.open:
        raise DatabaseUnavailable("the database is not connected")
    unit = _Unit(limit)
    task = asyncio.create_task(_run(unit, work), name="unit of work")
    _running[task] = unit
    task.add_done_callback(_finished)
    return await asyncio.shield(task)


async def _run(unit: _Unit, work: Callable[[], Awaitable[T]]) -> T:
    _current.set(unit)
    try:
        async with in_transaction():
            try:
                async with asyncio.timeout(unit.limit) as timer:
                    unit.timer = timer
                    result = await work()
                    for finish, items in unit.last.items():
                        await finish(items)
                    return result
            except TimeoutError:
                if timer.expired():
                    raise StatementTimeout("the unit of work took too long") from None
                raise  # somebody else's, from inside the work
            finally:
                unit.timer = None
    finally:
        unit.ended = True


def _finished(task: asyncio.Task[Any]) -> None:
    _running.pop(task, None)
    if not task.cancelled():
        task.exception()  # somebody else's to handle; asked for here so that an abandoned unit does not complain


async def drain(seconds: float) -> None:
    """Wait until the running units have ended; those that take longer are rolled back."""
    if _running:
        await asyncio.wait(list(_running), timeout=seconds)
    if _running:
        for unit in list(_running.values()):
            unit.cut()
        await asyncio.wait(list(_running), timeout=ENDING_SECONDS)
