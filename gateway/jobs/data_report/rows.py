"""The rows of a customer, in batches: a report of any length needs the memory of one batch.

Each batch starts behind the last row of the one before (keyset), in the order of the section, so that an index that
begins with the customer answers it. Every statement names the customer; there is no other way to a row here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tortoise.models import Model

from gateway.auth.drivers import placed
from gateway.jobs.data_report.declaration import Section
from gateway.source.statement import quoted
from models.database import fetch

BATCH = 250
"""Rows read at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row. `values` are those of all told columns by column; `names` are what the rows it refers to are called."""

    values: Mapping[str, Any]
    names: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Query:
    """Statements for the first batch and for those behind a row, and what their columns are."""

    first: str
    behind: str
    count: str
    columns: tuple[str, ...]
    named: tuple[str, ...]


async def count_rows(section: Section, customer_id: str) -> int:
    """How many rows of a section a customer has."""
    ((number,),) = await fetch(placed(query_of(section).count), [customer_id])
    return int(number)


async def batches(section: Section, customer_id: str) -> AsyncIterator[Sequence[Entry]]:
    """All rows of a section, up to `BATCH` at a time, in the order of the section."""
    query = query_of(section)
    rows = await fetch(placed(query.first), [customer_id])
    while rows:
        yield [_entry(section, query, row) for row in rows]
        if len(rows) < BATCH:
            return
        last = list(rows[-1])[len(query.columns) + len(query.named) :]
        rows = await fetch(placed(query.behind), [customer_id, *last])


@lru_cache(maxsize=128)
def query_of(section: Section) -> Query:
    """The statements of a section, made of our own names alone."""
    columns = tuple(name for name, _ in section.told())
    named = tuple(name for name, told in section.told() if told.named_by)
    select = [f"t.{_column(section.model, name)}" for name in columns]
    joins = []
    for number, name in enumerate(named):
        target, attribute = _target(section, name)
        select.append(f"r{number}.{quoted(attribute)}")
        joins.append(_join(section, name, target, number))
    keys = [f"t.{_column(section.model, name)}" for name in section.order]
    source = f"FROM {quoted(section.table)} t"
    mine = f"WHERE t.{quoted(section.owner)} = $1" + (f" AND {section.only}" if section.only else "")
    marks = ", ".join(f"${number}" for number in range(2, len(keys) + 2))
    inner = dict.fromkeys(_column(section.model, name) for name in (*columns, section.owner, *section.order))
    order = f"ORDER BY {', '.join(keys)}"

    def read(behind: str) -> str:
        # The batch first and the names of what it refers to afterwards, however little the database knows of its tables.
        batch = f"SELECT {', '.join(f't.{name}' for name in inner)} {source} {mine}{behind} {order} LIMIT {BATCH}"
        return f"SELECT {', '.join([*select, *keys])} FROM ({batch}) t{''.join(joins)} {order}"  # noqa: S608 - our own names

    return Query(
        first=read(""),
        behind=read(f" AND ({', '.join(keys)}) > ({marks})"),
        count=f"SELECT count(*) {source} {mine}",
        columns=columns,
        named=named,
    )


def _column(model: type[Model], name: str) -> str:
    return quoted(model._meta.fields_db_projection[name])


def _target(section: Section, name: str) -> tuple[type[Model], str]:
    """The model a column refers to, and the column of it that names the row."""
    field: Any = section.model._meta.fields_map[name.removesuffix("_id")]
    told = dict(section.told())[name]
    assert told.named_by is not None
    return field.related_model, field.related_model._meta.fields_db_projection[told.named_by]


def _join(section: Section, name: str, target: type[Model], number: int) -> str:
    """The row referred to; one of a customer must be of the same customer."""
    own = ""
    if "customer_id" in target._meta.fields_map:
        own = f" AND r{number}.customer_id = t.customer_id"
    key = quoted(target._meta.db_pk_column)
    table = quoted(target._meta.db_table)
    return f" LEFT JOIN {table} r{number} ON r{number}.{key} = t.{_column(section.model, name)}{own}"


def _entry(section: Section, query: Query, row: Sequence[Any]) -> Entry:
    fields = section.model._meta.fields_map
    values = {name: fields[name].to_python_value(value) for name, value in zip(query.columns, row, strict=False)}
    names = dict(zip(query.named, row[len(query.columns) : len(query.columns) + len(query.named)], strict=True))
    return Entry(values, names)
