"""Threads that read from a SQLite file beside its writer."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from models.database.faults import Overloaded
from models.database.sqlite_statement import BUSY_SECONDS, STATEMENT_SECONDS, Guard, refuse_names_as_texts, translated

WAIT_SECONDS = 2.0
"""How long a read waits for a free reader."""

CACHED_STATEMENTS = 512


@dataclass(slots=True)
class _Job:
    sql: str
    arguments: Sequence[Any]
    as_mappings: bool
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[list[Any]]
    begun: bool = False

    def expire(self) -> None:
        if not self.begun and not self.answer.done():
            self.answer.set_exception(Overloaded("no reader became free"))


class Readers:
    """Some threads with a connection each: one hop to a thread per statement, beside whatever the writer does (WAL).

    A queue of our own costs half of what the standard library's executor does.
    """

    def __init__(self, path: str, threads: int) -> None:
        self._path = path
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._serve, name=f"sqlite-reader-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    async def fetch(self, sql: str, arguments: Sequence[Any], *, as_mappings: bool = False) -> list[Any]:
        """All rows of a query, as tuples or as mappings. Stopped when the waiting task is cancelled.

        Raises `Overloaded` when no thread becomes free in time, `StatementTimeout` when the query takes too long.
        """
        loop = asyncio.get_running_loop()
        job = _Job(sql, arguments, as_mappings, loop, loop.create_future())
        patience = loop.call_later(WAIT_SECONDS, job.expire)
        self._jobs.put(job)
        try:
            return await job.answer
        finally:
            patience.cancel()

    def _serve(self) -> None:
        guard = Guard(STATEMENT_SECONDS)
        connection: sqlite3.Connection | None = None
        while (job := self._jobs.get()) is not None:
            if job.answer.done():
                continue
            job.begun = True
            try:
                if connection is None:
                    connection = self._connect(guard)
                rows = guard.run(job.answer, _fetch, connection, job)
            except Exception as error:
                self._settle(job, None, translated(error) or error)
            else:
                self._settle(job, rows, None)
        if connection is not None:
            connection.close()

    def _connect(self, guard: Guard) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=CACHED_STATEMENTS
        )
        connection.execute("PRAGMA query_only=ON")
        refuse_names_as_texts(connection)
        guard.watch(connection)
        return connection

    def _settle(self, job: _Job, rows: list[Any] | None, error: Exception | None) -> None:
        try:
            job.loop.call_soon_threadsafe(_answer, job, rows, error)
        except RuntimeError:  # the loop has ended: nobody waits any more
            return

    async def close(self) -> None:
        """Let the threads finish what they do, and stop them: a thread left over would hold the file open."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)


def _fetch(connection: sqlite3.Connection, job: _Job) -> list[Any]:
    cursor = connection.cursor()
    if job.as_mappings:
        cursor.row_factory = sqlite3.Row
    return cursor.execute(job.sql, job.arguments).fetchall()


def _answer(job: _Job, rows: list[Any] | None, error: Exception | None) -> None:
    if job.answer.done():
        return
    if error is not None:
        job.answer.set_exception(error)
    else:
        job.answer.set_result(rows or [])
