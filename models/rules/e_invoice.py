"""What the amounts of an electronic invoice must be: EN 16931-1:2017, sections 6.4.2 (conditions) and 6.5 (rounding).

Amounts are integer minor units of a currency with two digits after its mark, quantities thousandths, rates basis points.
A rule that is not met is named as the standard names it (`BR-CO-17`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from models.rules.decision import Allowed, Decision, Refused
from models.rules.money import currency_exponent


class Category(StrEnum):
    """VAT categories (UNTDID 5305): standard, zero, exempt, reverse charge, intra-community, export, outside of VAT."""

    S = "S"
    Z = "Z"
    E = "E"
    AE = "AE"
    K = "K"
    G = "G"
    O = "O"  # noqa: E741 - the code of the standard


class Taxed(Protocol):
    """An amount with the VAT that is on it."""

    @property
    def net_minor(self) -> int: ...
    @property
    def vat_category(self) -> str: ...
    @property
    def vat_basis_points(self) -> int: ...


class Line(Taxed, Protocol):
    """A position: `net_minor` is quantity times price, less `discount_minor`."""

    @property
    def quantity_thousandths(self) -> int: ...
    @property
    def unit_net_minor(self) -> int: ...
    @property
    def discount_minor(self) -> int: ...


class Breakdown(Taxed, Protocol):
    """The VAT of one category and rate."""

    @property
    def vat_minor(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sums:
    """The amounts of a document as they are stored."""

    currency: str
    lines: Sequence[Line]
    discounts: Sequence[Taxed]
    taxes: Sequence[Breakdown]
    net_minor: int
    vat_minor: int
    gross_minor: int


@dataclass(frozen=True, slots=True)
class Price:
    """How a position comes to its amount: `quantity_thousandths` units at `net_minor` for each `base_thousandths`.

    The price is never negative (BR-27); what is taken back has a negative quantity.
    """

    quantity_thousandths: int
    net_minor: int
    base_thousandths: int = 1_000


def half_up(numerator: int, denominator: int) -> int:
    """A quotient rounded to the nearest integer, halves away from zero; the denominator is positive.

    `half_up(25, 10)` is 3, `half_up(-25, 10)` is -3.
    """
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def vat_on(net_minor: int, basis_points: int) -> int:
    """The VAT on the sum of a rate (BR-CO-17): rounded once, not for each line."""
    return half_up(net_minor * basis_points, 10_000)


def price_of(line: Line) -> Price | None:
    """The price of a position, or `None` where its amount is not the quantity times the price.

    A price that is finer than a minor unit is stored rounded: then the price is that of the whole quantity (BT-149).
    """
    amount = line.net_minor + line.discount_minor
    exact = line.quantity_thousandths * line.unit_net_minor
    if half_up(exact, 1_000) == amount:
        if line.unit_net_minor < 0:
            return Price(-line.quantity_thousandths, -line.unit_net_minor)
        return Price(line.quantity_thousandths, line.unit_net_minor)
    # The price may be off by half a minor unit for each unit, and the amount may be rounded either way.
    quantity = abs(line.quantity_thousandths)
    if quantity == 0 or 2 * abs(1_000 * amount - exact) > quantity + 2_000:
        return None
    return Price(quantity if amount >= 0 else -quantity, abs(amount), quantity)


def sums_fit(sums: Sums) -> Decision:
    """Whether the amounts of a document are those of an electronic invoice. The first rule that is not met is named."""
    for broken in (_currency(sums), _lines(sums), _discounts(sums), _breakdown(sums), _totals(sums)):
        if broken is not None:
            return Refused(broken)
    return Allowed()


def _currency(sums: Sums) -> str | None:
    return None if currency_exponent(sums.currency) == 2 else "BR-DEC-12"


def _lines(sums: Sums) -> str | None:
    if not sums.lines:
        return "BR-16"
    if any(line.discount_minor < 0 for line in sums.lines):
        return "BR-41"
    return None if all(price_of(line) is not None for line in sums.lines) else "BT-131"


def _discounts(sums: Sums) -> str | None:
    return None if all(discount.net_minor > 0 for discount in sums.discounts) else "BR-31"


def _breakdown(sums: Sums) -> str | None:
    """One entry for each category and rate there is, with what its lines and discounts make."""
    entries = [_key(tax) for tax in sums.taxes]
    used = {_key(part) for part in (*sums.lines, *sums.discounts)}
    if len(set(entries)) < len(entries) or used != set(entries):
        return "BR-CO-18"
    categories = {tax.vat_category for tax in sums.taxes}
    if Category.O in categories and len(categories) > 1:
        return "BR-O-11"
    for tax in sums.taxes:
        if (tax.vat_category == Category.S) != (tax.vat_basis_points > 0):
            return f"BR-{'IC' if tax.vat_category == Category.K else tax.vat_category}-05"
        if tax.net_minor != _net(sums.lines, _key(tax)) - _net(sums.discounts, _key(tax)):
            return f"BR-{'IC' if tax.vat_category == Category.K else tax.vat_category}-08"
        if tax.vat_minor != vat_on(tax.net_minor, tax.vat_basis_points):
            return "BR-CO-17"
    return None


def _totals(sums: Sums) -> str | None:
    if sums.net_minor != sum(line.net_minor for line in sums.lines) - sum(part.net_minor for part in sums.discounts):
        return "BR-CO-13"
    if sums.vat_minor != sum(tax.vat_minor for tax in sums.taxes):
        return "BR-CO-14"
    return None if sums.gross_minor == sums.net_minor + sums.vat_minor else "BR-CO-15"


def _key(part: Taxed) -> Hashable:
    return part.vat_category, part.vat_basis_points


def _net(parts: Iterable[Taxed], key: Hashable) -> int:
    return sum(part.net_minor for part in parts if _key(part) == key)
