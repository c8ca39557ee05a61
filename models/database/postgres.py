"""PostgreSQL over asyncpg: a bounded pool with deadlines, no state on its connections, and faults told apart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import PoolConnectionWrapper, TransactionContext

from models.database import postgres_pool
from models.database.faults import OutsideUnit
from models.database.postgres_faults import DRIVER_ERRORS, translated
from models.database.postgres_lease import LEASE_SECONDS, Lease
from models.database.postgres_pool import Pool
from models.database.postgres_unit import Transaction, UnitClient
from models.database.statements import note
from models.database.work import inside

SERVER_SETTINGS = {
    "application_name": "customer-gateway",
    "statement_timeout": "5000",
    "lock_timeout": "1000",
    "idle_in_transaction_session_timeout": "10000",
    "timezone": "UTC",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",  # our statements are short; compiling them costs more than running them
}

MIGRATION_SETTINGS = {
    **SERVER_SETTINGS,
    "statement_timeout": "0",  # an index over many rows takes its time
    "lock_timeout": "10000",  # whoever queues for a table in use makes everybody queue behind it
    "idle_in_transaction_session_timeout": "0",
}


async def _leave(connection: Any) -> None:
    """Nothing to reset: no statement of ours leaves state on a session (settings are per server or per transaction).

    asyncpg's own reset would send four statements each time. A transaction left open it still ends by itself.
    """


class Client(AsyncpgDBClient):
    """The pool. `lease` is the way of the fast reads, everything else is Tortoise's."""

    def __init__(self, *args: Any, migrating: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._migrating = migrating
        self._lent: Pool | None = None

    async def create_pool(self, **kwargs: Any) -> asyncpg.Pool:
        kwargs["server_settings"] = MIGRATION_SETTINGS if self._migrating else SERVER_SETTINGS
        return await asyncpg.create_pool(
            None,
            **kwargs,
            reset=_leave,
            timeout=postgres_pool.ACQUIRE_SECONDS,
            statement_cache_size=1_024,
            max_cached_statement_lifetime=0,
            max_inactive_connection_lifetime=300,
        )

    async def lease(self, seconds: float | None = LEASE_SECONDS) -> Lease:
        """A connection for a while, until its `end`. Raises `Overloaded` when none becomes free in time."""
        lent = self._lent or await self._open()
        try:
            connection = await lent.take()
        except DRIVER_ERRORS as error:
            if (fault := translated(error)) is None:
                raise
            raise fault from error
        return Lease(connection, lent.give, seconds)

    async def _open(self) -> Pool:
        async with self._pool_init_lock:
            if self._lent is None:
                await self.create_connection(with_db=True)  # an empty pool: nobody is asked yet
                self._lent = Pool(self._pool, self.pool_maxsize)
            return self._lent

    async def close(self) -> None:
        """Close every connection."""
        lent, self._lent = self._lent, None
        if lent is not None:
            await lent.rest()
        await super().close()

    def acquire_connection(self) -> PoolConnectionWrapper[Any]:
        return _Leased(self, self._pool_init_lock)

    def _in_transaction(self) -> TransactionContext:
        if not inside():
            raise OutsideUnit("a transaction is begun by in_unit_of_work alone")
        return Transaction(UnitClient(self), self._pool_init_lock)

    async def execute_many(self, query: str, values: list[Any]) -> None:
        raise OutsideUnit("many rows are written inside a unit of work")

    async def _translate_exceptions(self, func: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], str):
            note(args[0])
        try:
            return await func(self, *args, **kwargs)
        except DRIVER_ERRORS as error:
            if (fault := translated(error)) is None:
                raise
            raise fault from error


class _Leased(PoolConnectionWrapper[Any]):
    """A connection for one statement of Tortoise's."""

    __slots__ = ("_lease",)

    async def __aenter__(self) -> Any:
        self._lease = await self.client.lease()  # type: ignore[attr-defined]  # a Client
        return self._lease.connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if exc_val is not None:
            self._lease.spoil(exc_val)
        await self._lease.end()


client_class = Client
"""What Tortoise looks for in a module named as engine."""
