"""What the tables hold: to see that nothing was written."""

from __future__ import annotations

from typing import Any

from models.database import fetch
from tests.world import tables

BOOKKEEPING = {"session": {"last_used_at"}}
"""Columns that change with every request."""

UNCOUNTED = {"throttle"}
"""Tables that every attempt changes."""

Stored = dict[str, list[tuple[Any, ...]]]


async def stored() -> Stored:
    """Every row of every table, without bookkeeping."""
    found: Stored = {}
    for table, model in tables().items():
        if table in UNCOUNTED:
            continue
        left_out = BOOKKEEPING.get(table, set())
        columns = [f'"{name}"' for name in model._meta.fields_db_projection.values() if name not in left_out]
        rows = await fetch(f'SELECT {", ".join(columns)} FROM "{table}" ORDER BY "{model._meta.db_pk_column}"')
        found[table] = [tuple(row) for row in rows]
    assert sum(map(len, found.values())) > 50, "there is a world"
    return found


def changed(before: Stored, after: Stored) -> set[str]:
    """The tables that differ."""
    return {table for table in before if before[table] != after[table]}
