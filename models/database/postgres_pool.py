"""The connections of PostgreSQL at hand: lent to one caller at a time, in the order in which they ask.

asyncpg's pool makes and closes them. Its own way of lending starts a task and two timers each time, a tenth of a small
request, so a connection that comes back sound goes straight to whoever waits, or rests here.
"""

from __future__ import annotations

from asyncio import Future, TimerHandle, get_running_loop
from collections import deque
from contextlib import suppress
from typing import Any

import asyncpg

from models.database.faults import DatabaseUnavailable, Overloaded
from models.database.postgres_faults import DRIVER_ERRORS

ACQUIRE_SECONDS = 2.0
"""How long a caller waits for a connection, or for one to be made."""

RELEASE_SECONDS = 2.0
"""How long a cancelled statement may take to be stopped before its connection is dropped."""

REST_SECONDS = 60.0
"""How long a connection rests at hand before asyncpg gets it back, which closes it after its own time."""


class Pool:
    """At most `size` connections."""

    def __init__(self, inner: asyncpg.Pool, size: int) -> None:
        self._inner = inner
        self._size = size
        self._taken = 0  # places of the inner pool that are lent or at rest here
        self._resting: deque[tuple[float, Any]] = deque()  # used last: at the right
        self._waiting: deque[Future[Any]] = deque()

    async def take(self) -> Any:
        """A connection, to be given back by `give`. Raises `Overloaded` when none becomes free in time.

        Raises `DatabaseUnavailable` or an error of the driver when one cannot be made.
        """
        while self._resting:
            _, connection = self._resting.pop()
            if not _is_gone(connection):
                return connection
            await self._return(connection)
        if self._taken >= self._size:
            connection = await self._wait()
            if connection is not None:
                return connection
        else:
            self._taken += 1
        try:
            return await self._inner.acquire()
        except BaseException as error:
            self._vacate()
            if isinstance(error, TimeoutError):
                raise DatabaseUnavailable("no connection in time") from None
            raise

    async def give(self, connection: Any, *, sound: bool) -> None:
        """Take a connection back. One that is not `sound` may still be stopping a statement: asyncpg looks at it."""
        if not sound or _is_gone(connection):
            await self._return(connection)
            return
        if self._hand_over(connection):
            return
        now = get_running_loop().time()
        self._resting.append((now, connection))
        if now - self._resting[0][0] > REST_SECONDS:
            await self._return(self._resting.popleft()[1])

    async def rest(self) -> None:
        """Give asyncpg everything back: it is about to close."""
        while self._resting:
            await self._return(self._resting.pop()[1])

    async def _return(self, connection: Any) -> None:
        try:
            with suppress(*DRIVER_ERRORS):  # dropped then; what a caller was told before stands
                await self._inner.release(connection, timeout=RELEASE_SECONDS)
        finally:
            self._vacate()

    async def _wait(self) -> Any:
        """A connection somebody gave back, or `None`: a place in which one can be made."""
        loop = get_running_loop()
        waiter: Future[Any] = loop.create_future()
        timer: TimerHandle = loop.call_later(ACQUIRE_SECONDS, _enough, waiter)
        self._waiting.append(waiter)
        try:
            return await waiter
        except BaseException:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:  # cancelled with it in hand
                await self._pass_on(waiter.result())
            else:
                with suppress(ValueError):
                    self._waiting.remove(waiter)
            raise
        finally:
            timer.cancel()

    async def _pass_on(self, connection: Any) -> None:
        if connection is None:
            self._vacate()
        else:
            await self.give(connection, sound=True)

    def _vacate(self) -> None:
        """A place is free: for whoever waits longest."""
        if not self._hand_over(None):
            self._taken -= 1

    def _hand_over(self, connection: Any) -> bool:
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return True
        return False


def _is_gone(connection: Any) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:  # asyncpg has taken it back by itself when its server went
        return True


def _enough(waiter: Future[Any]) -> None:
    if not waiter.done():
        waiter.set_exception(Overloaded("no connection in time"))
