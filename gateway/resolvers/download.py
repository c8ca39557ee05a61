"""Files that can be downloaded. Each kind is declared once, beside its noun; paths, tickets and routes follow from that."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from tortoise.models import Model
from tortoise.queryset import QuerySet

from gateway.auth import audit
from gateway.auth.client import Client
from gateway.auth.tickets import Ticket, use_ticket
from gateway.auth.viewer import Scope, Viewer
from models.database import in_unit_of_work
from models.ids import prefix_of

M = TypeVar("M", bound=Model)

PATH_NAME = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)
"""What can stand for a row in a path without an escape: its id, and most names."""

FILE_NAME = 64
"""Characters a file name has at most (SECURITY HT4)."""


@dataclass(frozen=True, slots=True)
class File:
    """A file ready to be handed out: `size` bytes with the checksum `sha256`, which `read` gets when they are wanted.

    `name` matches `[A-Za-z0-9._-]{1,64}` (SECURITY HT4). `noted` is what the audit entry of a download says besides.
    """

    object_id: str
    name: str
    sha256: str
    size: int
    read: Callable[[], Awaitable[bytes]]
    noted: Mapping[str, Any] = field(default_factory=dict)


async def _nowhere(viewer: Viewer, object_id: str, now: datetime) -> None:
    """A download is noted nowhere besides."""


def _always(row: Model, now: datetime) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind(Generic[M]):
    """A kind of files, one for each of `rows`.

    The file of a row is at `/{folder}/{name}.{suffix}`; the name is the row's id (which begins with `prefix`), or the
    value of the column `named_by` where that fits a path. Whoever lacks `scope` has none. A download is noted as
    `{noun}.download`, and by `note` in the same unit of work. `languages` are those it can be asked for in.
    `available(row, now)` says whether there is a file.
    """

    noun: str
    prefix: str
    folder: str
    suffix: str
    media_type: str
    scope: Scope
    rows: Callable[[Viewer], QuerySet[M]]
    named_by: str | None = None
    languages: tuple[str, ...] = ()
    available: Callable[[M, datetime], bool] = _always
    note: Callable[[Viewer, str, datetime], Awaitable[None]] = _nowhere

    @property
    def route(self) -> str:
        """The pattern of its paths."""
        return f"/{self.folder}/{{name}}.{self.suffix}"

    def path(self, id: str, name: str | None = None) -> str:
        """Where the file of a row is: under its name, or its id when there is none or it (`RE/2026/7`) needs escapes."""
        shown = name if name is not None and PATH_NAME.fullmatch(name) else id
        return f"/{self.folder}/{shown}.{self.suffix}"

    def path_of(self, row: M) -> str:
        """Where the file of `row` is."""
        return self.path(str(row.pk), getattr(row, self.named_by) if self.named_by else None)

    def file_name(self, name: str) -> str:
        """What the file is called: `invoice-2026-104711.pdf`. Of `name` only harmless characters stay."""
        stem = f"{self.noun.replace('_', '-')}-{re.sub('[^A-Za-z0-9._-]', '-', name)}"
        return f"{stem[: FILE_NAME - len(self.suffix) - 1]}.{self.suffix}"

    async def find(self, viewer: Viewer, name: str) -> M | None:
        """The row that `name` stands for in a path, if the viewer has it and may read such files."""
        if self.scope not in viewer.scopes or not PATH_NAME.fullmatch(name):
            return None
        if self.named_by is not None:
            row = await self.rows(viewer).get_or_none(**{self.named_by: name})
            if row is not None:
                return row
        return await self.find_by_id(viewer, name)

    async def find_by_id(self, viewer: Viewer, id: str) -> M | None:
        """The visible row with this id; `None` for one that is malformed, foreign, or of nothing."""
        return await self.rows(viewer).get_or_none(pk=id) if prefix_of(id) == self.prefix else None


@dataclass(frozen=True, slots=True)
class Offer(Generic[M]):
    """A kind, and where its bytes come from: `source(viewer, row, language, now)`.

    `language` is `None` when none is asked for. A source is asked for available rows alone; it gives `None` when the file
    has gone meanwhile, and raises `UNAVAILABLE` when it cannot make one now.
    """

    kind: Kind[M]
    source: Callable[[Viewer, M, str | None, datetime], Awaitable[File | None]]

    async def find(self, viewer: Viewer, name: str, language: str | None, now: datetime) -> File | None:
        """The file that `name` stands for in a path; `None` when the viewer has no such file."""
        row = await self.kind.find(viewer, name)
        if row is None or not self.kind.available(row, now):
            return None
        return await self.source(viewer, row, language, now)


async def hand_out(
    kind: Kind[Any], file: File, viewer: Viewer, ticket: Ticket | None, client: Client, now: datetime
) -> bool:
    """Note a download, and use up the ticket it was made with: both or neither. False when the ticket was used before."""

    async def note() -> bool:
        if ticket is not None and not await use_ticket(ticket, now):
            return False
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            f"{kind.noun}.download",
            object_id=file.object_id,
            detail={**file.noted, "ticket": ticket is not None},
        )
        await kind.note(viewer, file.object_id, now)
        return True

    return await in_unit_of_work(note)
