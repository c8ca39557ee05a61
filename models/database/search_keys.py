"""Filling search keys of rows that are older than their column: for migrations."""

from __future__ import annotations

from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

from models.text import folded

AT_ONCE = 1_000


async def fold_lines(apps: StateApps, editor: BaseSchemaEditor) -> None:
    """Fold the descriptions of all invoice lines, each different one once."""
    last, mark = "", "?" if editor.DIALECT == "sqlite" else "$1"
    while True:
        rows = await editor.client.execute_query_dict(
            f"SELECT DISTINCT description FROM invoice_line WHERE description > {mark} ORDER BY description LIMIT {AT_ONCE}",  # noqa: S608 - a placeholder and a number
            [last],
        )
        for row in rows:
            await _fold(editor, row["description"])
        if len(rows) < AT_ONCE:
            return
        last = rows[-1]["description"]


async def _fold(editor: BaseSchemaEditor, description: str) -> None:
    first, second = ("?", "?") if editor.DIALECT == "sqlite" else ("$1", "$2")
    sql = f"UPDATE invoice_line SET search_key = {first} WHERE description = {second}"  # noqa: S608 - placeholders
    await editor.client.execute_query(sql, [folded(description), description])
