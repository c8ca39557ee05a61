"""Rows straight from the driver, for what reads a lot: no models in between, positions instead of names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from tortoise.connection import get_connection

from models.database import postgres
from models.database.connect import dialect, readers
from models.database.statements import note
from models.database.target import POSTGRES
from models.database.work import inside

Read: TypeAlias = Callable[[str, Sequence[Any]], Awaitable[Sequence[Any]]]
"""`await read(sql, arguments)`: all rows, each indexed by position. Placeholders are `$1` or `?1` as the dialect has it."""


@asynccontextmanager
async def reading() -> AsyncIterator[Read]:
    """Several reads on one connection. Inside a unit of work they see what it has written so far.

    Raises `Overloaded`, `DatabaseUnavailable` or `StatementTimeout`.
    """
    if inside():
        yield _in_unit
    elif dialect() == POSTGRES:
        client = get_connection("default")
        assert isinstance(client, postgres.Client)
        async with client.connection() as connection:

            async def read(sql: str, arguments: Sequence[Any]) -> Sequence[Any]:
                note(sql)
                return await postgres.fetch(connection, sql, arguments)

            yield read
    else:
        yield _beside_the_writer


async def fetch(sql: str, arguments: Sequence[Any] = ()) -> Sequence[Any]:
    """One read on its own."""
    async with reading() as read:
        return await read(sql, arguments)


async def _beside_the_writer(sql: str, arguments: Sequence[Any]) -> Sequence[Any]:
    note(sql)
    return await readers().fetch(sql, arguments)


async def _in_unit(sql: str, arguments: Sequence[Any]) -> Sequence[Any]:
    _, rows = await get_connection("default").execute_query(sql, list(arguments))
    return rows
