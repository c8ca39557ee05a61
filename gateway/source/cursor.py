"""Cursors: where a page ended, as the values its order compares. Opaque to callers, bound to one list in one order."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from gateway.errors import bad_input
from gateway.source.declaration import Connection
from gateway.source.relation import owner
from models.ids import prefix_of

if TYPE_CHECKING:
    from tortoise.models import Model

    from gateway.source.arguments import Order

LENGTH = 2_048
"""Characters of the longest cursor that is looked at; the longest key is 240 characters of up to four bytes."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Writes the cursors of one list in one order. `mark` tells them from those of other lists and orders."""

    mark: str
    paths: tuple[str, ...]

    @staticmethod
    @lru_cache(maxsize=1_024)
    def of(name: str, order: tuple[Order, ...]) -> Cursor:
        """The cursors of the list `name` in `order`."""
        text = name + "".join(f"|{'-' if entry.descending else '+'}{entry.key.path}" for entry in order)
        return Cursor(hashlib.sha256(text.encode()).hexdigest()[:8], tuple(entry.key.path for entry in order))

    def encode(self, values: Sequence[Any]) -> str:
        """The cursor of a row whose sort keys and id are `values`, as the driver gave them."""
        return base64.urlsafe_b64encode(orjson.dumps([self.mark, *values])).decode().rstrip("=")


def decode(cursor: Cursor, text: str, declared: Connection) -> tuple[Any, ...]:
    """The values in a cursor, as Python values. Raises `BAD_USER_INPUT` for anything `encode` did not write."""
    try:
        if len(text) > LENGTH or not text.isascii():
            raise ValueError
        padded = text.encode() + b"=" * (-len(text) % 4)
        mark, *values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if mark != cursor.mark or len(values) != len(cursor.paths) + 1 or prefix_of(values[-1]) is None:
            raise ValueError
        return (
            *(_typed(declared.model, path, value) for path, value in zip(cursor.paths, values, strict=False)),
            values[-1],
        )
    except (ValueError, TypeError, binascii.Error):  # JSON errors are ValueErrors
        raise bad_input("page.cursor") from None


def _typed(model: type[Model], path: str, value: Any) -> Any:
    holder, name = owner(model, path)
    kind = holder._meta.fields_map[name].field_type
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is int:
        if type(value) is not int or not -(2**63) <= value < 2**63:
            raise ValueError
        return value
    if type(value) is not str or "\x00" in value:
        raise ValueError
    return value
