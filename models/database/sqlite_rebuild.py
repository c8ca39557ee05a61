"""What Tortoise's way of changing a table on SQLite loses, put back: for migrations.

SQLite cannot add a constraint to a table, so Tortoise makes the table anew and copies the rows. What was unique over a
relation or over several columns, and every index, is forgotten on the way.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

Step = Callable[[StateApps, BaseSchemaEditor], Awaitable[None]]


def unique_again(table: str, *columns: str) -> Step:
    """A step that makes `columns` together unique again; nothing on PostgreSQL."""
    return _index(f'UNIQUE INDEX "uid_{table}_{"_".join(columns)}"', table, columns)


def index_again(table: str, *columns: str) -> Step:
    """A step that indexes `columns` again; nothing on PostgreSQL."""
    return _index(f'INDEX "idx_{table}_{"_".join(columns)}"', table, columns)


def _index(kind: str, table: str, columns: tuple[str, ...]) -> Step:
    async def restore(apps: StateApps, editor: BaseSchemaEditor) -> None:
        if editor.DIALECT == "sqlite":
            names = ", ".join(f'"{column}"' for column in columns)
            await editor.client.execute_query(f'CREATE {kind} ON "{table}" ({names})')

    return restore
