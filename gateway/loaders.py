"""Dataloaders of the reference engine, derived from the declarations: one statement per relation and level.

Made for one operation of one viewer and never shared. Not for use inside a unit of work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from strawberry.dataloader import DataLoader
from tortoise.models import Model

from gateway.auth import visible
from gateway.auth.viewer import STRANGER, Reach, Viewer
from gateway.errors import bad_input
from gateway.source import listing
from gateway.source.arguments import PageArguments, Shape, has_control
from gateway.source.declaration import Connection, Count, First, Many, Rows, Sum, Via
from gateway.source.relation import Relation, relation
from gateway.source.statement import Given, Select, Statement, quoted
from models import MODEL_OF_PREFIX
from models.database import dialect, fetch
from models.ids import prefix_of


@dataclass(slots=True)
class Page:
    """One page of rows in the caller's order. `keys` are the values of each row's cursor."""

    arguments: PageArguments
    rows: list[Any]
    keys: list[Sequence[Any]]
    more: bool  # there are rows behind the page, in the direction it was read
    total: int | None  # None: not counted with the page
    count: Callable[[], Awaitable[int]]


def _all(select: Select) -> None:
    for name in select.model._meta.fields_db_projection.values():
        select.columns.append(f"{select.alias}.{quoted(name)}")


def _instance(model: type[Model], row: Sequence[Any], start: int) -> Any:
    names = model._meta.fields_db_projection.values()
    return model._init_from_db(**dict(zip(names, row[start : start + len(names)], strict=True)))


@lru_cache(maxsize=512)
def _rows_by_key(rows: Rows, column: str, reach: Reach, kind: str) -> Statement:
    select = Select(rows, reach, kind)
    select.columns.append(f"{select.alias}.{quoted(column)}")
    _all(select)
    listing.by_key(select, column)
    return select.statement()


@lru_cache(maxsize=64)
def _rows_in_language(rows: Rows, column: str, reach: Reach, kind: str) -> Statement:
    select = Select(rows, reach, kind)
    select.columns.append(f"{select.alias}.{quoted(column)}")
    _all(select)
    listing.in_language(select, column)
    return select.statement()


@lru_cache(maxsize=512)
def _root_page(declared: Connection, shape: Shape, reach: Reach, kind: str) -> Statement:
    return listing.root_page(declared, shape, reach, kind, _all, total=not shape.bounded)


@lru_cache(maxsize=512)
def _child_pages(target: Relation | Via, declared: Connection, shape: Shape, reach: Reach, kind: str) -> Statement:
    return listing.child_pages(target, declared, shape, reach, kind, _all, total=not shape.bounded)


@lru_cache(maxsize=512)
def _children(target: Relation, declared: Many, reach: Reach, kind: str) -> Statement:
    return listing.children(target, declared, reach, kind, _all)


@lru_cache(maxsize=512)
def _scalars(model: type[Model], wanted: tuple[Count | First | Sum, ...], reach: Reach, kind: str) -> Statement:
    select = Select(visible.BY_MODEL[model], reach, kind)
    select.columns.append(select.key())
    for declared in wanted:
        match declared:
            case Count(name):
                select.columns.append(select.count("", name))
            case Sum():
                select.columns.append(select.sum("", declared))
            case First():
                select.columns.append(select.first("", declared))
    listing.by_key(select, model._meta.db_pk_column)
    return select.statement()


MOST_IDS = 50
"""Ids that are looked up at once."""


def counted(texts: Sequence[str]) -> Sequence[str]:
    """Ids to be looked up. Raises `BAD_USER_INPUT` when there are too many."""
    if len(texts) > MOST_IDS:
        raise bad_input("ids.too_many", most=MOST_IDS)
    return texts


def sought_id(text: str) -> str:
    """The id to look for: that of nothing where the text is the id of no kind."""
    return text if prefix_of(text) in MODEL_OF_PREFIX else ""


def sought_name(text: str) -> str:
    """The name to look for: that of nothing where the text holds what no name does, which a database may refuse."""
    return "" if has_control(text) else text


def sought_kind(text: str) -> str:
    """The kind of row to look among: packages where the text is the id of no kind, so that every miss is the same work."""
    kind = prefix_of(text)
    return kind if kind in MODEL_OF_PREFIX else "pkg"


class Loaders:
    """The loaders of one operation, for a viewer or, without one, for `STRANGER`."""

    def __init__(self, viewer: Viewer | None, language: str = "en") -> None:
        self._viewer = viewer
        self._language = language
        self.reader = viewer or STRANGER
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}

    @property
    def viewer(self) -> Viewer:
        """Who asks, where a permission made sure that there is somebody."""
        if self._viewer is None:
            raise AssertionError("a viewer was asked for where there is none")
        return self._viewer

    @property
    def reach(self) -> Reach:
        """The shape of what is there for the viewer."""
        return self.reader.reach

    def _loader(self, key: Hashable, load: Callable[[list[Any]], Awaitable[list[Any]]]) -> DataLoader[Any, Any]:
        if key not in self._loaders:
            self._loaders[key] = DataLoader(load_fn=load)
        return self._loaders[key]

    async def row(self, rows: Rows, column: str, key: str | None) -> Any:
        """The visible row whose `column` is `key`, or `None`."""
        if key is None:
            return None

        async def load(keys: list[str]) -> list[Any]:
            statement = _rows_by_key(rows, column, self.reach, dialect())
            found = await fetch(statement.sql, statement.arguments(Given(self.reader, keys)))
            model = rows(self.reader).model
            by_key = {row[0]: _instance(model, row, 1) for row in found}
            return [by_key.get(key) for key in keys]

        return await self._loader((rows, column), load).load(key)

    async def lookup(self, rows: Rows, text: str) -> Any:
        """The visible row with the id `text`. A text that is no id is looked for like any other: every miss is alike."""
        model: type[Model] = rows(self.reader).model
        return await self.row(rows, model._meta.db_pk_column, sought_id(text))

    async def localized(self, rows: Rows, column: str, text: str, language: str | None) -> Any:
        """The visible row whose `column` is `text`, in a language or else in that of the request, or `None`."""
        wanted = language or self._language

        async def load(keys: list[str]) -> list[Any]:
            statement = _rows_in_language(rows, column, self.reach, dialect())
            found = await fetch(statement.sql, statement.arguments(Given(self.reader, keys, language=wanted)))
            model = rows(self.reader).model
            by_key = {row[0]: _instance(model, row, 1) for row in found}
            return [by_key.get(key) for key in keys]

        return await self._loader((rows, column, wanted), load).load(sought_name(text))

    async def node(self, text: str) -> Any:
        """The visible row with the id `text`, of whichever kind the id says."""
        return await self.lookup(visible.BY_MODEL[MODEL_OF_PREFIX[sought_kind(text)]], text)

    async def nodes(self, texts: Sequence[str]) -> list[Any]:
        """The visible rows with these ids, `None` in the place of every other. Raises `BAD_USER_INPUT` above the limit."""
        return list(await asyncio.gather(*(self.node(text) for text in counted(texts))))

    async def one(self, parent: Model, name: str) -> Any:
        """The row a to-one relation of `parent` points to, or `None`."""
        target = relation(type(parent), name)
        key = getattr(parent, _attribute(type(parent), target.parent_column))
        return await self.row(visible.BY_MODEL[target.target], target.target_column, key)

    async def single(self, rows: Rows) -> Any:
        """The one row of a set, or `None`."""

        async def load(keys: list[None]) -> list[Any]:
            select = Select(rows, self.reach, dialect())
            _all(select)
            statement = select.statement(" LIMIT 1")
            found = await fetch(statement.sql, statement.arguments(Given(self.reader)))
            return [_instance(select.model, found[0], 0) if found else None for _ in keys]

        return await self._loader(rows, load).load(None)

    async def many(self, parent: Model, declared: Many) -> list[Any]:
        """All rows of a short relation of `parent`."""
        target = relation(type(parent), declared.relation)

        async def load(keys: list[str]) -> list[Any]:
            statement = _children(target, declared, self.reach, dialect())
            found = await fetch(statement.sql, statement.arguments(Given(self.reader, keys)))
            groups: dict[str, list[Any]] = {key: [] for key in keys}
            for row in found:
                groups[row[0]].append(_instance(target.target, row, 1))
            return [groups[key] for key in keys]

        rows: list[Any] = await self._loader((type(parent), declared), load).load(parent.pk)
        return rows

    async def scalar(self, parent: Model, declared: Count | First | Sum) -> Any:
        """A count, a first value or a sum of `parent`; all that are asked of a level are one statement."""
        model = type(parent)

        async def load(keys: list[tuple[Count | First | Sum, str]]) -> list[Any]:
            wanted = tuple(dict.fromkeys(declared for declared, _ in keys))
            statement = _scalars(model, wanted, self.reach, dialect())
            parents = list(dict.fromkeys(key for _, key in keys))
            found = await fetch(statement.sql, statement.arguments(Given(self.reader, parents)))
            by_key = {row[0]: row for row in found}
            places = {declared: index for index, declared in enumerate(wanted, 1)}
            return [by_key[key][places[declared]] for declared, key in keys]

        return await self._loader((model, "scalar"), load).load((declared, parent.pk))

    async def page(self, declared: Connection, arguments: PageArguments) -> Page:
        """A page of a list at the root."""
        statement = _root_page(declared, arguments.shape, self.reach, dialect())
        given = self._given(arguments, ())
        found = await fetch(statement.sql, statement.arguments(given))

        async def count() -> int:
            counting = listing.root_total(declared, arguments.shape, self.reach, dialect())
            return int((await fetch(counting.sql, counting.arguments(given)))[0][0])

        return self._page(declared, arguments, found, 0, count)

    async def child_page(self, parent: Model, declared: Connection, arguments: PageArguments) -> Page:
        """A page of a list under `parent`; the same list under other parents comes in the same statement."""
        target = listing.target_of(type(parent), declared)

        async def totals(keys: list[str]) -> list[int]:
            counting = listing.child_totals(target, declared, arguments.shape, self.reach, dialect())
            rows = await fetch(counting.sql, counting.arguments(self._given(arguments, keys)))
            by_key = dict(rows)
            return [by_key.get(key, 0) for key in keys]

        async def load(keys: list[str]) -> list[Any]:
            statement = _child_pages(target, declared, arguments.shape, self.reach, dialect())
            found = await fetch(statement.sql, statement.arguments(self._given(arguments, keys)))
            groups: dict[str, list[Any]] = {key: [] for key in keys}
            for row in found:
                groups[row[0]].append(row)
            counter = self._loader((declared, arguments, "total"), totals)
            return [self._page(declared, arguments, groups[key], 1, partial(counter.load, key)) for key in keys]

        return await self._loader((declared, arguments), load).load(parent.pk)  # type: ignore[no-any-return]

    def _given(self, arguments: PageArguments, parents: Sequence[str]) -> Given:
        return Given(
            self.reader, parents, arguments.size, arguments.position, arguments.values, arguments.needle, self._language
        )

    @staticmethod
    def _page(
        declared: Connection,
        arguments: PageArguments,
        found: Sequence[Any],
        start: int,
        count: Callable[[], Awaitable[int]],
    ) -> Page:
        shown = list(found[: arguments.size])
        if arguments.shape.backward:
            shown.reverse()
        keys = start + len(declared.model._meta.fields_db_projection)
        total = None if arguments.shape.bounded else (found[0][-1] if found else 0)
        return Page(
            arguments,
            [_instance(declared.model, row, start) for row in shown],
            [row[keys : keys + len(arguments.shape.order) + 1] for row in shown],
            len(found) > arguments.size,
            total,
            count,
        )


@lru_cache(maxsize=512)
def _attribute(model: type[Model], column: str) -> str:
    return model._meta.fields_db_projection_reverse[column]
