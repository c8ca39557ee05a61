"""A data report as a PDF letter: what the law wants to be said, then every entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.documents.data_report import Chapter, DataReportDocument, Item, Passage
from gateway.documents.fonts import face
from gateway.documents.letter import LEFT, RIGHT, Letter
from gateway.documents.page import ACCENT, FAINT, HAIRLINE, INK, Colour, leading
from gateway.documents.pdf import Properties
from gateway.documents.text import printable, wrap

_SIZE = 8.5
_LINE = leading(_SIZE)
_GAP = 4.0
"""Millimetres between two facts on a line."""

_ROOM = RIGHT - LEFT
_LONGEST = 4_000
"""Characters of one value on paper; the JSON file has all of it."""


def render_data_report(document: DataReportDocument) -> bytes:
    """The PDF file of a report: PDF/A-3B, the same bytes for the same document."""
    return lay_out_data_report(document).finish()


def lay_out_data_report(document: DataReportDocument) -> Letter:
    """The letter with everything in its place, before page numbers and file format."""
    letter = Letter(
        document.issuer,
        document.recipient,
        facts=document.facts,
        subject=document.title,
        properties=Properties(document.title, document.issuer.name, document.language, document.created_on),
    )
    for passage in document.passages:
        _write_passage(letter, passage)
    for chapter in document.chapters:
        _write_chapter(letter, chapter)
    for passage in document.closing:
        _write_passage(letter, passage)
    return letter


def _write_passage(letter: Letter, passage: Passage) -> None:
    if passage.heading:
        # A heading stays with two lines of its text.
        if letter.room < leading(10.5) + 2 + 2 * leading(9.5):
            letter.turn()
        letter.y += 1.5
        letter.paragraph(passage.heading, size=10.5, bold=True, gap=1.0)
    for paragraph in passage.paragraphs:
        letter.paragraph(paragraph, size=9, gap=1.4)


def _write_chapter(letter: Letter, chapter: Chapter) -> None:
    lines = list(_lines(chapter.items[0].facts)) if chapter.items else []
    if letter.room < 22 + _LINE * (1 + min(len(lines), 3)):
        letter.turn()
    top = letter.take(14)
    letter.page.write(LEFT, top + 8, chapter.title, size=12, bold=True, colour=ACCENT, room=110)
    letter.page.write(RIGHT, top + 8, chapter.note, size=8.5, colour=FAINT, room=50, align="right")
    letter.page.rule(LEFT, top + 10.5, RIGHT, top + 10.5, thickness=0.3, colour=ACCENT)
    for item in chapter.items:
        _write_item(letter, item)


def _write_item(letter: Letter, item: Item) -> None:
    """An entry stays on one page, unless it is longer than half of one."""
    headings = wrap(printable(item.heading), _ROOM, 9.5, bold=True, most=2)
    lines = list(_lines(item.facts))
    height = len(headings) * leading(9.5) + len(lines) * _LINE + 2.2
    if letter.room < height and height < 110:
        letter.turn()
    for heading in headings:
        top = letter.take(leading(9.5))
        letter.page.write(LEFT, top + leading(9.5) * 0.75, heading, size=9.5, bold=True)
    for line in lines:
        top = letter.take(_LINE)
        for run in line:
            letter.page.write(LEFT + run.x, top + _LINE * 0.75, run.text, size=_SIZE, colour=run.colour)
    letter.y += 1.1
    letter.page.rule(LEFT, letter.y, RIGHT, letter.y, thickness=0.1, colour=HAIRLINE)
    letter.y += 1.1


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of a line, `x` millimetres from its start."""

    x: float
    text: str
    colour: Colour


def _lines(facts: Sequence[tuple[str, str]]) -> Iterator[list[_Run]]:
    """Facts side by side; one that is longer than a line has lines of its own, indented behind its label."""
    line: list[_Run] = []
    x = 0.0
    for label, value in facts:
        label, value = f"{printable(label)}:", printable(value, longest=_LONGEST)
        start = face(False).width(f"{label} ", _SIZE)
        width = start + face(False).width(value, _SIZE)
        if line and x + width > _ROOM:
            yield line
            line, x = [], 0.0
        if width <= _ROOM:
            line += [_Run(x, label, FAINT), _Run(x + start, value, INK)]
            x += width + _GAP
            continue
        first, *rest = wrap(value, _ROOM - start, _SIZE)
        yield [_Run(0, label, FAINT), _Run(start, first, INK)]
        for part in rest:
            yield [_Run(start, part, INK)]
    if line:
        yield line
