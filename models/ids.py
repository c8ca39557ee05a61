"""Primary keys: TypeIDs (https://github.com/jetify-com/typeid, spec 0.3): `pkg_01h455vb4pex5vsknk084sn02q`.

A key is text, ordered by time of creation (UUIDv7) and bound to one kind of row by its prefix, so an id of one kind
can never be taken for another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tortoise import fields
from typeid import TypeID

_ID = re.compile(r"([a-z]{3})_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}", re.ASCII)

ID_LENGTH = 30
"""Characters of an id: three of the prefix, an underscore, 26 of Crockford's base 32."""


def new_id(prefix: str) -> str:
    """A fresh id of one kind, later than every id this process made before."""
    return str(TypeID(prefix=prefix))


def prefix_of(text: str) -> str | None:
    """The kind a well-formed id names, or `None` when the text is no id at all. Never raises."""
    match = _ID.fullmatch(text)
    return match.group(1) if match else None


def key(prefix: str) -> Any:
    """The primary-key column of a table whose ids start with `prefix`."""
    return fields.CharField(primary_key=True, max_length=ID_LENGTH, default=_generator(prefix))


def _generator(prefix: str) -> Callable[[], str]:
    """`new_pkg()` for `pkg`: a function with a name of its own, since migrations refer to defaults by name."""

    def generate() -> str:
        return new_id(prefix)

    generate.__name__ = generate.__qualname__ = f"new_{prefix}"
    globals()[generate.__name__] = generate
    return generate
