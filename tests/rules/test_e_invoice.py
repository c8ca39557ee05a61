"""The amounts of electronic invoices: rounding, prices, and that whatever is stored can be told exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.e_invoice import Category, Price, half_up, price_of, vat_on


@dataclass(frozen=True)
class Position:
    quantity_thousandths: int
    unit_net_minor: int
    net_minor: int
    discount_minor: int = 0
    vat_category: Category = Category.S
    vat_basis_points: int = 1_900


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(25, 10, 3), (24, 10, 2), (-25, 10, -3), (-24, 10, -2), (0, 7, 0), (1, 2, 1), (-1, 2, -1), (5, 5, 1)],
)
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


@given(st.integers(-(10**18), 10**18), st.integers(1, 10**6))
def test_rounding_is_that_of_decimals(numerator: int, denominator: int) -> None:
    exact = (2 * abs(numerator) + denominator) // (2 * denominator)
    assert abs(half_up(numerator, denominator)) == exact
    assert half_up(-numerator, denominator) == -half_up(numerator, denominator)
    assert 2 * abs(half_up(numerator, denominator) * denominator - numerator) <= denominator


@pytest.mark.parametrize(
    ("net", "rate", "vat"),
    [(250, 1_900, 48), (350, 1_900, 67), (-250, 1_900, -48), (10, 550, 1), (9, 550, 0), (1_000, 0, 0), (5, 1_000, 1)],
)
def test_the_vat_of_a_rate_is_rounded_once(net: int, rate: int, vat: int) -> None:
    assert vat_on(net, rate) == vat
    assert Decimal(net * rate).scaleb(-4).quantize(Decimal(1), ROUND_HALF_UP) == vat


@pytest.mark.parametrize(
    ("position", "price"),
    [
        (Position(1_000, 499, 499), Price(1_000, 499)),
        (Position(2_500, 8_950, 22_375), Price(2_500, 8_950)),
        (Position(1_000, 499, 399, discount_minor=100), Price(1_000, 499)),
        (Position(1_000, -499, -499), Price(-1_000, 499)),
        (Position(-1_000, 499, -499), Price(-1_000, 499)),
        (Position(0, 499, 0), Price(0, 499)),
        (Position(3_000, 333, 1_000), Price(3_000, 1_000, 3_000)),
        (Position(-3_000, 333, -1_000), Price(-3_000, 1_000, 3_000)),
        (Position(500, 1, 0), Price(500, 0, 500)),
        (Position(1_000, 499, 501), None),
        (Position(3_000, 333, 1_010), None),
        (Position(0, 499, 1), None),
    ],
)
def test_a_position_has_the_price_that_makes_its_amount(position: Position, price: Price | None) -> None:
    assert price_of(position) == price


@given(
    st.integers(-(10**7), 10**7),
    st.integers(-(10**7), 10**7),
    st.integers(-3, 3),
    st.integers(0, 10**6),
)
def test_a_price_is_never_negative_and_makes_the_amount_exactly(quantity: int, unit: int, off: int, saved: int) -> None:
    amount = half_up(quantity * unit, 1_000) + off
    price = price_of(Position(quantity, unit, amount - saved, saved))
    if price is None:
        assert off
        return
    assert price.net_minor >= 0
    assert price.base_thousandths > 0
    assert half_up(price.quantity_thousandths * price.net_minor, price.base_thousandths) == amount
    if off == 0:
        assert price.base_thousandths == 1_000
