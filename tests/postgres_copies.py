"""Copies of a database on PostgreSQL for tests: set back after use and used again, since making one takes 100 times longer.

What a test left behind is seen in the rows themselves: each carries the number of the transaction that wrote it (`xmin`),
so a table with as many rows and the same latest writer as before is as it was. The other tables get their first rows
back. A copy whose catalog was changed, or that cannot be set back, is dropped.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, TypeVar

import asyncpg

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which a copy should long have been made or set back."""

GROWN = 512 * 1024
"""Bytes of a table that is vacuumed as well: deleted rows stay in it until then."""

ENDING = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""

CATALOG = " UNION ALL ".join(
    f"SELECT '{catalog}', count(*), max(xmin::text::bigint) FROM {catalog} WHERE {ours}"
    for catalog, ours in {
        "pg_class": "oid >= 16384",
        "pg_attribute": "attrelid >= 16384",
        "pg_attrdef": "adrelid >= 16384",
        "pg_constraint": "conrelid >= 16384",
        "pg_index": "indrelid >= 16384",
        "pg_trigger": "tgrelid >= 16384",
        "pg_proc": "oid >= 16384",
        "pg_type": "oid >= 16384",
        "pg_namespace": "true",
        "pg_extension": "true",
        "pg_db_role_setting": "true",
    }.items()
)
"""How many objects there are that came after the server was made, and who changed them last."""

Signature = dict[str, tuple[int, int | None]]
"""Of each table or catalog: how many rows, and the transaction that wrote the latest one."""


@dataclass
class _Copy:
    """One database, and the connection it is set back through."""

    name: str
    connection: Any
    tables: asyncpg.prepared_stmt.PreparedStatement = field(init=False)
    catalog: asyncpg.prepared_stmt.PreparedStatement = field(init=False)
    rows_before: Signature = field(default_factory=dict)
    catalog_before: Signature = field(default_factory=dict)


class Copies:
    """The copies of one database. They are managed from a thread of their own, whatever loop a test runs in."""

    def __init__(self, host: str, port: int, template: str) -> None:
        self._server = {"host": host, "port": port, "user": "postgres"}
        self._template = template
        self._rows: dict[str, bytes] = {}  # what each table of the template holds, as COPY writes it
        self._free: list[_Copy] = []
        self._taken: dict[str, _Copy] = {}
        self._made = 0
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name=f"copies of {template}", daemon=True).start()

    def take(self) -> str:
        """The name of a copy that is as the template is, for one test alone."""
        copy = self._free.pop() if self._free else self._wait_for(self._make())
        self._taken[copy.name] = copy
        return copy.name

    def give_back(self, name: str) -> None:
        """End whatever still uses the copy and set it back."""
        copy = self._taken.pop(name)
        if self._wait_for(self._set_back(copy)):
            self._free.append(copy)
        else:
            self._wait_for(self._drop(copy))

    def close(self) -> None:
        """Leave no connection behind; the copies go with their server."""
        for copy in [*self._free, *self._taken.values()]:
            copy.connection.terminate()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(**self._server, database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def _make(self) -> _Copy:
        if not self._made:
            self._rows = await self._read_template()
        self._made += 1
        name = f"{self._template}_{self._made}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        copy = _Copy(name, await asyncpg.connect(**self._server, database=name))
        tables = (
            f"SELECT '{t}', count(*), max(xmin::text::bigint), pg_relation_size('{t}') FROM {t}" for t in self._rows
        )
        copy.tables = await copy.connection.prepare(" UNION ALL ".join(tables))
        copy.catalog = await copy.connection.prepare(CATALOG)
        await copy.connection.execute("SET session_replication_role = replica")  # rows go and come in any order
        copy.rows_before = _signature(await copy.tables.fetch())
        copy.catalog_before = _signature(await copy.catalog.fetch())
        return copy

    async def _read_template(self) -> dict[str, bytes]:
        connection = await asyncpg.connect(**self._server, database=self._template)
        try:
            names = "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            rows: dict[str, bytes] = {}
            for (table,) in await connection.fetch(names):
                content = BytesIO()
                await connection.copy_from_query(f"TABLE {table}", output=content, format="binary")
                rows[table] = content.getvalue()
            return rows
        finally:
            await connection.close()

    async def _set_back(self, copy: _Copy) -> bool:
        """Whether it is as it was made."""
        try:
            while await copy.connection.fetch(ENDING):  # noqa: ASYNC110 - the server tells nobody who has gone
                await asyncio.sleep(0.001)
            if _signature(await copy.catalog.fetch()) != copy.catalog_before:
                return False
            found = await copy.tables.fetch()
            changed = {row[0]: row[3] for row in found if copy.rows_before[row[0]] != (row[1], row[2])}
            if changed:
                await self._put_back(copy, changed)
                copy.rows_before = _signature(await copy.tables.fetch())
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):  # the server was started anew, or is away
            return False
        return True

    async def _put_back(self, copy: _Copy, changed: dict[str, int]) -> None:
        """Give tables their first rows; `changed` has the size of each in bytes."""
        await copy.connection.execute("; ".join(f"DELETE FROM {table}" for table in changed))
        if grown := [table for table, size in changed.items() if size > GROWN]:
            await copy.connection.execute(f"VACUUM {', '.join(grown)}")
        for table in changed:
            if copy.rows_before[table][0]:
                name, content = table.strip('"'), BytesIO(self._rows[table])
                await copy.connection.copy_to_table(name, source=content, format="binary")

    async def _drop(self, copy: _Copy) -> None:
        copy.connection.terminate()
        await self._execute(f"DROP DATABASE IF EXISTS {copy.name} WITH (FORCE)")


def _signature(rows: list[Any]) -> Signature:
    return {row[0]: (row[1], row[2]) for row in rows}
