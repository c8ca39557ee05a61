"""What a field can declare. Both engines, the SDL and the permission matrix are derived from these values alone.

A path names a column of the row (`"name"`) or of a row it points to (`"type.name"`, to-one relations only).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias

from tortoise.models import Model
from tortoise.queryset import QuerySet

from gateway.auth.viewer import Scope, Viewer

Rows: TypeAlias = Callable[[Viewer], QuerySet[Any]]
"""A function of `gateway.auth.visible`: which rows of one table exist for a viewer."""


@dataclass(frozen=True)
class Column:
    """A stored value, as it is. On a type that is no row, the attribute of the value."""

    name: str


@dataclass(frozen=True)
class Embed:
    """An object made of columns of the same row. `columns` maps its names to the row's; null where `present` is null."""

    columns: Mapping[str, str]
    present: str | None = None


@dataclass(frozen=True)
class Facet:
    """A side of the same row, as an object with fields of its own."""


@dataclass(frozen=True)
class Count:
    """How many rows of a to-many relation exist for the viewer."""

    relation: str


@dataclass(frozen=True)
class Exists:
    """Whether any row of a to-many relation exists for the viewer."""

    relation: str


@dataclass(frozen=True)
class First:
    """A column of the first row of a to-many relation; `order` names columns, a leading `-` runs down."""

    relation: str
    name: str
    order: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """The sum of a column of whole numbers over the visible rows of a to-many relation; 0 where there are none."""

    relation: str
    name: str


@dataclass(frozen=True)
class FirstOf:
    """A `First` of the row that the to-one relation `relation` points to; null where there is none."""

    relation: str
    first: First


Need: TypeAlias = str | Count | First | FirstOf | Sum
"""What a function is given: a column by its path, of the first row of a relation (here or one row on), its sum, or its rows."""


@dataclass(frozen=True)
class Computed:
    """`function(context, *needed values, **arguments)`: pure, quick, the same in both engines."""

    function: Callable[..., Any]
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class One:
    """The row a to-one relation points to, in either direction; null where it does not exist for the viewer."""

    relation: str


@dataclass(frozen=True)
class Many:
    """All rows of a to-many relation that is short by nature, in the order of the columns named."""

    relation: str
    order: tuple[str, ...]


@dataclass(frozen=True)
class Via:
    """A relation through the rows of a third table: `parent` and `child` are its columns (duplicates count once)."""

    model: type[Model]
    parent: str
    child: str


@dataclass(frozen=True)
class SortKey:
    """A column a list can be sorted by. `scope` guards columns whose order would tell something."""

    path: str
    scope: Scope | None = None


class OfRequest(Enum):
    """A value that is taken from the request when a statement is run."""

    LANGUAGE = "language"


@dataclass(frozen=True)
class Condition:
    """A filter: `operator` is `in`, `eq`, `ge` or `le`. `presumed` is what counts where it is not given.

    A path through a to-many relation means any of its rows. With `flag` the filter is a yes or no: yes stands for these
    values, no for no condition.
    """

    path: str
    operator: str
    scope: Scope | None = None
    presumed: OfRequest | None = None
    flag: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sought:
    """A column the quick search looks into; a path through a to-many relation means any of its rows.

    `folded`: the column holds folded text already; otherwise it is ASCII and case is ignored.
    """

    path: str
    scope: Scope | None = None
    folded: bool = True


@dataclass(frozen=True, eq=False)
class Connection:
    """A list that can grow: keyset pages over all visible rows of `model`, or over a relation of the parent row."""

    model: type[Model]
    order: type[Enum]
    default: tuple[tuple[Enum, bool], ...]  # (member, descending)
    relation: str | Via | None = None
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    search: tuple[Sought, ...] = ()

    @cached_property
    def presumed(self) -> Mapping[str, OfRequest]:
        """The conditions that count also where they are not given."""
        return {name: c.presumed for name, c in self.conditions.items() if c.presumed is not None}


@dataclass(frozen=True, eq=False)
class Single:
    """The one row of a set that has at most one."""

    rows: Rows


@dataclass(frozen=True, eq=False)
class Lookup:
    """The row with the id given as the argument `id`."""

    rows: Rows


@dataclass(frozen=True, eq=False)
class Localized:
    """The row whose column `key` is the argument of that name, in the language of the argument `language`.

    Without one it is the language of the request. The rows have a column `language`.
    """

    rows: Rows
    key: str


@dataclass(frozen=True)
class NodeLookup:
    """The row with the id given, of whichever kind the id says."""


@dataclass(frozen=True)
class NodesLookup:
    """The rows with the ids given, null in the place of each that is not there."""


@dataclass(frozen=True)
class Namespace:
    """An object that is no row and holds fields of its own."""


@dataclass(frozen=True)
class Part:
    """A part of a page: `nodes`, `edges`, `page_info`, `total_count`, or of an edge: `node`, `cursor`."""

    name: str


Declaration: TypeAlias = (
    Column
    | Embed
    | Facet
    | Computed
    | Count
    | Exists
    | First
    | One
    | Many
    | Connection
    | Single
    | Lookup
    | Localized
    | NodeLookup
    | NodesLookup
    | Namespace
    | Part
)
