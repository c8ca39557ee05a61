"""A step of a plan: one statement, the rows it adds to, and the values it binds at each run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql.execution.values import VariableValues
from tortoise.models import Model

from gateway.auth.viewer import Reach, Viewer
from gateway.execution.selection import Arguments
from gateway.loaders import counted, sought_id, sought_kind, sought_name
from gateway.source import listing
from gateway.source.arguments import PageArguments, page_arguments
from gateway.source.declaration import Connection, Count, First, Localized, Many, Rows, Sum, Via
from gateway.source.relation import Relation
from gateway.source.statement import Given, Select, Statement

STATEMENTS = 64
"""Texts kept for one list, one for each shape of arguments seen; more are built anew."""

PAGES = 128
"""Arguments kept for one list: a page has at most a hundred entries, so that is most of what is asked."""

Wanted = tuple[str, str, Any]
"""What a level selects: ("column", path, None), ("key", path, None), ("count", "first" or "sum", path, declaration)."""


@dataclass
class Level:
    """The rows one statement brings and what is wanted of each; positions are fixed as they are asked for."""

    model: type[Model]
    start: int  # 1 where the first column is the parent's key
    wanted: dict[Wanted, int] = field(default_factory=dict)

    def position(self, kind: str, path: str, declared: Count | First | Sum | None = None) -> int:
        """Where a row holds a value."""
        return self.wanted.setdefault((kind, path, declared), self.start + len(self.wanted))

    def fill(self, select: Select) -> None:
        """Add everything wanted to a statement, in order."""
        for kind, path, declared in self.wanted:
            if kind == "column":
                select.columns.append(select.column(path))
            elif kind == "key":
                select.columns.append(select.key(path))
            elif kind == "count":
                select.columns.append(select.count(path, declared.relation))
            elif kind == "sum":
                select.columns.append(select.sum(path, declared))
            else:
                select.columns.append(select.first(path, declared))


@dataclass(slots=True)
class Asked:
    """What a step is asked in one run."""

    statements: tuple[Statement, ...]  # the rows, then the totals where they are separate
    given: Given
    page: PageArguments | None = None


@dataclass
class Step:
    """One level of the answer. `parent` is the step whose rows it hangs under, `key` the position of their key there."""

    level: Level
    reach: Reach
    dialect: str
    parent: int | None = None
    key: int = 0

    def ask(self, viewer: Viewer, variables: VariableValues, most: int, language: str) -> Asked:
        """The statement and values of a run. Raises `GatewayError` or `GraphQLError` for arguments that are refused."""
        raise NotImplementedError


@dataclass
class ListStep(Step):
    """A connection, at the root or under parent rows."""

    name: str = ""
    declared: Connection = None  # type: ignore[assignment]  # dataclass order; always given
    target: Relation | Via | None = None
    arguments: Arguments = None  # type: ignore[assignment]  # dataclass order; always given
    rows: bool = False  # anything but the total is asked for
    total: bool = False
    cursors: bool = False
    _statements: dict[Any, tuple[Statement, ...]] = field(default_factory=dict)
    _pages: dict[tuple[Any, ...], PageArguments] = field(default_factory=dict)

    def ask(self, viewer: Viewer, variables: VariableValues, most: int, language: str) -> Asked:
        key = self.arguments.key(variables)
        page = self._pages.get(key) if key is not None else None
        if page is None:
            page = page_arguments(self.name, self.declared, self.arguments.values(variables), viewer.scopes, most)
            if key is not None and len(self._pages) < PAGES:
                self._pages[key] = page  # a plan is for one set of scopes, so this holds for every run
        statements = self._statements.get(page.shape)
        if statements is None:
            if len(self._statements) >= STATEMENTS:
                self._statements.clear()
            statements = self._statements[page.shape] = self._build(page)
        given = Given(viewer, (), page.size, page.position, page.values, page.needle, language)
        return Asked(statements, given, page)

    def _build(self, page: PageArguments) -> tuple[Statement, ...]:
        shape, reach, dialect = page.shape, self.reach, self.dialect
        made: list[Statement] = []
        with_total = self.total and not shape.bounded
        if self.rows:
            if self.target is None:
                made.append(
                    listing.root_page(
                        self.declared, shape, reach, dialect, self.level.fill, keys=self.cursors, total=with_total
                    )
                )
            else:
                made.append(
                    listing.child_pages(
                        self.target,
                        self.declared,
                        shape,
                        reach,
                        dialect,
                        self.level.fill,
                        keys=self.cursors,
                        total=with_total,
                    )
                )
        if self.total and (shape.bounded or not self.rows):
            if self.target is None:
                made.append(listing.root_total(self.declared, shape, reach, dialect))
            else:
                made.append(listing.child_totals(self.target, self.declared, shape, reach, dialect))
        return tuple(made)


@dataclass
class ManyStep(Step):
    """All rows of a short relation under parent rows."""

    declared: Many = None  # type: ignore[assignment]  # dataclass order; always given
    target: Relation = None  # type: ignore[assignment]  # dataclass order; always given
    _asked: tuple[Statement, ...] | None = None

    def ask(self, viewer: Viewer, variables: VariableValues, most: int, language: str) -> Asked:
        if self._asked is None:
            self._asked = (listing.children(self.target, self.declared, self.reach, self.dialect, self.level.fill),)
        return Asked(self._asked, Given(viewer))


@dataclass
class RowStep(Step):
    """One row at the root: the only one of a set, or the one with an id."""

    rows: Rows = None  # type: ignore[assignment]  # dataclass order; always given
    arguments: Arguments | None = None  # None: the only one of the set
    kind: str | None = None  # one of several looked up by `ids`: those of this kind
    _asked: tuple[Statement, ...] | None = None

    def ask(self, viewer: Viewer, variables: VariableValues, most: int, language: str) -> Asked:
        if self._asked is None:
            select = Select(self.rows, self.reach, self.dialect)
            self.level.fill(select)
            if not select.columns:
                select.columns.append(select.key())
            if self.arguments is not None:
                listing.by_key(select, self.level.model._meta.db_pk_column)
            self._asked = (select.statement("" if self.kind else " LIMIT 1"),)
        keys: Sequence[str] = ()
        if self.arguments is not None and self.kind is not None:
            ids = counted(self.arguments.values(variables)["ids"])
            keys = [sought_id(text) for text in ids if sought_kind(text) == self.kind]
        elif self.arguments is not None:
            keys = (sought_id(self.arguments.values(variables)["id"]),)
        return Asked(self._asked, Given(viewer, keys))


@dataclass
class LocalizedStep(Step):
    """The row with a name, in a language."""

    declared: Localized = None  # type: ignore[assignment]  # dataclass order; always given
    arguments: Arguments = None  # type: ignore[assignment]  # dataclass order; always given
    _asked: tuple[Statement, ...] | None = None

    def ask(self, viewer: Viewer, variables: VariableValues, most: int, language: str) -> Asked:
        if self._asked is None:
            select = Select(self.declared.rows, self.reach, self.dialect)
            self.level.fill(select)
            if not select.columns:
                select.columns.append(select.key())
            listing.in_language(select, self.declared.key)
            self._asked = (select.statement(),)
        given = self.arguments.values(variables)
        wanted = given.get("language")
        name = sought_name(given[self.declared.key])
        return Asked(self._asked, Given(viewer, (name,), language=wanted.value if wanted else language))
