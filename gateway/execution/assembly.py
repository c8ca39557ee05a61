"""The answer of a plan, as the source of one function: plain comprehensions over the rows of its statements.

Names in the source are indexes and `repr`s of names the schema knows; values that are no literals are constants passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.execution.leaf import Bail, int32, need
from gateway.source.arguments import PageArguments

Rows = Sequence[Any]
EMPTY: tuple[Any, ...] = ()


def group(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    """Rows by the parent's key in their first column, in their order."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row)
    return groups


def pages(rows: Iterable[Any], page: PageArguments) -> dict[Any, list[Any]]:
    """The rows of each parent's page, as `shown` has them."""
    groups, size, backward = group(rows), page.size, page.shape.backward
    for found in groups.values():
        if len(found) > size:
            del found[size:]
        if backward:
            found.reverse()
    return groups


def shown(rows: Rows, page: PageArguments) -> Rows:
    """The rows of the page itself, in the caller's order: one more was read, backward pages run the other way."""
    rows = rows[: page.size]
    return rows[::-1] if page.shape.backward else rows


def cursor(row: Any, page: PageArguments, start: int) -> str:
    """The cursor of a row whose sort keys begin at `start`."""
    return page.cursors.encode(row[start : start + len(page.shape.order) + 1])


def ahead(rows: Rows, page: PageArguments) -> bool:
    """`hasNextPage`."""
    return page.shape.bounded if page.shape.backward else len(rows) > page.size


def behind(rows: Rows, page: PageArguments) -> bool:
    """`hasPreviousPage`."""
    return len(rows) > page.size if page.shape.backward else page.shape.bounded


def root_total(rows: Rows, totals: Rows | None) -> int:
    """`totalCount` at the root: counted with the rows, or on its own."""
    if totals is not None:
        return int(totals[0][0])
    return rows[0][-1] if rows else 0


def child_total(rows: Rows, totals: dict[Any, int] | None, key: Any) -> int:
    """`totalCount` under a parent."""
    if totals is not None:
        return totals.get(key, 0)
    return rows[0][-1] if rows else 0


@dataclass
class Assembly:
    """Source being written. `constant` gives a name to any value, `function` adds a helper before the answer."""

    lines: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(
        default_factory=lambda: {
            "EMPTY": EMPTY,
            "Bail": Bail,
            "ahead": ahead,
            "behind": behind,
            "child_total": child_total,
            "cursor": cursor,
            "group": group,
            "int32": int32,
            "need": need,
            "pages": pages,
            "root_total": root_total,
            "shown": shown,
        }
    )
    _names: dict[int, str] = field(default_factory=dict)

    def constant(self, value: Any) -> str:
        """The name of a value in the source."""
        if id(value) not in self._names:
            name = f"k{len(self._names)}"
            self._names[id(value)] = name
            self.constants[name] = value
        return self._names[id(value)]

    def compile(self, expression: str) -> tuple[str, Callable[..., Any]]:
        """The whole source, and the function `answer(C, R, T, P, A)`.

        C: the context; R, T, P, A by step: rows, totals, page arguments, argument values of computed fields.
        """
        body = [*self.lines, f"    return {expression}"]
        source = "\n".join(["def answer(C, R, T, P, A):", *body, ""])
        namespace = dict(self.constants)
        exec(compile(source, "<plan>", "exec"), namespace)  # noqa: S102 - the source is ours, see the module's first lines
        return source, namespace["answer"]
