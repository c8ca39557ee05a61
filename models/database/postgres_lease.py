"""A connection of PostgreSQL for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import asyncpg

from models.database.postgres_faults import DRIVER_ERRORS, translated
from models.database.statements import note

LEASE_SECONDS = 15.0
"""How long a connection may be held. Statements and units have ended long before, unless network or server went silent.

One timer for a lease, since asyncpg's own (`command_timeout`) costs a tenth of a trivial statement each time.
"""


def drop(connection: Any) -> None:
    """Close a connection without a word to the server, unless that has happened."""
    with suppress(asyncpg.InterfaceError):
        connection.terminate()


class Lease:
    """A connection of the pool for a while. `spoiled`: something went wrong on it, so it is looked at before it is reused."""

    __slots__ = ("_take_back", "_timer", "connection", "spoiled")

    def __init__(
        self, connection: Any, take_back: Callable[..., Awaitable[None]], seconds: float | None = LEASE_SECONDS
    ) -> None:
        self.connection = connection
        self.spoiled = False
        self._take_back = take_back
        self._timer = None
        if seconds is not None:
            self._timer = asyncio.get_running_loop().call_later(seconds, drop, connection)

    async def read(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        """All rows of a query. asyncpg prepares anew by itself what a changed table has made stale."""
        note(sql)
        try:
            return await self.connection.fetch(sql, *arguments)  # type: ignore[no-any-return]  # asyncpg is untyped here
        except DRIVER_ERRORS as error:
            self.spoil(error)
            if (fault := translated(error)) is None:
                raise
            raise fault from error
        except BaseException:  # cancelled: the statement is being stopped
            self.spoiled = True
            raise

    def spoil(self, error: BaseException) -> None:
        """Note a failure on the connection; close it when the driver no longer knows where it stands."""
        self.spoiled = True
        if isinstance(error, asyncpg.InternalClientError):
            drop(self.connection)

    async def end(self) -> None:
        """Give it back; a connection that is broken, or whose cancelled statement does not stop, is dropped."""
        if self._timer is not None:
            self._timer.cancel()
        await self._take_back(self.connection, sound=not self.spoiled)
