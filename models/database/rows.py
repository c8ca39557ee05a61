"""Rows straight from the driver, for what reads a lot: no models in between, positions instead of names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from tortoise.connection import get_connection

from models.database.connect import connected_client, dialect
from models.database.target import POSTGRES
from models.database.work import inside

Read: TypeAlias = Callable[[str, Sequence[Any]], Awaitable[Sequence[Any]]]
"""`await read(sql, arguments)`: all rows, each indexed by position. Placeholders are `$1` or `?1` as the dialect has it."""


class reading:
    """Several reads on one connection. Inside a unit of work they see what it has written so far.

    Raises `Overloaded` or another `DatabaseUnavailable`, or `StatementTimeout`. A statement is stopped when the task that
    waits for it is cancelled. Not an `asynccontextmanager`, which would cost as much as the lease itself.
    """

    __slots__ = ("_lease",)

    async def __aenter__(self) -> Read:
        self._lease: Any = None
        if inside():
            return _in_unit
        client = connected_client()
        if dialect() != POSTGRES:
            return client.read  # type: ignore[no-any-return]  # the client's, which is one of two kinds
        self._lease = await client.lease()
        return self._lease.read  # type: ignore[no-any-return]  # as above

    async def __aexit__(self, *raised: object) -> None:
        if self._lease is not None:
            await self._lease.end()


async def fetch(sql: str, arguments: Sequence[Any] = ()) -> Sequence[Any]:
    """One read on its own."""
    async with reading() as read:
        return await read(sql, arguments)


async def _in_unit(sql: str, arguments: Sequence[Any]) -> Sequence[Any]:
    _, rows = await get_connection("default").execute_query(sql, list(arguments))
    return rows
