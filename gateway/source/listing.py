"""The statements of lists: keyset pages at the root and under many parents at once, short lists, totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gateway.auth import visible
from gateway.auth.viewer import Reach
from gateway.source.arguments import Order, Shape
from gateway.source.declaration import Connection, Many, OfRequest, Via
from gateway.source.relation import Relation, relation
from gateway.source.statement import POSTGRES, Bind, Given, Select, Statement, quoted, stored

Fill = Callable[[Select], None]
"""Adds what is to be selected; called once, before the statement is finished."""


def _parents(given: Given) -> list[str]:
    return list(given.parents)


def _narrow(select: Select, declared: Connection, shape: Shape) -> None:
    """Filter and search, which count for the page and for its total alike."""
    for index, name in enumerate(shape.conditions):
        condition = declared.conditions[name]

        def bind(given: Given, index: int = index) -> object:
            value = given.values[index]
            return given.language if value is OfRequest.LANGUAGE else stored(value, select.dialect)

        def test(expression: str, index: int = index, bind: Bind = bind, operator: str = condition.operator) -> str:
            if operator == "in":
                return select.among(expression, ("value", index), bind)
            compared = {"eq": "=", "ge": ">=", "le": "<="}[operator]
            return f"{expression} {compared} {select.binds.place(('value', index), bind)}"

        select.conditions.append(select.meets(condition.path, test))
    if shape.search:
        select.conditions.append(f"({' OR '.join(select.contains(sought) for sought in shape.search)})")


def _order(select: Select, shape: Shape) -> list[tuple[str, bool]]:
    """The expressions a page is ordered by and whether each runs down, as the statement reads it."""
    entries: Iterable[Order] = shape.order
    order = [(select.column(entry.key.path), entry.descending != shape.backward) for entry in entries]
    order.append((select.key(), order[-1][1]))  # ties are broken by id, in the direction of the last entry
    return order


def _beyond(select: Select, order: list[tuple[str, bool]]) -> str:
    """The keyset condition: rows behind the cursor's row in this order."""

    def place(index: int) -> str:
        bind: Bind = lambda given: stored(given.position[index], select.dialect)  # noqa: E731 - two lines with a name say no more
        return select.binds.place(("position", index), bind)

    if len({down for _, down in order}) == 1:
        left, right = ", ".join(e for e, _ in order), ", ".join(place(i) for i in range(len(order)))
        return f"({left}) {'<' if order[0][1] else '>'} ({right})"
    cases = []
    for index, (expression, down) in enumerate(order):
        equal = [f"{order[i][0]} = {place(i)}" for i in range(index)]
        cases.append(" AND ".join([*equal, f"{expression} {'<' if down else '>'} {place(index)}"]))
    return f"({' OR '.join(f'({case})' for case in cases)})"


def _order_by(order: list[tuple[str, bool]]) -> str:
    return f" ORDER BY {', '.join(f'{expression} DESC' if down else expression for expression, down in order)}"


def _limit(select: Select) -> str:
    return select.binds.place("size", lambda given: given.size + 1)


def _scope(select: Select, target: Relation | Via) -> tuple[str, str]:
    """Narrow to the rows of the given parents: the link to join and the SQL of the parent's key."""
    if isinstance(target, Via):
        return select.link(target, _parents)
    parent = f"{select.alias}.{quoted(target.target_column)}"
    select.conditions.append(select.among(parent, "parents", _parents))
    return "", parent


def root_page(
    declared: Connection, shape: Shape, reach: Reach, dialect: str, fill: Fill, *, keys: bool = True, total: bool
) -> Statement:
    """One page of a list at the root, a row more than asked for.

    The columns: what `fill` adds, with `keys` the sort keys and the id (the values of a cursor), with `total` the number
    of all rows.
    """
    select = Select(visible.BY_MODEL[declared.model], reach, dialect)
    fill(select)
    order = _order(select, shape)
    if keys:
        select.columns += [expression for expression, _ in order]
    _narrow(select, declared, shape)
    if total:
        every = Select(select.rows, reach, dialect, alias="n", binds=select.binds)
        _narrow(every, declared, shape)
        select.columns.append(f"(SELECT count(*) {every.source()})")
    if shape.bounded:
        select.conditions.append(_beyond(select, order))
    if not select.columns:
        select.columns.append(select.key())
    return select.statement(f"{_order_by(order)} LIMIT {_limit(select)}")


def root_total(declared: Connection, shape: Shape, reach: Reach, dialect: str) -> Statement:
    """How many rows a list at the root has, whatever page is shown."""
    select = Select(visible.BY_MODEL[declared.model], reach, dialect)
    _narrow(select, declared, shape)
    select.columns.append("count(*)")
    return select.statement()


