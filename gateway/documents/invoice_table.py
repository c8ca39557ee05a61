"""The positions of an invoice as a table that runs over as many pages as it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gateway.documents.figures import format_percent, format_quantity
from gateway.documents.invoice import InvoiceDocument, InvoiceLine
from gateway.documents.invoice_words import WORDS, InvoiceWords
from gateway.documents.letter import LEFT, RIGHT, Letter
from gateway.documents.page import ACCENT, FAINT, HAIRLINE, leading
from gateway.documents.text import printable, wrap
from models.rules.money import format_money

_SIZE = 9.0
_LINE = leading(_SIZE)
_PADDING = 1.1
_HEAD = 7.5
_CARRY = 6.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column between two edges, in millimetres from the left of the page."""

    left: float
    right: float
    align: Literal["left", "right"]

    @property
    def anchor(self) -> float:
        """Where its texts start or, aligned right, end."""
        return self.left if self.align == "left" else self.right

    @property
    def width(self) -> float:
        return self.right - self.left


POSITION = Column(LEFT, 32.0, "left")
DESCRIPTION = Column(34.0, 96.0, "left")
QUANTITY = Column(98.0, 112.0, "right")
UNIT = Column(114.0, 130.0, "left")
UNIT_PRICE = Column(131.0, 152.0, "right")
VAT_RATE = Column(153.0, 165.0, "right")
AMOUNT = Column(166.0, RIGHT, "right")


def write_table(letter: Letter, document: InvoiceDocument, following: float) -> None:
    """Write the positions; on every break the sum so far is carried over. The last position keeps `following`
    millimetres free below it when a page has as much.
    """
    table = _Table(letter, document)
    for line in document.lines[:-1]:
        table.row(line, reserve=_CARRY)
    table.row(document.lines[-1], reserve=following)


class _Table:
    def __init__(self, letter: Letter, document: InvoiceDocument) -> None:
        self._letter = letter
        self._language, self._currency = document.language, document.currency
        self._words: InvoiceWords = WORDS[document.language]
        self._sum = 0
        self._started = False

    def row(self, line: InvoiceLine, *, reserve: float) -> None:
        """Write a position where it and `reserve` fit below."""
        description = wrap(printable(line.description), DESCRIPTION.width, _SIZE)
        description += wrap(self._discount(line), DESCRIPTION.width, _SIZE)
        height = max(len(description), 1) * _LINE + 2 * _PADDING
        if not self._started:
            if self._letter.room < _HEAD + height + reserve:
                self._letter.turn()
            self._head()
        elif self._letter.room < height + reserve:
            self._turn()
        top = self._letter.take(height)
        y = top + _PADDING + _LINE * 0.75
        self._cell(POSITION, y, str(line.position), figure=True)
        for index, part in enumerate(description):
            self._letter.page.write(DESCRIPTION.left, y + index * _LINE, part, size=_SIZE)
        self._cell(QUANTITY, y, format_quantity(line.quantity_thousandths, self._language), figure=True)
        self._cell(UNIT, y, self._words.units.get(line.unit, line.unit))
        self._cell(UNIT_PRICE, y, self._money(line.unit_net_minor), figure=True)
        self._cell(VAT_RATE, y, format_percent(line.vat_basis_points, self._language), figure=True)
        self._cell(AMOUNT, y, self._money(line.net_minor), figure=True)
        self._letter.page.rule(LEFT, top + height, RIGHT, top + height, thickness=0.1, colour=HAIRLINE)
        self._sum += line.net_minor

    def _discount(self, line: InvoiceLine) -> str:
        if not line.discount_minor:
            return ""
        off = self._words.line_discount.format(amount=self._money(line.discount_minor))
        return printable(f"{off} ({line.discount_reason})" if line.discount_reason else off)

    def _turn(self) -> None:
        self._carry(self._letter.y)
        self._letter.turn()
        self._head()
        top = self._letter.take(_CARRY)
        self._carry(top)
        self._letter.page.rule(LEFT, top + _CARRY, RIGHT, top + _CARRY, thickness=0.1, colour=HAIRLINE)

    def _head(self) -> None:
        self._started = True
        y = self._letter.take(_HEAD) + 4.5
        words = self._words
        for column, word in (
            (POSITION, words.position),
            (DESCRIPTION, words.description),
            (QUANTITY, words.quantity),
            (UNIT, words.unit),
            (UNIT_PRICE, words.unit_price),
            (VAT_RATE, words.vat_rate),
            (AMOUNT, words.amount),
        ):
            self._letter.page.write(
                column.anchor, y, word, size=8.5, bold=True, colour=ACCENT, room=column.width, align=column.align
            )
        self._letter.page.rule(LEFT, y + 2, RIGHT, y + 2, thickness=0.3, colour=ACCENT)

    def _carry(self, top: float) -> None:
        y = top + _PADDING + _LINE * 0.75
        page = self._letter.page
        page.write(DESCRIPTION.left, y, self._words.carried, size=_SIZE, bold=True, colour=FAINT)
        page.write(AMOUNT.right, y, self._money(self._sum), size=_SIZE, bold=True, room=45, align="right", figure=True)

    def _cell(self, column: Column, y: float, content: str, *, figure: bool = False) -> None:
        self._letter.page.write(
            column.anchor, y, content, size=_SIZE, room=column.width, align=column.align, figure=figure
        )

    def _money(self, minor_units: int) -> str:
        return format_money(minor_units, self._currency, self._language)
