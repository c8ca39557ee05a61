"""What stands on a page: texts and lines at places in millimetres from its upper left corner.

A document is laid out as such pages first and written as PDF afterwards: page numbers know their total, and a test can
ask where everything is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from gateway.documents.fonts import MILLIMETRES_PER_POINT, face
from gateway.documents.text import printable, shorten, shrink
from models.rules.money import NO_BREAK

WIDTH = 210.0
HEIGHT = 297.0
"""A4 in millimetres."""

Colour = tuple[int, int, int]

INK: Colour = (28, 32, 38)
FAINT: Colour = (98, 106, 117)
HAIRLINE: Colour = (208, 212, 218)
ACCENT: Colour = (12, 92, 117)

SMALLEST = 6.0
"""Points; below that, words are cut rather than set smaller."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text on one line; `x` is its left end, `y` its baseline, in millimetres; `size` in points."""

    x: float
    y: float
    content: str
    size: float
    bold: bool
    colour: Colour

    @property
    def width(self) -> float:
        """Its width in millimetres."""
        return face(self.bold).width(self.content, self.size)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line; all in millimetres."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Box:
    """A black rectangle with its upper left corner at `x` and `y`; all in millimetres."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Page:
    """One page, filled step by step."""

    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def write(
        self,
        x: float,
        y: float,
        content: str,
        *,
        size: float = 9.5,
        bold: bool = False,
        colour: Colour = INK,
        room: float | None = None,
        align: Literal["left", "right"] = "left",
        figure: bool = False,
    ) -> None:
        """Write `content` with its baseline at `y`, starting (or, aligned right, ending) at `x`.

        A text wider than `room` is set smaller, and cut where that does not suffice; a `figure` is never cut.
        """
        # A space that kept a line together has done so by now; drawn, it would keep people from finding the text.
        content = printable(content, longest=2_000).replace(NO_BREAK, " ")
        if not content:
            return
        if room is not None:
            fitting = shrink(content, room, size, bold=bold)
            size = fitting if figure else max(fitting, min(size, SMALLEST))
            content = content if figure else shorten(content, room, size, bold=bold)
        if align == "right":
            x -= face(bold).width(content, size)
        self.texts.append(Text(x, y, content, size, bold, colour))

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, thickness: float = 0.15, colour: Colour = INK
    ) -> None:
        """Draw a line."""
        self.rules.append(Rule(x1, y1, x2, y2, thickness, colour))


def leading(size: float) -> float:
    """The distance of two baselines in millimetres for text of `size` points."""
    return size * MILLIMETRES_PER_POINT * 1.3
