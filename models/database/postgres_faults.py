"""The errors of asyncpg, told apart by what a caller can do about them."""

from __future__ import annotations

import re

import asyncpg
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from models.database.faults import (
    BROKEN,
    Contended,
    DatabaseUnavailable,
    StatementTimeout,
    TablesDiffer,
    UnitBroken,
)

DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)
"""Everything that `translated` should be asked about."""

_Kinds = tuple[type[Exception], ...]

_ALTERED: _Kinds = (
    asyncpg.UndefinedColumnError,
    asyncpg.UndefinedTableError,
    asyncpg.InvalidCachedStatementError,
    asyncpg.exceptions.OutdatedSchemaCacheError,
)
_HELD: _Kinds = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
_SLOW: _Kinds = (asyncpg.QueryCanceledError, TimeoutError)  # before the next: a TimeoutError is an OSError too
_AWAY: _Kinds = (
    OSError,
    asyncpg.InternalClientError,  # the driver's own state is torn: seen when a server ends a connection between statements
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # shut down, crashed, starting up, dropped
    asyncpg.InsufficientResourcesError,  # disk or memory full, too many connections
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,  # a standby: the primary is elsewhere now
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)
_ENDED = re.compile(r"closed|closing|released back to the pool")
"""How asyncpg says that a connection was ended, by the server or by us, between two statements."""


def translated(error: Exception) -> Exception | None:
    """A driver's error as a fault of ours or as Tortoise's; `None` where it stays what it is (a mistake of the program)."""
    name = type(error).__name__
    if isinstance(error, _ALTERED):
        return TablesDiffer(name)
    if isinstance(error, _HELD):
        return Contended(name)
    if isinstance(error, _SLOW):
        return StatementTimeout(name)
    if isinstance(error, _AWAY):
        return DatabaseUnavailable(name)
    if isinstance(error, asyncpg.InFailedSQLTransactionError):
        return UnitBroken(BROKEN)
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return IntegrityError(error)
    if isinstance(error, asyncpg.DataError | asyncpg.SyntaxOrAccessError | ValueError):  # the last: said by the driver
        return OperationalError(error)
    if isinstance(error, asyncpg.InvalidTransactionStateError):
        return TransactionManagementError(error)
    if isinstance(error, asyncpg.InterfaceError) and _ENDED.search(str(error)):
        return DatabaseUnavailable(name)
    return None
