"""A batch: records of one kind that are stored in one unit of work, and the changes they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic

from tortoise.models import Model

from gateway.auth.audit_chain import append
from gateway.jobs.importing.record import Entry, R, Refusal
from gateway.keys import Keyring
from models import ActorKind, AuditEvent
from models.database import at_end

AT_ONCE = 500
"""Records of a batch, and rows of one INSERT: below the limits of parameters of both databases."""

MOST_ROWS = 4_000
"""Rows a batch may come to; it bounds the memory an import takes."""


@dataclass
class Batch(Generic[R]):
    """`hashes` maps the line of a record that brings a password for something new to what is stored for it."""

    entries: Sequence[Entry[R]]
    now: datetime
    keyring: Keyring
    hashes: Mapping[int, str]
    refused: dict[int, Refusal] = field(default_factory=dict)

    def refuse(self, entry: Entry[R], path: str | None, reason: str) -> None:
        """Leave this record out; the others of the batch are stored. Of several reasons the first one counts."""
        self.refused.setdefault(entry.line, Refusal(entry.line, entry.record.kind, path, reason))

    def standing(self) -> list[Entry[R]]:
        """What has not been refused so far."""
        return [entry for entry in self.entries if entry.line not in self.refused]


class Changes:
    """Rows to insert and to update, gathered while a batch is decided and written together by `write`.

    A row that existed before and belongs to a customer gets an audit entry naming the columns that changed.
    """

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._new: list[Model] = []
        self._changed: list[tuple[Model, set[str]]] = []
        self._audit: list[AuditEvent] = []
        self._gone: list[Model] = []

    def remove(self, *rows: Model) -> None:
        """Delete these, before anything is inserted."""
        self._gone.extend(rows)

    def add(self, *rows: Model) -> None:
        """Insert these, in the order of the calls."""
        self._new.extend(rows)

    def change(self, row: Any, values: Mapping[str, Any], *, also: Sequence[str] = ()) -> None:
        """Bring the row to `values`; `also` names what changed beside it in rows of its own (`phones`)."""
        columns = {name for name, value in values.items() if getattr(row, name) != value}
        if not columns and not also:
            return
        for name in columns:
            setattr(row, name, values[name])
        if hasattr(row, "version"):
            row.version += 1
            columns.add("version")
        if columns:
            self._changed.append((row, columns))
        self._record(row, sorted((columns - {"version"}) | set(also)))

    def _record(self, row: Any, changed: list[str]) -> None:
        table = row._meta.db_table
        customer_id = row.id if table == "customer" else getattr(row, "customer_id", None)
        if customer_id is None:
            return
        self._audit.append(
            AuditEvent(
                customer_id=customer_id,
                package_id=row.id if table == "package" else getattr(row, "package_id", None),
                occurred_at=self._now,
                actor_kind=ActorKind.OPERATOR,
                action=f"{table}.import",
                object_id=row.id,
                result="OK",
                detail={"changed": changed},
            )
        )

    async def write(self) -> None:
        """Everything gathered, in the unit of work that is open."""
        for rows in _by_table(self._gone):
            await type(rows[0]).filter(pk__in=[row.pk for row in rows]).delete()
        for row, columns in self._changed:
            await row.save(update_fields=columns)
        for rows in _by_table(self._new):
            await type(rows[0]).bulk_create(rows, batch_size=AT_ONCE)
        for entry in self._audit:
            at_end(append, entry)


def _by_table(rows: Sequence[Model]) -> list[list[Model]]:
    """Rows of one table together, tables in the order of their first row, so that what is referred to comes first."""
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return list(tables.values())
