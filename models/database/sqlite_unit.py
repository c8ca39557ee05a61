"""SQLite's writer inside a unit of work: begins IMMEDIATE, and cleans up after itself however it ends."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

from tortoise.backends.base.client import (
    ConnectionWrapper,
    NestedTransactionContext,
    TransactionalDBClient,
    TransactionContext,
)
from tortoise.backends.sqlite.client import SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections

from models.database.faults import BROKEN, Overloaded, UnitBroken
from models.database.sqlite_readers import WAIT_SECONDS
from models.database.unit_connection import UnitConnection


async def lock_writer(lock: asyncio.Lock) -> None:
    """Wait for the one writer. Raises `Overloaded` when it does not become free in time."""
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await lock.acquire()
    except TimeoutError:
        raise Overloaded("the writer did not become free") from None


class _UnitConnection(UnitConnection):
    """The writer inside a transaction; notes what failed, since then the transaction must not be committed."""

    async def __aenter__(self) -> Any:
        connection = await super().__aenter__()
        if self.client.failed or not connection.in_transaction:  # type: ignore[attr-defined]  # a UnitClient
            self._lock.release()
            raise UnitBroken(BROKEN)
        return connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if exc_type is not None:
            self.client.failed = True  # type: ignore[attr-defined]  # a UnitClient
        await super().__aexit__(exc_type, exc_val, exc_tb)


class UnitClient(SqliteTransactionWrapper):
    """The writer inside a transaction."""

    failed = False

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return _UnitConnection(self._lock, self)

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(_Savepoint(self))

    async def execute_script(self, query: str) -> None:
        # The driver's way to run a script commits first. Statements end where SQLite says, not at any semicolon.
        statement = ""
        for part in query.split(";"):
            statement += part + ";"
            if sqlite3.complete_statement(statement):
                if statement.strip(" \n\t;"):
                    await self.execute_query(statement)
                statement = ""

    async def begin(self) -> None:
        await self._connection.execute_fetchall("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        async with self._lock:  # a task that outlives the unit may still be at it
            if self.failed or not self._connection.in_transaction:
                raise UnitBroken(BROKEN)
            await self._connection.commit()

    async def rollback(self) -> None:
        async with self._lock:
            await self._connection.rollback()


class _Savepoint(UnitClient):
    """A transaction that a method of a model begins inside a unit; its failure is undone and forgotten."""

    def __init__(self, outer: UnitClient) -> None:
        super().__init__(outer)
        self._outer = outer

    async def savepoint_rollback(self) -> None:
        await super().savepoint_rollback()
        self._outer.failed = False


class Transaction(SqliteTransactionContext):
    """Gives lock and context back however beginning and ending go, and leaves no transaction open."""

    async def __aenter__(self) -> TransactionalDBClient:
        await lock_writer(self._trxlock)
        try:
            await self.connection._parent.create_connection(with_db=True)
            self.connection._connection = self.connection._parent._connection
            self.token = get_connections().set(self.connection_name, self.connection)
            try:
                await self.connection.begin()
            except BaseException:
                get_connections().reset(self.token)
                raise
        except BaseException:
            self._trxlock.release()
            raise
        return self.connection  # type: ignore[no-any-return]  # typed Any by the library

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        wrapper = self.connection
        try:
            if exc_type is None:
                await wrapper.commit()
        finally:
            try:
                if wrapper._connection.in_transaction:  # it failed, or its commit did
                    await wrapper.rollback()
            except Exception:
                await wrapper._parent.replace_writer()
            finally:
                wrapper._finalized = True
                get_connections().reset(self.token)
                self._trxlock.release()
