"""SELECT statements over visible rows, written once and run by both engines.

A statement is built with markers in the place of a viewer's and a request's values and rendered to text once; each run
binds its own values. Every table that is touched, joined or counted, is narrowed by its rule in `gateway.auth.visible`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson
from pypika_tortoise.queries import Table
from pypika_tortoise.terms import Parameter, Parameterizer
from tortoise.models import Model
from tortoise.query_utils import EmptyCriterion

from gateway.auth import visible
from gateway.auth.viewer import Reach, Viewer
from gateway.source.declaration import First, Rows, Sought, Sum, Via
from gateway.source.relation import column, is_many, relation
from models import SessionKind

SQLITE, POSTGRES = "sqlite", "postgres"

_CUSTOMER, _PACKAGE, _SESSION, _DOMAINS = "\x00customer", "\x00package", "\x00session", "\x00domains"

MARKED = {
    reach: Viewer(
        kind=SessionKind.CUSTOMER if reach is Reach.CUSTOMER else SessionKind.PACKAGE,
        customer_id=_CUSTOMER,
        package_id=None if reach is Reach.CUSTOMER else _PACKAGE,
        scopes=frozenset(),
        session_id=_SESSION,
        domain_ids=(_DOMAINS,) if reach is Reach.DOMAINS else None,
    )
    for reach in Reach
}
"""A viewer of marks for each shape the rules of `visible` can take."""


@dataclass(slots=True)
class Given:
    """The values one run binds: who asks, the keys of the parent rows, and the arguments of the list."""

    viewer: Viewer
    parents: Sequence[str] = ()
    size: int = 0
    position: tuple[Any, ...] = ()
    values: tuple[Any, ...] = ()
    needle: str | None = None
    language: str = ""

    def under(self, parents: Sequence[str]) -> Given:
        """The same for these parent rows."""
        return Given(self.viewer, parents, self.size, self.position, self.values, self.needle, self.language)


Bind = Callable[[Given], Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """Rendered text with what to bind; `columns` are the selected expressions in order."""

    sql: str
    binds: tuple[Bind, ...]
    columns: tuple[str, ...]

    def arguments(self, given: Given) -> list[Any]:
        """The parameters of one run, in order."""
        return [bind(given) for bind in self.binds]


def _domains(given: Given) -> list[str]:
    return list(given.viewer.domain_ids or ())


_VIEWER_BINDS: dict[str, Bind] = {
    _CUSTOMER: lambda given: given.viewer.customer_id,
    _PACKAGE: lambda given: given.viewer.package_id,
    _SESSION: lambda given: given.viewer.session_id,
    _DOMAINS: _domains,
}


class Binds(Parameterizer):
    """Numbered parameters of a statement; the same mark is sent once, however often it is used."""

    def __init__(self, dialect: str) -> None:
        super().__init__()
        self.dialect = dialect
        self.binds: list[Bind] = []
        self._numbers: dict[Any, int] = {}

    def place(self, name: Any, bind: Bind) -> str:
        """The placeholder of a value known by `name`."""
        if name not in self._numbers:
            self.binds.append(bind)
            self._numbers[name] = len(self.binds)
        return f"{'$' if self.dialect == POSTGRES else '?'}{self._numbers[name]}"

    def _members(self, name: Any, bind: Bind) -> str:
        """The sub-select of the entries of a list of any length, sent as one parameter so that the text stays the same."""
        if self.dialect == POSTGRES:
            return f"SELECT unnest({self.place(name, bind)}::text[])"
        return f"SELECT value FROM json_each({self.place(name, lambda given: orjson.dumps(bind(given)).decode())})"

    def create_param(self, value: Any) -> Parameter:
        """Called by the query builder for each value in a rule of `visible`."""
        bind = _VIEWER_BINDS.get(value) if isinstance(value, str) else None
        if bind is _domains:  # the one mark of a list, inside of IN (…)
            return Parameter(self._members(value, bind))
        if bind is None:  # a constant in the rule itself
            constant = _stored(value, self.dialect)
            return Parameter(self.place(("constant", type(value), value), lambda given: constant))
        return Parameter(self.place(value, bind))


@dataclass
class Select:
    """One SELECT being written. `path`s run over to-one relations, which are joined once each."""

    rows: Rows
    reach: Reach
    dialect: str
    alias: str = "t"
    binds: Binds = None  # type: ignore[assignment]  # set in __post_init__ unless a parent statement shares its own
    columns: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    joins: dict[str, tuple[str, type[Model], str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.model: type[Model] = self.rows(MARKED[self.reach]).model
        if self.binds is None:
            self.binds = Binds(self.dialect)
        rule = self.rule(self.rows, self.alias)
        if rule:
            self.conditions.append(rule)

    # What is selected

    def select(self, expression: str) -> int:
        """Add an expression (once) and tell its position."""
        if expression not in self.columns:
            self.columns.append(expression)
        return self.columns.index(expression)

    def column(self, path: str) -> str:
        """The SQL of the column at the end of `path`."""
        *steps, name = path.split(".")
        alias, model = self._joined(steps)
        return f"{alias}.{quoted(column(model, name))}"

    def key(self, path: str = "") -> str:
        """The SQL of the primary key of the row at the end of `path`, null where there is none."""
        alias, model = self._joined(path.split(".") if path else [])
        return f"{alias}.{quoted(model._meta.db_pk_column)}"

    def count(self, path: str, name: str) -> str:
        """A sub-select that counts the visible rows of a to-many relation of the row at the end of `path`."""
        alias, model = self._joined(path.split(".") if path else [])
        return f"(SELECT count(*) {self._related(alias, model, name)[0]})"

    def first(self, path: str, declared: First) -> str:
        """A sub-select of one column of the first visible row of a to-many relation of the row at the end of `path`."""
        alias, model = self._joined(path.split(".") if path else [])
        source, inner, target = self._related(alias, model, declared.relation)
        order = [
            f"{inner}.{quoted(column(target, name.removeprefix('-')))}{' DESC' if name.startswith('-') else ''}"
            for name in declared.order
        ]
        order.append(f"{inner}.{quoted(target._meta.db_pk_column)}")
        return f"(SELECT {inner}.{quoted(column(target, declared.name))} {source} ORDER BY {', '.join(order)} LIMIT 1)"

    def sum(self, path: str, declared: Sum) -> str:
        """A sub-select of the sum of a column over the visible rows of a to-many relation of the row at the end of `path`."""
        alias, model = self._joined(path.split(".") if path else [])
        source, inner, target = self._related(alias, model, declared.relation)
        total = f"coalesce(sum({inner}.{quoted(column(target, declared.name))}), 0)"
        return f"(SELECT CAST({total} AS BIGINT) {source})"  # PostgreSQL sums to a decimal number

    # Which rows

    def rule(self, rows: Rows, alias: str) -> str:
        """The condition of a rule of `visible`, for the table called `alias` here."""
        query = rows(MARKED[self.reach])
        query._make_query()
        if query.query._joins:
            raise TypeError(f"the rule of {query.model.__name__} must use columns of its own table")
        criterion = query.query._wheres
        if criterion is None or isinstance(criterion, EmptyCriterion):
            return ""
        renamed = criterion.replace_table(query.model._meta.basetable, Table(alias))
        context = query.query.QUERY_CLS.SQL_CONTEXT.copy(parameterizer=self.binds, with_namespace=True)
        return str(renamed.get_sql(context)).replace(f'"{alias}".', f"{alias}.")

    def among(self, expression: str, name: Any, bind: Bind) -> str:
        """`expression` is one of a list of any length, sent as one parameter so that the text stays the same."""
        placed = self.listed(name, bind)
        return (
            f"{expression} = ANY({placed})"
            if self.dialect == POSTGRES
            else (f"{expression} IN (SELECT value FROM json_each({placed}))")
        )

    def listed(self, name: Any, bind: Bind) -> str:
        """The placeholder of a list: an array, or the text of one in JSON."""
        if self.dialect == POSTGRES:
            return self.binds.place(name, bind)
        return self.binds.place(name, lambda given: orjson.dumps(bind(given)).decode())

    def contains(self, sought: Sought) -> str:
        """The text at a path holds the needle; through a to-many relation: that of any of its rows."""
        head, _, rest = sought.path.partition(".")
        if rest:
            source, alias, target = self._related(self.alias, self.model, head)
            return f"EXISTS (SELECT 1 {source} AND {self._holds(f'{alias}.{quoted(column(target, rest))}', sought)})"
        return self._holds(self.column(sought.path), sought)

    def meets(self, path: str, test: Callable[[str], str]) -> str:
        """`test` of the SQL of the column at a path; through a to-many relation: of any of its rows."""
        head, _, rest = path.partition(".")
        if rest and is_many(self.model, head):
            source, alias, target = self._related(self.alias, self.model, head)
            return f"EXISTS (SELECT 1 {source} AND {test(f'{alias}.{quoted(column(target, rest))}')})"
        return test(self.column(path))

    def _holds(self, expression: str, sought: Sought) -> str:
        needle = self.binds.place("needle", lambda given: given.needle)
        function = "strpos" if self.dialect == POSTGRES else "instr"
        return f"{function}({expression if sought.folded else f'lower({expression})'}, {needle}) > 0"

    def _related(self, alias: str, model: type[Model], name: str) -> tuple[str, str, type[Model]]:
        """`FROM … WHERE …` of the visible rows of a relation, their alias and model."""
        related = relation(model, name)
        inner = f"{alias}_{name}"
        rule = self.rule(visible.BY_MODEL[related.target], inner)
        meets = f"{inner}.{quoted(related.target_column)} = {alias}.{quoted(related.parent_column)}"
        where = f"{meets} AND {rule}" if rule else meets
        return f"FROM {quoted(related.target._meta.db_table)} {inner} WHERE {where}", inner, related.target

    def _joined(self, steps: Sequence[str]) -> tuple[str, type[Model]]:
        alias, model, path = self.alias, self.model, ""
        for step in steps:
            path = f"{path}.{step}" if path else step
            if path not in self.joins:
                related = relation(model, step)
                inner = f"{self.alias}_{path.replace('.', '_')}"
                rule = self.rule(visible.BY_MODEL[related.target], inner)
                meets = f"{inner}.{quoted(related.target_column)} = {alias}.{quoted(related.parent_column)}"
                join = f"LEFT JOIN {quoted(related.target._meta.db_table)} {inner} ON {meets}"
                self.joins[path] = (inner, related.target, f"{join} AND {rule}" if rule else join)
            alias, model, _ = self.joins[path]
        return alias, model

    # The text

    def source(self, link: str = "", before: str = "") -> str:
        """`FROM … WHERE …`; `before` is put before the table, `link` between it and the to-one joins."""
        table = f"FROM {before}{quoted(self.model._meta.db_table)} {self.alias}"
        joins = "".join(f" {text}" for _, _, text in self.joins.values())
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        return f"{table}{link}{joins}{where}"

    def statement(self, tail: str = "", link: str = "") -> Statement:
        """The finished statement, `tail` (ORDER BY, LIMIT) behind it."""
        return self.finish(f"SELECT {', '.join(self.columns)} {self.source(link)}{tail}")

    def finish(self, sql: str) -> Statement:
        """A statement whose text was put together around this one."""
        return Statement(sql, tuple(self.binds.binds), tuple(self.columns))

    def linked(self, via: Via, key: str) -> str:
        """The row is linked to the one parent whose key has the SQL `key`."""
        inner = f"{self.alias}_via"
        rule = self.rule(visible.BY_MODEL[via.model], inner)
        parent, child = quoted(column(via.model, via.parent)), quoted(column(via.model, via.child))
        where = f"{inner}.{parent} = {key}{f' AND {rule}' if rule else ''}"
        table = quoted(via.model._meta.db_table)
        return f"{self.key()} IN (SELECT {inner}.{child} FROM {table} {inner} WHERE {where})"

    def link(self, via: Via, parents: Bind) -> tuple[str, str]:
        """A join with a linking table narrowed to the parents, and the SQL of the parent's key in it."""
        inner = f"{self.alias}_via"
        rule = self.rule(visible.BY_MODEL[via.model], inner)
        parent, child = quoted(column(via.model, via.parent)), quoted(column(via.model, via.child))
        among = self.among(f"{inner}.{parent}", "parents", parents)
        where = f"{among} AND {rule}" if rule else among
        table = quoted(via.model._meta.db_table)
        links = f"(SELECT DISTINCT {inner}.{parent}, {inner}.{child} FROM {table} {inner} WHERE {where}) {inner}"
        return f" JOIN {links} ON {inner}.{child} = {self.key()}", f"{inner}.{parent}"


def quoted(name: str) -> str:
    """An identifier of our own tables, in double quotes."""
    return f'"{name}"'


def _stored(value: Any, dialect: str) -> Any:
    """A Python value as the driver wants it: SQLite holds instants and dates as text."""
    if dialect == SQLITE:
        if isinstance(value, datetime):
            return value.isoformat(" ")
        if isinstance(value, date):
            return value.isoformat()
    return value


def stored(value: Any, dialect: str) -> Any:
    """A value as a column holds it; several become the list a parameter takes."""
    if isinstance(value, tuple):
        return [_stored(item, dialect) for item in value]
    return _stored(value, dialect)
