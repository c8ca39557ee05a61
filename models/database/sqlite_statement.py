"""One statement on a SQLite connection: stopped when its time is over or nobody waits for it; its errors told apart."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
from collections.abc import Callable
from time import monotonic
from typing import Any

from tortoise.exceptions import IntegrityError, OperationalError

from models.database.faults import Contended, DatabaseUnavailable, StatementTimeout, TablesDiffer

STATEMENT_SECONDS = 5.0
"""How long a statement may run, as PostgreSQL's `statement_timeout` has it."""

BUSY_SECONDS = 5.0
"""How long a statement waits for another process that writes."""

_STEPS = 10_000
"""Instructions of SQLite's machine between two looks at the clock: well under a millisecond."""

_UNAVAILABLE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}

_MISSING = re.compile(r"^no such (table|column)|has no column named")


class Guard:
    """Watches over the statements of one connection, which run one after the other on one thread.

    SQLite asks it every few thousand instructions; an interrupt from outside could hit the statement before or after.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = float("inf") if seconds is None else seconds
        self._ends = float("inf")
        self._waited_for: asyncio.Future[Any] | None = None

    def watch(self, connection: sqlite3.Connection) -> None:
        """Be asked by this connection."""
        connection.set_progress_handler(self._stop, _STEPS)

    def run(self, waited_for: asyncio.Future[Any], statement: Callable[..., Any], *args: Any) -> Any:
        """Run a statement while somebody waits for it, and no longer than allowed. On the connection's thread."""
        self._waited_for, self._ends = waited_for, monotonic() + self._seconds
        try:
            return statement(*args)
        finally:
            self._waited_for, self._ends = None, float("inf")

    def _stop(self) -> bool:
        return monotonic() > self._ends or (self._waited_for is not None and self._waited_for.cancelled())


def refuse_names_as_texts(connection: sqlite3.Connection) -> None:
    """Let `"name"` be the column of that name or an error.

    SQLite takes it for the text 'name' when the column is gone, and answers wrongly. Python can say so from 3.12 on.
    """
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DQS_DML, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DQS_DDL, False)


def translated(error: Exception) -> Exception | None:
    """A driver's error as a fault of ours or as Tortoise's; `None` where it stays what it is."""
    if isinstance(error, sqlite3.IntegrityError):
        return IntegrityError(error)
    if isinstance(error, OverflowError | UnicodeEncodeError):  # a value SQLite has no room or no bytes for
        return OperationalError(error)
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest says more than we tell apart
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Contended("another process is writing")
    if code == sqlite3.SQLITE_INTERRUPT:
        return StatementTimeout("the statement took too long")
    if code in _UNAVAILABLE:
        return DatabaseUnavailable(getattr(error, "sqlite_errorname", "SQLite"))
    if _MISSING.search(str(error)):
        return TablesDiffer("a table or column is not there")
    return OperationalError(error) if isinstance(error, sqlite3.OperationalError) else None
