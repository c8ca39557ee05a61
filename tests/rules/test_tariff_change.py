"""Changes of a tariff: the rules, and the parts of prices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import tariff_change as rule
from models.rules.decision import Allowed, Decision, Refused
from models.rules.proration import half_up, share
from models.rules.tariff_change import Gap, Product
from models.rules.term import Terms

NOW = Product("a", "web", True, 1_190, 1, {rule.MAILBOXES: 12, rule.WEB_SPACE: 1_000})
SMALL = Product("b", "web", True, 590, 1, {rule.MAILBOXES: 10, rule.WEB_SPACE: 500})
USED = {rule.MAILBOXES: 12, rule.WEB_SPACE: 400}


@pytest.mark.parametrize(
    ("wanted", "used", "expected"),
    [
        (SMALL, {rule.MAILBOXES: 10}, Allowed()),
        (SMALL, USED, Refused("TOO_MANY_MAILBOXES")),
        (SMALL, {rule.WEB_SPACE: 501}, Refused("WEB_SPACE_IN_USE")),
        (NOW, {}, Refused("TARIFF_IS_THE_SAME")),
        (replace(SMALL, family="mail"), {}, Refused("TARIFF_OF_ANOTHER_FAMILY")),
        (replace(SMALL, available=False), {}, Refused("TARIFF_UNAVAILABLE")),
    ],
)
def test_a_tariff_must_have_room_for_what_is_there(wanted: Product, used: dict[str, int], expected: Decision) -> None:
    assert rule.suitable(NOW, wanted, used) == expected


def test_every_gap_is_told_with_both_numbers() -> None:
    assert rule.too_much(SMALL, {rule.MAILBOXES: 12, rule.WEB_SPACE: 900}) == [
        Gap(rule.MAILBOXES, 12, 10), Gap(rule.WEB_SPACE, 900, 500),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("package", "contract", "pending", "expected"),
    [
        ("ACTIVE", "ACTIVE", False, Allowed()),
        ("ACTIVE", "ACTIVE", True, Refused("TARIFF_CHANGE_PENDING")),
        ("ACTIVE", "CANCELLED", False, Refused("CONTRACT_CANCELLED")),
        ("ACTIVE", "ENDED", False, Refused("CONTRACT_ENDED")),
        ("ACTIVE", None, False, Refused("CONTRACT_MISSING")),
        ("SUSPENDED", "ACTIVE", False, Refused("PACKAGE_SUSPENDED")),
        ("PROVISIONING", "ACTIVE", False, Refused("PACKAGE_NOT_READY")),
        ("ENDED", "ENDED", False, Refused("PACKAGE_ENDED")),
    ],
)
def test_states_allow_or_refuse(package: str, contract: str | None, pending: bool, expected: Decision) -> None:
    assert rule.changeable(["SELECT", "UPGRADE"], package, contract, pending) == expected


def test_without_the_function_there_is_no_change() -> None:
    assert rule.changeable(["SELECT"], "ACTIVE", "ACTIVE", False) == Refused("FUNCTION_NOT_INCLUDED")


def test_a_year_is_compared_with_a_year() -> None:
    yearly = replace(SMALL, gross_minor=11_900, billing_months=12)
    assert rule.direction(NOW, yearly) == "DOWNGRADE"
    assert rule.direction(yearly, NOW) == "UPGRADE"
    assert rule.direction(NOW, replace(NOW, id="c")) == "UPGRADE"


@pytest.mark.parametrize(
    ("starts", "minimum", "today", "expected"),
    [
        (date(2025, 1, 1), 12, date(2026, 3, 2), date(2026, 4, 1)),
        (date(2026, 1, 1), 12, date(2026, 3, 2), date(2027, 1, 1)),
        (date(2025, 1, 31), 1, date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 3, 2), 0, date(2026, 3, 2), date(2026, 4, 2)),
    ],
)
def test_a_downgrade_waits_for_a_period_after_the_minimum_term(
    starts: date, minimum: int, today: date, expected: date
) -> None:
    terms = Terms(starts, minimum, 0, 1, 1, consumer=True)
    assert rule.begins_on(rule.DOWNGRADE, terms, today) == expected
    assert rule.begins_on(rule.UPGRADE, terms, today) == today


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.integers(0, 10**12), days, st.integers(0, 400), st.integers(-500, 500))
def test_a_share_is_never_negative_nor_more_than_the_price(price: int, first: date, length: int, offset: int) -> None:
    last, since = first + timedelta(days=length), first + timedelta(days=offset)
    part = share(price, first, last, since)
    assert 0 <= part <= price
    assert share(price, first, last, first) == price
    assert share(price, first, last, last + timedelta(days=1)) == 0
    assert share(price, first, last, since + timedelta(days=1)) <= part


@given(st.integers(0, 10**15), st.integers(1, 10**6))
def test_halves_go_up(numerator: int, denominator: int) -> None:
    assert abs(half_up(numerator, denominator) * denominator - numerator) * 2 <= denominator
    assert half_up(1, 2) == 1
