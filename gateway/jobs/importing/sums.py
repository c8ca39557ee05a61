"""Sums: what must add up in prices and invoices, to the cent where it can be and to the rounding where it cannot."""

from __future__ import annotations


def rounded(numerator: int, denominator: int) -> int:
    """A quotient rounded half away from zero, the commercial rounding of DIN 1333."""
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def vat_of(net_minor: int, basis_points: int) -> int:
    """The VAT on a net amount, both in minor units; 1900 basis points are 19 %."""
    return rounded(net_minor * basis_points, 10_000)


def net_of(gross_minor: int, basis_points: int) -> int:
    """The net amount within a gross price."""
    return rounded(gross_minor * 10_000, 10_000 + basis_points)


def price_adds_up(net_minor: int, gross_minor: int, basis_points: int) -> bool:
    """Whether a gross price is the net one plus VAT.

    One minor unit either way: a price list made from gross prices (4.99) has net prices that do not always lead back.
    """
    return abs(gross_minor - net_minor - vat_of(net_minor, basis_points)) <= 1


def line_adds_up(quantity_thousandths: int, unit_net_minor: int, net_minor: int) -> bool:
    """Whether a line's net amount is quantity times unit price, rounded either way (EN 16931 rounds the line)."""
    return abs(net_minor - rounded(quantity_thousandths * unit_net_minor, 1_000)) <= 1


def tax_adds_up(net_minor: int, basis_points: int, vat_minor: int, lines: int) -> bool:
    """Whether a tax is the rate on its net sum; rounding line by line may be off by half a minor unit for each line.

    What is refused here would be refused by the document (`gateway.documents.invoice`), which counts the same.
    """
    return abs(10_000 * vat_minor - net_minor * basis_points) <= 5_000 * max(lines, 1)
