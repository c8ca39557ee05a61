"""Labels with what they say beside them: how receipts and forms show facts."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.documents.letter import LEFT, RIGHT, Letter
from gateway.documents.page import FAINT, leading
from gateway.documents.text import printable, wrap

SIZE = 9.5
"""Points of what is said."""

LABEL = 50.0
"""Millimetres from the left edge of the text to that of the values."""

LONGEST = 2_000
"""Characters of one line as it was written."""


def write_entry(letter: Letter, label: str, lines: Sequence[str], *, figure: bool = False, gap: float = 1.6) -> None:
    """A label and beside it its lines, each broken where it is too long; the first one stands with the label.

    A `figure` is one line that is set smaller rather than broken.
    """
    step, room = leading(SIZE), RIGHT - LEFT - LABEL
    shown = [printable(line, longest=LONGEST) for line in lines]
    wrapped = shown if figure else [part for line in shown for part in wrap(line, room, SIZE) or [""]]
    for index, line in enumerate(wrapped or [""]):
        top = letter.take(step)
        if index == 0:
            letter.page.write(LEFT, top + step * 0.75, label, size=9, colour=FAINT, room=LABEL - 3)
        letter.page.write(LEFT + LABEL, top + step * 0.75, line, size=SIZE, room=room, figure=figure)
    letter.y += gap
