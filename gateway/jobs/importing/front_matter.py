"""A Markdown file with a head: lines of `name: value` between two lines of `---`, and a text below."""

from __future__ import annotations

import re

_HEAD = re.compile(r"---\n(.*?)\n---(?:\n(.*))?\Z", re.DOTALL)


class NoFrontMatter(Exception):
    """A file is not as it must be; the message says why and never repeats a value."""


def split(content: bytes, most_bytes: int) -> tuple[dict[str, str], str]:
    """The values of the head, and the text. Raises `NoFrontMatter`, also for a file of more than `most_bytes`."""
    if len(content) > most_bytes:
        raise NoFrontMatter(f"is larger than {most_bytes} bytes")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NoFrontMatter(f"is not valid UTF-8 at byte {error.start + 1}") from None
    parts = _HEAD.match(text)
    if parts is None:
        raise NoFrontMatter("does not start with a head between two lines of ---")
    return _values(parts[1]), parts[2] or ""


def _values(head: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, line in enumerate(head.split("\n"), 2):
        name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        if not colon or not value:
            raise NoFrontMatter(f"line {number} is not `name: value`")
        if name in values or name == "body":
            raise NoFrontMatter(f"line {number} says something again")
        values[name] = value
    return values
