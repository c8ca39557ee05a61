"""PostgreSQL over asyncpg: a bounded pool with deadlines, no state on its connections, and faults told apart."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections

from models.database.faults import DatabaseUnavailable, Overloaded, StatementTimeout
from models.database.statements import note

ACQUIRE_SECONDS = 2.0
"""How long a request waits for a connection."""

SERVER_SETTINGS = {
    "application_name": "customer-gateway",
    "statement_timeout": "5000",
    "lock_timeout": "1000",
    "idle_in_transaction_session_timeout": "10000",
    "timezone": "UTC",
    "jit": "off",  # our statements are short; compiling them costs more than running them
}

_GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    OSError,
)
_SLOW = (asyncpg.QueryCanceledError, asyncpg.LockNotAvailableError)


async def _leave(connection: Any) -> None:
    """Nothing to reset: no statement of ours leaves state on a session (settings are per server or per transaction)."""


@asynccontextmanager
async def _faults() -> AsyncIterator[None]:
    try:
        yield
    except _SLOW as error:
        raise StatementTimeout(type(error).__name__) from error
    except _GONE as error:
        raise DatabaseUnavailable(type(error).__name__) from error


class Client(AsyncpgDBClient):
    """The pool. `fetch` is the way of the fast reads, everything else is Tortoise's."""

    async def create_pool(self, **kwargs: Any) -> asyncpg.Pool:
        kwargs["server_settings"] = {**SERVER_SETTINGS, **(kwargs.get("server_settings") or {})}
        return await asyncpg.create_pool(
            None, **kwargs, reset=_leave, statement_cache_size=1_024, max_inactive_connection_lifetime=300
        )

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection of the pool. Raises `Overloaded` when none becomes free in time."""
        if self._pool is None:
            async with self._pool_init_lock:
                if self._pool is None:
                    async with _faults():
                        await self.create_connection(with_db=True)
        pool = self._pool
        assert pool is not None
        try:
            async with _faults():
                connection = await pool.acquire(timeout=ACQUIRE_SECONDS)
        except TimeoutError:
            raise Overloaded("no connection became free") from None
        try:
            async with _faults():
                yield connection
        finally:
            await pool.release(connection)

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(_Wrapper(self), self._pool_init_lock)

    async def _translate_exceptions(self, func: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str):
            note(args[0])
        async with _faults():
            return await super()._translate_exceptions(func, *args, **kwargs)


class _Wrapper(TransactionWrapper):
    """A connection inside a transaction."""

    async def _translate_exceptions(self, func: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str):
            note(args[0])
        async with _faults():
            return await super()._translate_exceptions(func, *args, **kwargs)

    async def begin(self) -> None:
        note("BEGIN")
        await super().begin()

    async def commit(self) -> None:
        note("COMMIT")
        async with _faults():
            await super().commit()

    async def rollback(self) -> None:
        note("ROLLBACK")
        async with _faults():
            await super().rollback()


class _Transaction(TransactionContextPooled):
    """Waits for a connection only so long, and gives it back when beginning fails."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self.ensure_connection()
        pool = self.client._parent._pool
        try:
            async with _faults():
                self.client._connection = await pool.acquire(timeout=ACQUIRE_SECONDS)
        except TimeoutError:
            raise Overloaded("no connection became free") from None
        try:
            self.token = get_connections().set(self.connection_name, self.client)
            try:
                await self.client.begin()
            except BaseException:
                get_connections().reset(self.token)
                raise
        except BaseException:
            await pool.release(self.client._connection)
            raise
        return self.client


async def fetch(connection: Any, sql: str, arguments: Sequence[Any]) -> list[Any]:
    """All rows of a query. A statement prepared before a table was altered is prepared anew once."""
    try:
        return await connection.fetch(sql, *arguments)  # type: ignore[no-any-return]  # asyncpg is untyped here
    except asyncpg.InvalidCachedStatementError:
        return await connection.fetch(sql, *arguments)  # type: ignore[no-any-return]  # asyncpg is untyped here


client_class = Client
"""What Tortoise looks for in a module named as engine."""