def child_pages(
    target: Relation | Via,
    declared: Connection,
    shape: Shape,
    reach: Reach,
    dialect: str,
    fill: Fill,
    *,
    keys: bool = True,
    total: bool,
) -> Statement:
    """One page for each of many parents in one statement: the first column is the parent's key, then as `root_page`.

    Of each parent no more rows are read than its page has, in the order of an index where there is one. `total` counts
    all rows of the parent; only without a cursor, `child_totals` otherwise.
    """
    select = Select(visible.BY_MODEL[declared.model], reach, dialect)
    each = "unnest({}::text[]) p(k)" if dialect == POSTGRES else "json_each({}) p"
    parents, key = each.format(select.listed("parents", _parents)), "p.k" if dialect == POSTGRES else "p.value"
    head = ""
    if total:
        every = Select(select.rows, reach, dialect, alias="n", binds=select.binds)
        _under(every, target, key)
        _narrow(every, declared, shape)
        # Materialized: counted once for each parent, not for each of its rows.
        head = f"WITH q(k, total) AS MATERIALIZED (SELECT {key}, (SELECT count(*) {every.source()}) FROM {parents}) "
        parents, key = "q", "q.k"
    one = select if dialect == POSTGRES else Select(select.rows, reach, dialect, alias="i", binds=select.binds)
    _under(one, target, key)
    _narrow(one, declared, shape)
    order = _order(one, shape)
    if shape.bounded:
        one.conditions.append(_beyond(one, order))
    page = f"{_order_by(order)} LIMIT {_limit(one)}"
    fill(select)
    shown = _order(select, shape)
    if keys:
        select.columns += [expression for expression, _ in shown]
    last = ", q.total" if total else ""
    if dialect == POSTGRES:
        # Only a nested loop can follow a LATERAL reference, so each parent's rows stay in the order they were read in.
        columns = ", ".join(f"{expression} AS c{index}" for index, expression in enumerate(select.columns)) or "1"
        inner = f"SELECT {columns} {select.source()}{page}"
        return select.finish(f"{head}SELECT {key}, d.*{last} FROM {parents} CROSS JOIN LATERAL ({inner}) d")
    select.conditions.clear()  # they hold inside; here SQLite would take the index of one for the way to the rows
    own = f" ON {select.alias}.rowid IN (SELECT i.rowid {one.source()}{page})"
    columns = ", ".join([key, *select.columns])
    source = select.source(own, before=f"{parents} CROSS JOIN ")
    return select.finish(f"{head}SELECT {columns}{last} {source}{_order_by(shown)}")


def _under(select: Select, target: Relation | Via, key: str) -> None:
    """Narrow to the rows of one parent, whose key has the SQL `key`."""
    if isinstance(target, Via):
        select.conditions.append(select.linked(target, key))
    else:
        select.conditions.append(f"{select.alias}.{quoted(target.target_column)} = {key}")


def child_totals(target: Relation | Via, declared: Connection, shape: Shape, reach: Reach, dialect: str) -> Statement:
    """How many rows each of many parents has: (parent's key, count); a parent without rows is left out."""
    select = Select(visible.BY_MODEL[declared.model], reach, dialect)
    link, parent = _scope(select, target)
    _narrow(select, declared, shape)
    select.columns += [parent, "count(*)"]
    return select.statement(f" GROUP BY {parent}", link)


def children(target: Relation, declared: Many, reach: Reach, dialect: str, fill: Fill) -> Statement:
    """All rows of a short relation for many parents, in its order; the first column is the parent's key."""
    select = Select(visible.BY_MODEL[target.target], reach, dialect)
    _, parent = _scope(select, target)
    select.columns.append(parent)
    fill(select)
    return select.statement(f" ORDER BY {', '.join([*(select.column(path) for path in declared.order), select.key()])}")


def by_key(select: Select, column: str) -> None:
    """Narrow to the rows whose `column` is one of the given keys."""
    select.conditions.append(select.among(f"{select.alias}.{quoted(column)}", "parents", _parents))


def in_language(select: Select, column: str) -> None:
    """Narrow to the rows in the language of the run whose `column` is one of the given keys."""
    by_key(select, column)
    language = select.binds.place("language", lambda given: given.language)
    select.conditions.append(f"{select.alias}.language = {language}")


def target_of(parent: type, declared: Connection) -> Relation | Via:
    """What a nested connection runs over."""
    if isinstance(declared.relation, str):
        return relation(parent, declared.relation)
    if declared.relation is None:
        raise TypeError("a connection under a row needs a relation")
    return declared.relation
