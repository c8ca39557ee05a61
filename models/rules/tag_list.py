"""Lists of `tag=value` with semicolons between (RFC 6376 §3.2, which RFC 7489 §6.4 takes over)."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_VALUE = re.compile(r"[!-:<-~](?:[!-:<-~ \t\r\n]*[!-:<-~])?|", re.ASCII)


def read(text: str) -> dict[str, str] | None:
    """The values by tag in their order, without the blanks around them; `None` for what is no such list.

    A tag that comes twice makes the whole list none.
    """
    tags: dict[str, str] = {}
    parts = text.split(";")
    if not parts[-1].strip(" \t\r\n"):
        parts.pop()
    for part in parts:
        name, equals, value = part.partition("=")
        name, value = name.strip(" \t\r\n"), value.strip(" \t\r\n")
        if not equals or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value) or name in tags:
            return None
        tags[name] = value
    return tags
