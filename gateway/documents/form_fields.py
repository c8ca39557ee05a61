"""What is filled in by hand: lines to write on, boxes to tick, places to sign."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.documents.entries import LABEL, SIZE
from gateway.documents.letter import LEFT, RIGHT, Letter
from gateway.documents.page import FAINT, INK, leading
from gateway.documents.text import printable, wrap

_LINE = 8.5
"""Millimetres of a line that somebody writes on."""

_BOX = 3.2
_INDENT = 6.0
_SIGNED_WIDTH = 76.0
SIGNATURE = 40.0
"""Millimetres of a row of places to sign, each with its date."""


def write_heading(letter: Letter, text: str, *, following: float = 20.0) -> None:
    """A heading, on the page of the `following` millimetres."""
    if letter.room < following + 8:
        letter.turn()
    letter.y += 2.0
    letter.paragraph(text, size=10.5, bold=True, gap=1.2)


def write_blank(letter: Letter, label: str) -> None:
    """A line to write on, behind its label."""
    top = letter.take(_LINE)
    letter.page.write(LEFT, top + _LINE - 1.6, label, size=9, colour=FAINT, room=LABEL - 3)
    letter.page.rule(LEFT + LABEL, top + _LINE - 0.8, RIGHT, top + _LINE - 0.8, colour=INK)


def write_choice(letter: Letter, text: str, *, more: str = "", blank: bool = False) -> None:
    """A box to tick with what it means, `more` below it in small print, and a line to write on where it is `blank`."""
    step, room = leading(SIZE), RIGHT - LEFT - _INDENT
    lines = wrap(printable(text), room, SIZE, most=3)
    small = wrap(printable(more), room, 8.5, most=3)
    top = letter.take(len(lines) * step + len(small) * leading(8.5) + 2.2)
    _box(letter, top + 0.7)
    for index, line in enumerate(lines):
        letter.page.write(LEFT + _INDENT, top + step * (index + 0.75), line, size=SIZE)
    if blank:
        start = LEFT + _INDENT + 62
        letter.page.rule(start, top + step * 0.95, min(start + 50, RIGHT), top + step * 0.95, colour=INK)
    top += len(lines) * step
    for index, line in enumerate(small):
        letter.page.write(LEFT + _INDENT, top + leading(8.5) * (index + 0.75), line, size=8.5, colour=FAINT)


def write_signatures(letter: Letter, place: str, signed: str, parties: Sequence[tuple[str, str]]) -> None:
    """Places to sign, two in a row: what the party is (`Former holder`), its name where that is known, place and date."""
    for start in range(0, len(parties), 2):
        row = parties[start : start + 2]
        top = letter.take(SIGNATURE)
        for index, (role, name) in enumerate(row):
            x = LEFT + index * (RIGHT - LEFT - _SIGNED_WIDTH)
            end = x + _SIGNED_WIDTH
            letter.page.write(x, top + 4, role, size=9, bold=True, room=_SIGNED_WIDTH)
            for line, part in enumerate(wrap(printable(name), _SIGNED_WIDTH, 8.5, most=2)):
                letter.page.write(x, top + 8 + line * leading(8.5), part, size=8.5)
            for y, label in ((top + 21, place), (top + 32, signed)):
                letter.page.rule(x, y, end, y, colour=INK)
                letter.page.write(x, y + 3, label, size=7.5, colour=FAINT, room=_SIGNED_WIDTH)


def _box(letter: Letter, top: float) -> None:
    left, right, bottom = LEFT + 0.5, LEFT + 0.5 + _BOX, top + _BOX
    for x1, y1, x2, y2 in (
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ):
        letter.page.rule(x1, y1, x2, y2, thickness=0.25, colour=INK)
