"""Stored values as they stand in an answer: what a driver returns for a column, made what the scalar would write.

orjson writes dates and instants itself (instants with `Z`), so most values pass through untouched.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any

import orjson
from graphql import GraphQLEnumType, GraphQLLeafType
from tortoise import fields

from gateway.source.statement import SQLITE

Convert = Callable[[Any], Any]

INT = 2**31


class Bail(Exception):
    """The plan met something it leaves to the reference engine, such as a null in a non-null place."""


def need(value: Any) -> Any:
    """A value that must be there."""
    if value is None:
        raise Bail
    return value


def int32(value: int) -> int:
    """An `Int` of GraphQL: 32 bits with sign."""
    if -INT <= value < INT:
        return value
    raise Bail


def instant(text: str) -> str:
    """SQLite's text of an instant as RFC 3339 with `Z`."""
    if text[10] != " " or text[-6:] != "+00:00":
        raise Bail
    return f"{text[:10]}T{text[11:-6]}Z"


@lru_cache(maxsize=1_024)
def _parsed(text: str) -> Any:
    return orjson.loads(text)


def json_value(value: Any) -> Any:
    """A JSON column: parsed once for each text, as the kinds of packages repeat on every row. Not to be changed."""
    return _parsed(value) if isinstance(value, str) else value


def column_value(field: Any, dialect: str) -> Convert | None:
    """What makes a driver's value of a column the Python value the model would hold; `None`: it is already."""
    if isinstance(field, fields.JSONField):
        return json_value
    if dialect == SQLITE:
        if isinstance(field, fields.BooleanField):
            return bool
        if isinstance(field, fields.DatetimeField):
            return datetime.fromisoformat
        if isinstance(field, fields.DateField):
            return field.to_python_value
    return None


def column_leaf(field: Any, leaf: GraphQLLeafType, dialect: str) -> Convert | None:
    """What makes a driver's value of a column the JSON value of `leaf`; `None`: it is already.

    Raises `Bail` (when called for a plan) for a pairing of column and scalar that is not known.
    """
    if isinstance(leaf, GraphQLEnumType):
        return {_text(value.value): name for name, value in leaf.values.items()}.__getitem__
    known = _PASSING.get(leaf.name)
    if known is None or not isinstance(field, known):
        raise Bail(f"{type(field).__name__} as {leaf.name}")
    if leaf.name == "Int" and isinstance(field, fields.BigIntField):
        return int32
    if dialect == SQLITE and isinstance(field, fields.BooleanField):
        return bool
    if dialect == SQLITE and isinstance(field, fields.DatetimeField):
        return instant
    return None


_PASSING: dict[str, tuple[type, ...]] = {
    "ID": (fields.CharField,),
    "String": (fields.CharField, fields.TextField),
    "Currency": (fields.CharField,),
    "Int": (fields.IntField, fields.SmallIntField, fields.BigIntField),
    "Boolean": (fields.BooleanField,),
    "DateTime": (fields.DatetimeField,),
    "Date": (fields.DateField,),
}


def value_leaf(leaf: GraphQLLeafType) -> Convert:
    """What makes a Python value the JSON value of `leaf`, exactly as the reference engine does."""

    def convert(value: Any) -> Any:
        made = leaf.coerce_output_value(value)
        if made is None:
            raise Bail
        return made

    if leaf.name in ("String", "ID"):
        return lambda value: value if type(value) is str else convert(value)
    return convert


def _text(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
