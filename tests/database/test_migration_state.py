"""Migrations are applied as Tortoise applies them, with models made on demand: every operation has the same effect."""

from __future__ import annotations

from typing import Any

import pytest
from tortoise import fields
from tortoise.connection import get_connection
from tortoise.indexes import Index
from tortoise.migrations import Migration
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.migrations.executor import MigrationExecutor

from models.database import close, connect, in_unit_of_work
from models.database.migration_state import Executor


def named(length: int = 20, **more: Any) -> fields.CharField:
    return fields.CharField(max_length=length, **more)


def refers_to(model: str, **more: Any) -> Any:
    return fields.ForeignKeyField(f"models.{model}", source_field=f"{model.lower()}_id", **more)


def created(model: str, **columns: Any) -> ops.CreateModel:
    own = [("id", named(primary_key=True)), *columns.items()]
    return ops.CreateModel(name=model, fields=own, options={"table": model.lower(), "app": "models", "pk_attr": "id"})


MAKING = [
    created("Town", name=named(unique=True)),
    created("House", town=refers_to("Town", related_name="houses", on_delete=fields.CASCADE), number=fields.IntField()),
    created("Road", start=named(), town=refers_to("Town", related_name="roads", null=True, on_delete=fields.SET_NULL)),
]
CHANGES: dict[str, list[ops.TortoiseOperation]] = {
    "an index": [ops.AddIndex("House", Index(fields=["town_id", "number"]))],
    "an index less": [
        ops.AddIndex("House", Index(fields=["number"], name="by_number")),
        ops.RemoveIndex("House", name="by_number"),
    ],
    "a check": [ops.AddConstraint("House", CheckConstraint(check="number > 0", name="number_positive"))],
    "unique together": [ops.AddConstraint("House", UniqueConstraint(fields=("town_id", "number"), name="house_once"))],
    "a column": [ops.AddField("House", "colour", named(null=True))],
    "a column with a default": [ops.AddField("Town", "country", named(2, db_default="DE"))],
    "a relation": [ops.AddField("Road", "house", refers_to("House", related_name="roads", null=True))],
    "a column less": [ops.RemoveField("Road", "start")],
    "a column of another name": [ops.RenameField("Road", "start", "begins")],
    "a longer column": [ops.AlterField("Road", "start", named(200))],
    "a column that may be empty": [ops.AlterField("House", "number", fields.IntField(null=True))],
    "a model less": [ops.DeleteModel("Road")],
    "a model more that refers to others": [created("Roof", house=refers_to("House", related_name="roofs"))],
    "a model of another name": [  # one that refers to another is more than Tortoise can rename
        created("Lamp", kind=named()),
        ops.RenameModel("Lamp", "Lantern"),
        ops.AddField("Lantern", "lit", fields.BooleanField(null=True)),
    ],
    "several in a row": [
        ops.AddField("House", "colour", named(null=True)),
        ops.AddIndex("House", Index(fields=["colour"])),
        ops.RenameField("House", "colour", "paint"),
        ops.AddConstraint("House", CheckConstraint(check="paint <> ''", name="painted")),
        ops.AddIndex("House", Index(fields=["town_id", "paint"])),
    ],
}


class Undone(Exception):
    """Rolls everything back."""


async def statements(make: type[MigrationExecutor], operations: list[ops.TortoiseOperation]) -> list[str] | str:
    """What is sent to a fresh database by a migration that makes the tables and one that changes them."""
    sent: list[str] = []

    async def work() -> None:
        client: Any = get_connection("default")
        script, query = client.execute_script, client.execute_query

        async def noting_script(text: str) -> Any:
            sent.append(text)
            return await script(text)

        async def noting_query(text: str, values: Any = None) -> Any:
            sent.append(text)
            return await query(text, values)

        executor = make(client, {"models": {"models": ["models"], "migrations": "models.migrations"}})
        executor._full_plan = list  # type: ignore[method-assign]  # not ours: these alone
        client.execute_script, client.execute_query = noting_script, noting_query
        state = await executor._project_state(set())
        for content in (MAKING, operations):
            migration = Migration("0001_test", "models")
            migration.operations = list(content)
            state = await migration.apply(state, schema_editor=executor._schema_editor())
        raise Undone

    with pytest.raises(Undone):
        await in_unit_of_work(work)
    return sent


@pytest.mark.parametrize("change", CHANGES)
async def test_an_operation_sends_the_same_statements(database_url: str, change: str) -> None:
    await connect(database_url, migrating=True)
    try:
        expected = await statements(MigrationExecutor, CHANGES[change])
        assert await statements(Executor, CHANGES[change]) == expected
        assert len(expected) > 3
    finally:
        await close()
