"""The tables as the database has them: everything the models declare is there, and nothing else."""

from __future__ import annotations

import re

from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.models import Model

from models.database import fetch
from models.database.connect import configuration
from models.database.target import parse

BOOKKEEPING = {"tortoise_migrations"}


def declared_tables() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in Tortoise.apps["models"].values()}


async def tables(kind: str) -> set[str]:
    if kind == "sqlite":
        rows = await fetch("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    else:
        rows = await fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {row[0] for row in rows}


async def columns(kind: str, table: str) -> dict[str, bool]:
    """Column → whether it may be null."""
    if kind == "sqlite":
        return {row[1]: not row[3] and not row[5] for row in await fetch(f"PRAGMA table_info({table})")}
    rows = await fetch(
        "SELECT column_name, is_nullable = 'YES' FROM information_schema.columns WHERE table_name = $1", [table]
    )
    return {row[0]: row[1] for row in rows}


async def indexes(kind: str, table: str) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """The columns of each unique index and of each other index."""
    if kind == "sqlite":
        unique, other = set(), set()
        for row in await fetch(f"PRAGMA index_list({table})"):
            names = tuple(entry[2] for entry in await fetch(f"PRAGMA index_info({row[1]})"))
            (unique if row[2] else other).add(names)
        return unique, other
    rows = await fetch(
        "SELECT i.indisunique, array_agg(a.attname::text ORDER BY k.position) FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indrelid"
        " CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, position)"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number"
        " WHERE c.relname = $1 GROUP BY i.indexrelid, i.indisunique",
        [table],
    )
    return {tuple(r[1]) for r in rows if r[0]}, {tuple(r[1]) for r in rows if not r[0]}


async def checks(kind: str, table: str) -> set[str]:
    if kind == "sqlite":
        (row,) = await fetch("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1", [table])
        return set(re.findall(r'CONSTRAINT "(\w+)" CHECK', row[0]))
    rows = await fetch(
        "SELECT conname::text FROM pg_constraint WHERE contype = 'c' AND conrelid = $1::text::regclass", [table]
    )
    return {row[0] for row in rows}


async def foreign_keys(kind: str, table: str) -> set[tuple[str, str, str]]:
    """(column, table it refers to, what happens to the row when the other goes)."""
    if kind == "sqlite":
        return {(row[3], row[2], row[6]) for row in await fetch(f"PRAGMA foreign_key_list({table})")}
    rows = await fetch(
        "SELECT a.attname::text, t.relname::text, CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'r' THEN 'RESTRICT'"
        " WHEN 'n' THEN 'SET NULL' ELSE c.confdeltype::text END FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " JOIN pg_class t ON t.oid = c.confrelid"
        " WHERE c.contype = 'f' AND c.conrelid = $1::text::regclass",
        [table],
    )
    return {(row[0], row[1], row[2]) for row in rows}


POSTGRES_NAMES = {
    "VARCHAR": "character varying",
    "INT": "integer",
    "BOOL": "boolean",
    "TIMESTAMPTZ": "timestamp with time zone",
}


async def types(kind: str, table: str) -> dict[str, str]:
    """Column → its type with its length, as the models spell it."""
    if kind == "sqlite":
        return {row[1]: row[2] for row in await fetch(f"PRAGMA table_info({table})")}
    rows = await fetch(
        "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    spelled = {name: short for short, name in POSTGRES_NAMES.items()}
    found = {}
    for column, written in rows:
        name, bracket, length = written.partition("(")
        found[column] = spelled.get(name, name.upper()) + bracket + length
    return found


async def test_every_model_is_a_table_and_every_table_a_model(database: str) -> None:
    assert await tables(database) - BOOKKEEPING == set(declared_tables())


async def test_columns_are_those_of_the_models_and_null_where_they_say_so(database: str) -> None:
    for table, model in declared_tables().items():
        declared = {
            column: bool(model._meta.fields_map[field].null)
            for field, column in model._meta.fields_db_projection.items()
        }
        assert await columns(database, table) == declared, table


async def test_columns_have_the_types_of_the_models(database: str) -> None:
    for table, model in declared_tables().items():
        declared = {
            column: str(model._meta.fields_map[field].get_for_dialect(database, "SQL_TYPE"))
            for field, column in model._meta.fields_db_projection.items()
        }
        assert await types(database, table) == declared, table


async def test_unique_and_other_indexes_are_those_of_the_models(database: str) -> None:
    for table, model in declared_tables().items():
        meta = model._meta
        unique = {(meta.db_pk_column,)}
        unique |= {
            (meta.fields_db_projection[name],) for name in meta.fields_db_projection if meta.fields_map[name].unique
        }
        unique |= {tuple(names) for names in meta.unique_together}
        other = {tuple(index.fields) for index in meta.indexes}
        found_unique, found_other = await indexes(database, table)
        assert found_unique == unique, table
        assert found_other == other, table


async def test_checks_are_those_of_the_models(database: str) -> None:
    for table, model in declared_tables().items():
        assert await checks(database, table) == {check.name for check in model._meta.constraints}, table


async def test_checks_say_what_the_models_say(database: str) -> None:
    """PostgreSQL writes them in words of its own; there they are at least as many and of the same names."""
    if database == "sqlite":
        for table, model in declared_tables().items():
            (row,) = await fetch("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1", [table])
            for check in model._meta.constraints:
                assert f'CONSTRAINT "{check.name}" CHECK ({check.check})' in row[0]


async def test_every_reference_is_a_foreign_key(database: str) -> None:
    for table, model in declared_tables().items():
        declared = set()
        for name in model._meta.fk_fields | model._meta.o2o_fields:
            field = model._meta.fields_map[name]
            declared.add((field.source_field, field.related_model._meta.db_table, str(field.on_delete.value)))
        assert await foreign_keys(database, table) == declared, table


async def test_every_customer_owned_table_carries_the_customer_and_an_index_that_starts_with_it(database: str) -> None:
    shared = {
        "customer", "package_type", "tariff", "throttle",
        "agreement_version", "sub_processor", "help_article", "contact_option",
        "debit_batch", "bank_entry",
    }  # fmt: skip
    for table in set(declared_tables()) - shared:
        assert "customer_id" in await columns(database, table), table
        unique, other = await indexes(database, table)
        assert any(names[0] == "customer_id" for names in unique | other), table


async def test_models_and_migrations_do_not_drift(database: str) -> None:
    apps = configuration(parse("sqlite:///unused"), 1)["apps"]
    assert [writer.as_string() for writer in await MigrationAutodetector(Tortoise.apps, apps).changes()] == []
