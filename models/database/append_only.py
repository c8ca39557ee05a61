"""Tables whose rows stay as they were written, which the database itself sees to: for migrations.

On SQLite, changing a column or a constraint of a table later makes it anew and forgets its triggers: that migration has to
end with the same step again.
"""

from __future__ import annotations

from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

from models.database.sqlite_rebuild import Step

_SQLITE = """
CREATE TRIGGER "{table}_no_{word}" BEFORE {word} ON "{table}"
BEGIN SELECT RAISE(ABORT, 'rows of {table} stay as they are'); END"""

_POSTGRES = (
    """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'rows of % stay as they are', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$""",
    'CREATE OR REPLACE TRIGGER "{table}_no_change" BEFORE {words} ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    'CREATE OR REPLACE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" EXECUTE FUNCTION refuse_change()',
)


def refuse(table: str, *words: str) -> Step:
    """A step after which the database refuses to `UPDATE` or `DELETE` rows of a table, and to empty it.

    An owner of the table can take the triggers away; this is against accidents and against whoever got no further.
    """

    async def install(apps: StateApps, editor: BaseSchemaEditor) -> None:
        if editor.DIALECT == "sqlite":
            statements = [_SQLITE.format(table=table, word=word) for word in words]
        else:
            statements = [text.format(table=table, words=" OR ".join(words)) for text in _POSTGRES]
        for statement in statements:
            await editor.client.execute_query(statement)

    return install
