"""Text that strangers wrote, made fit for paper: printable, broken into lines, never wider than its place."""

from __future__ import annotations

import unicodedata
from functools import cache

from gateway.documents.fonts import face

REPLACEMENT = "◊"
"""Stands for a character the typeface lacks. A glyph of its own: PDF/A forbids the font's empty box (.notdef)."""

LONGEST = 500
"""Characters of one text of a customer; twice what the database holds, and short enough for one page."""

_DOTS = "…"
_FIXED_SPACES = "\u2007\u202f"


def printable(text: str, longest: int = LONGEST) -> str:
    """`text` in characters the typeface has, on one line, cut to `longest` characters with an ellipsis.

    White space and line breaks become single spaces; invisible characters (direction marks, joiners, soft hyphens)
    go away, so that nothing reads differently from what it is. A character without a glyph becomes its compatible
    form (Ａ → A) or `REPLACEMENT`.
    """
    if len(text) <= longest and _is_plain(text):
        return text
    # Cut before normalising, which takes quadratic time for long runs of combining marks.
    composed = unicodedata.normalize("NFC", text[: 4 * longest])
    characters = face(False).advances
    kept: list[str] = []
    for character in composed:
        if character in _FIXED_SPACES or (character.isspace() and character not in characters):
            kept.append(" ")
        elif unicodedata.category(character) == "Cf" or _selects_variant(character):
            continue
        elif character in characters:
            kept.append(character)
        else:
            compatible = unicodedata.normalize("NFKC", character)
            kept.append(compatible if all(part in characters for part in compatible) else REPLACEMENT)
    line = " ".join(part for part in "".join(kept).split(" ") if part)
    return line if len(line) <= longest and len(text) <= 4 * longest else line[: longest - 1].rstrip() + _DOTS


def wrap(text: str, room: float, size: float, *, bold: bool = False, most: int | None = None) -> list[str]:
    """The lines of printable `text` at `size` points in `room` millimetres, at most `most`, the last one then cut.

    Lines break at spaces; a word that is wider than the room breaks anywhere. An empty text has no lines.
    """
    measure = face(bold)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if measure.width(candidate, size) <= room:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _break(word, room, size, bold)
        lines += full
    if line:
        lines.append(line)
    if most is not None and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines[most - 1 :] = [shorten(rest, room, size, bold=bold)]
    return lines


def shorten(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Printable `text`, its end replaced by an ellipsis when it is wider than `room` millimetres."""
    if face(bold).width(text, size) <= room:
        return text
    first, *_ = _break(text, room - face(bold).width(_DOTS, size), size, bold)
    return first.rstrip() + _DOTS


def shrink(text: str, room: float, size: float, *, bold: bool = False) -> float:
    """The size in points, at most `size`, at which printable `text` fits `room` millimetres. Figures are never cut."""
    width = face(bold).width(text, size)
    return size if width <= room else size * room / width


def _break(word: str, room: float, size: float, bold: bool) -> list[str]:
    """`word` in pieces that fit, each of one character at least; combining marks stay with their letter."""
    measure = face(bold)
    pieces = [""]
    used = 0.0
    for character in word:
        advance = measure.width(character, size)
        if pieces[-1] and advance and used + advance > room:
            pieces.append("")
            used = 0.0
        pieces[-1] += character
        used += advance
    return pieces


def _is_plain(text: str) -> bool:
    """Whether `printable` would change nothing: so it is for nearly every text, and this takes a tenth of the time."""
    spaced = "  " in text or text.startswith(" ") or text.endswith(" ")
    return not spaced and _plain_characters().issuperset(text) and unicodedata.is_normalized("NFC", text)


@cache
def _plain_characters() -> frozenset[str]:
    return frozenset(
        character
        for character in face(False).advances
        if character not in _FIXED_SPACES and unicodedata.category(character) != "Cf"
    )


def _selects_variant(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
