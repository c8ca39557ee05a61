"""Elements of an electronic invoice as text. Written by hand: a library's tree of them takes ten times as long."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from xml.sax.saxutils import escape, quoteattr

_NO_XML = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document holds, and the controls that one had better not (§ 2.2)."""


def clean(text: str) -> str:
    """A text of a customer on one line, without controls and without invisible characters (direction marks, joiners)."""
    if not (text.isascii() and text.isprintable()):
        visible = (character for character in text if unicodedata.category(character) != "Cf")
        text = _NO_XML.sub("", "".join(" " if character.isspace() else character for character in visible))
    return " ".join(text.split())


def element(name: str, *children: str, **attributes: str) -> str:
    """`<name>` around elements; nothing at all where there are none."""
    content = "".join(children)
    return f"<{name}{_written(attributes)}>{content}</{name}>" if content else ""


def text(name: str, content: str | None, **attributes: str) -> str:
    """`<name>` around a text, cleaned; nothing at all where it says nothing: no element may be empty."""
    return element(name, escape(clean(content or "")), **attributes)


def day(name: str, when: date | None, kind: str = "udt") -> str:
    """`<name>` around a day as the standard's format 102 has it: `20261122`."""
    written = f"{when.year:04d}{when.month:02d}{when.day:02d}" if when else ""
    return element(name, element(f"{kind}:DateTimeString", written, format="102"))


def amount(name: str, minor_units: int, **attributes: str) -> str:
    """`<name>` around an amount with two digits behind the mark: `-12.34`."""
    return element(name, _decimal(minor_units, 2, kept=2), **attributes)


def quantity(name: str, thousandths: int, unit_code: str) -> str:
    """`<name>` around a quantity with the code of its unit."""
    return element(name, _decimal(thousandths, 3), unitCode=unit_code)


def percent(name: str, basis_points: int) -> str:
    """`<name>` around a rate: `19` for 1,900 basis points."""
    return element(name, _decimal(basis_points, 2))


def _decimal(scaled: int, places: int, *, kept: int = 0) -> str:
    whole, rest = divmod(abs(scaled), 10**places)
    fraction = f"{rest:0{places}d}".rstrip("0").ljust(kept, "0")
    return f"{'-' if scaled < 0 else ''}{whole}" + (f".{fraction}" if fraction else "")


def _written(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
