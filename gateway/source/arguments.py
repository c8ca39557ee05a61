"""The arguments of a list, checked and put in order: one value both engines work from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gateway.auth.viewer import Scope
from gateway.errors import bad_input, forbidden
from gateway.source.cursor import Cursor, decode
from gateway.source.declaration import Connection, SortKey, Sought
from models.text import folded

DEFAULT_PAGE = 20
SEARCH_LENGTH = 100
FILTER_VALUES = 50


@dataclass(frozen=True, slots=True)
class Order:
    """One entry of an order: a sort key and whether it runs down."""

    key: SortKey
    descending: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the text of a list's statement. Everything else about a list is a parameter of it."""

    order: tuple[Order, ...]
    backward: bool
    bounded: bool  # a cursor is given
    conditions: tuple[str, ...]
    search: tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class PageArguments:
    """A page asked for. `size` is 1–`most`; `position` are the values of the cursor's row, the id last."""

    shape: Shape
    size: int
    position: tuple[Any, ...]
    values: tuple[Any, ...]  # one for each of `shape.conditions`
    needle: str | None
    cursors: Cursor


class Direction(Enum):
    """Which way an order runs."""

    ASC = "ASC"
    DESC = "DESC"


def page_arguments(
    name: str, declared: Connection, given: Mapping[str, Any], scopes: frozenset[Scope], most: int
) -> PageArguments:
    """Check what a caller gave for the list `name` (`Query.packages`).

    `given` holds coerced GraphQL values by argument name. Raises `GatewayError`: `BAD_USER_INPUT` for values that cannot be
    used, `FORBIDDEN` for an order or filter whose scope the viewer lacks.
    """
    size, backward, cursor_text = _size(given, most)
    order = _order(declared, given.get("orderBy"), scopes)
    conditions, values = _filter(declared, given.get("filter"), scopes)
    needle = _needle(given.get("search"))
    cursors = Cursor.of(name, order)
    position = decode(cursors, cursor_text, declared) if cursor_text is not None else ()
    sought = tuple(s for s in declared.search if s.scope is None or s.scope in scopes) if needle else ()
    shape = Shape(order, backward, bool(position), conditions, sought)
    return PageArguments(shape, size, position, values, needle, cursors)


def _size(given: Mapping[str, Any], most: int) -> tuple[int, bool, str | None]:
    first, last, after, before = (given.get(name) for name in ("first", "last", "after", "before"))
    if first is not None and last is not None:
        raise bad_input("page.first_and_last")
    backward = last is not None
    if (after is not None and (backward or before is not None)) or (before is not None and not backward):
        raise bad_input("page.after_and_before")
    size = last if backward else first
    if size is None:
        size = DEFAULT_PAGE
    if not 1 <= size <= most:
        raise bad_input("page.size", most=most)
    return size, backward, before if backward else after


def _order(declared: Connection, given: Any, scopes: frozenset[Scope]) -> tuple[Order, ...]:
    if not given:
        return tuple(Order(member.value, descending) for member, descending in declared.default)
    order = tuple(Order(entry["field"].value, entry["direction"] is Direction.DESC) for entry in given)
    if len({entry.key for entry in order}) < len(order):
        raise bad_input("order.too_many", most=len(declared.order))
    for entry in order:
        if entry.key.scope is not None and entry.key.scope not in scopes:
            raise forbidden(entry.key.scope.value)
    return order


def _filter(declared: Connection, given: Any, scopes: frozenset[Scope]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    if not given and not declared.presumed:
        return (), ()
    names: list[str] = []
    values: list[Any] = []
    for name, value in (given or {}).items():
        if value is None:
            continue
        condition = declared.conditions[name]
        if condition.scope is not None and condition.scope not in scopes:
            raise forbidden(condition.scope.value)
        if condition.flag:
            if not value:
                continue
            value = condition.flag
        if condition.operator == "in":
            if len(value) > FILTER_VALUES:
                raise bad_input("filter.too_many", most=FILTER_VALUES)
            value = tuple(plain for item in value for plain in _several(_plain(item)))
        names.append(name)
        values.append(_plain(value))
    for name, presumed in declared.presumed.items():
        if name not in names:
            names.append(name)
            values.append(presumed)
    return tuple(names), tuple(values)


def _several(value: Any) -> tuple[Any, ...]:
    """What a value of a filter stands for: a member of an enum may stand for several stored ones."""
    return value if isinstance(value, tuple) else (value,)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str) and has_control(value):
        raise bad_input("text.not_allowed")
    return value


def _needle(text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    if len(text) > SEARCH_LENGTH:
        raise bad_input("search.too_long", most=SEARCH_LENGTH)
    if has_control(text):
        raise bad_input("text.not_allowed")
    return folded(text.strip())


def has_control(text: str) -> bool:
    """Whether a text holds control characters or lone surrogates, which no stored text has."""
    return any(unicodedata.category(character) in ("Cc", "Cs") for character in text)
