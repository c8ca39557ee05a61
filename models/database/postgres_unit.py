"""A connection of PostgreSQL inside a unit of work: waited for only so long, and given back however the unit ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.base.client import (
    ConnectionWrapper,
    NestedTransactionContext,
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections

from models.database.postgres_faults import DRIVER_ERRORS, translated
from models.database.postgres_lease import LEASE_SECONDS, drop
from models.database.statements import note
from models.database.unit_connection import UnitConnection
from models.database.work import limit_of_unit


class UnitClient(TransactionWrapper):
    """A connection inside a transaction; remembers that a statement failed, since then nothing can be committed."""

    failed = False
    words = ("BEGIN", "COMMIT", "ROLLBACK")

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return UnitConnection(self._lock, self)

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(_Savepoint(self))

    async def _translate_exceptions(self, func: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str):
            note(args[0])
        try:
            return await func(self, *args, **kwargs)
        except DRIVER_ERRORS as error:
            self.failed = True
            if (fault := translated(error)) is None:
                raise
            raise fault from error

    async def begin(self) -> None:
        note(self.words[0])
        await super().begin()

    async def commit(self) -> None:
        async with self._lock:  # a task that outlives the unit may still be at it
            if self.failed:  # PostgreSQL would answer COMMIT with a rollback, and asyncpg would not say so
                await self._translate_exceptions(_probe)
            note(self.words[1])
            await self._translate_exceptions(TransactionWrapper.commit)

    async def rollback(self) -> None:
        async with self._lock:
            note(self.words[2])
            await self._translate_exceptions(TransactionWrapper.rollback)


async def _probe(wrapper: UnitClient) -> None:
    await wrapper._connection.execute("SELECT 1")


class _Savepoint(UnitClient):
    """A transaction that a method of a model begins inside a unit; its failure is undone and forgotten."""

    words = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")

    def __init__(self, outer: UnitClient) -> None:
        super().__init__(outer)
        self._outer = outer

    async def savepoint_rollback(self) -> None:
        await super().savepoint_rollback()
        self._outer.failed = False


class Transaction(TransactionContextPooled):
    """Waits for a connection only so long, and gives it back however beginning and ending go."""

    __slots__ = ("_lease",)

    async def __aenter__(self) -> TransactionalDBClient:
        client: Any = self.client._parent
        limit = limit_of_unit()
        self._lease = await client.lease(None if limit is None else limit + LEASE_SECONDS)
        self.client._connection = self._lease.connection
        try:
            self.token = get_connections().set(self.connection_name, self.client)
            try:
                await self.client.begin()
            except BaseException:
                get_connections().reset(self.token)
                raise
        except BaseException:
            await self._lease.end()
            raise
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        wrapper = self.client
        ended = False
        try:
            if exc_type is None:
                await wrapper.commit()
                ended = True
        finally:
            try:
                if not ended:
                    await wrapper.rollback()
            except Exception:
                drop(wrapper._connection)  # the server ends what it did not hear the end of
            finally:
                self._lease.spoiled = not ended
                wrapper._finalized = True
                get_connections().reset(self.token)
                await self._lease.end()
