"""Cancelling by rule: who can, until when, and what is given back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import cancellation as rule
from models.rules.decision import Allowed, Decision, Refused

TODAY = date(2026, 3, 2)
ALL = ["SELECT", "CANCEL", "DOMAINS"]


def reason(decision: Decision) -> str | None:
    return decision.reason if isinstance(decision, Refused) else None


@pytest.mark.parametrize(
    ("functions", "package", "contract", "ends_on", "why"),
    [
        (ALL, "ACTIVE", "ACTIVE", None, None),
        (ALL, "ACTIVE", "ACTIVE", TODAY, None),
        (ALL, "ACTIVE", "ACTIVE", TODAY - timedelta(days=1), rule.CONTRACT_ENDED),
        (["SELECT"], "ACTIVE", "ACTIVE", None, "FUNCTION_NOT_INCLUDED"),
        (ALL, "PROVISIONING", "ACTIVE", None, "PACKAGE_NOT_READY"),
        (ALL, "SUSPENDED", "ACTIVE", None, "PACKAGE_SUSPENDED"),
        (ALL, "CANCELLED", "ACTIVE", None, "PACKAGE_CANCELLED"),
        (ALL, "ENDED", "ENDED", None, "PACKAGE_ENDED"),
        (ALL, "ACTIVE", "CANCELLED", None, rule.CONTRACT_CANCELLED),
        (ALL, "ACTIVE", "ENDED", None, rule.CONTRACT_ENDED),
        (ALL, "ACTIVE", None, None, rule.CONTRACT_MISSING),
    ],
)
def test_a_package_is_cancelled_where_it_and_its_contract_run(
    functions: list[str], package: str, contract: str | None, ends_on: date | None, why: str | None
) -> None:
    assert reason(rule.package_cancellable(functions, package, contract, ends_on, TODAY)) == why


def test_a_domain_or_add_on_is_cancelled_only_beside_a_contract_that_runs() -> None:
    for contract, package in product(
        ("ACTIVE", "CANCELLED", "ENDED", None), ("ACTIVE", "SUSPENDED", "CANCELLED", "ENDED")
    ):
        domain = rule.domain_cancellable("ACTIVE", TODAY, package, contract, None, TODAY)
        add_on = rule.add_on_cancellable("ACTIVE", None, contract, None, TODAY)
        assert isinstance(domain, Allowed) == (contract == "ACTIVE" and package == "ACTIVE")
        assert isinstance(add_on, Allowed) == (contract == "ACTIVE")
    assert (
        reason(rule.domain_cancellable("ACTIVE", None, "ACTIVE", "ACTIVE", None, TODAY)) == rule.DOMAIN_PERIOD_UNKNOWN
    )
    assert reason(rule.domain_cancellable("CANCELLED", TODAY, "ACTIVE", "ACTIVE", None, TODAY)) == rule.DOMAIN_CANCELLED
    assert reason(rule.add_on_cancellable("CANCELLED", None, "ACTIVE", None, TODAY)) == rule.ADD_ON_CANCELLED


@pytest.mark.parametrize(
    ("paid_until", "today", "notice", "ends"),
    [
        (date(2026, 5, 5), date(2026, 3, 2), 1, date(2026, 5, 5)),
        (date(2026, 5, 5), date(2026, 4, 5), 1, date(2026, 5, 5)),  # the last day of notice
        (date(2026, 5, 5), date(2026, 4, 6), 1, date(2027, 5, 5)),
        (date(2026, 5, 5), date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 5, 5), date(2026, 5, 6), 0, date(2027, 5, 5)),
        (date(2026, 3, 31), date(2026, 2, 28), 1, date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 1), 1, date(2027, 3, 31)),
        (date(2024, 2, 28), date(2024, 2, 10), 1, date(2025, 2, 28)),  # from 29 February on: until 28 February
        (date(2020, 1, 1), date(2026, 3, 2), 1, date(2027, 1, 1)),
    ],
)
def test_a_domain_ends_with_a_period_that_is_paid_for(paid_until: date, today: date, notice: int, ends: date) -> None:
    assert rule.domain_end(paid_until, today, notice) == ends


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 12))
def test_a_domain_never_ends_before_its_paid_period_nor_in_the_past(paid_until: date, today: date, notice: int) -> None:
    end = rule.domain_end(paid_until, today, notice)
    assert end >= max(paid_until, today)
    later = rule.domain_end(paid_until, today + timedelta(days=1), notice)
    assert later >= end


@pytest.mark.parametrize(
    ("gross", "first", "last", "ends_on", "today", "refund"),
    [
        (3_100, date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31), TODAY, 0),
        (3_100, date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 21), TODAY, 1_000),
        (3_100, date(2026, 4, 1), date(2026, 4, 30), date(2026, 4, 15), TODAY, 0),  # not paid for yet
        (1_190, date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 30), TODAY, 600),  # 599.89…
        (1, date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 1), TODAY, 1),  # half a cent is rounded up
        (0, date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 1), TODAY, 0),
    ],
)
def test_what_is_given_back_is_in_proportion_to_the_days(
    gross: int, first: date, last: date, ends_on: date, today: date, refund: int
) -> None:
    assert rule.refund(gross, first, last, ends_on, today) == refund


@given(st.integers(0, 10**12), st.integers(1, 400), st.integers(0, 400))
def test_no_more_is_given_back_than_was_paid(gross: int, days: int, used: int) -> None:
    first = date(2026, 1, 1)
    refund = rule.refund(gross, first, first + timedelta(days=days - 1), first + timedelta(days=used), first)
    assert 0 <= refund <= gross


UNTIL = datetime(2026, 8, 31, 22, tzinfo=UTC)
END = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("state", "now", "found", "found_end", "contract", "why"),
    [
        ("DECLARED", UNTIL - timedelta(microseconds=1), "CANCELLED", END, "ACTIVE", None),
        ("DECLARED", UNTIL, "CANCELLED", END, "ACTIVE", rule.UNDO_OVER),
        ("CARRIED_OUT", UNTIL, "ENDED", END, "ACTIVE", rule.CARRIED_OUT),
        (None, UNTIL, "ACTIVE", None, "ACTIVE", rule.NOT_CANCELLED),
        (None, UNTIL, "CANCELLED", END, "CANCELLED", rule.ENDS_WITH_CONTRACT),
        ("DECLARED", UNTIL - timedelta(days=1), "ENDED", END, "ACTIVE", rule.CHANGED_SINCE),
        ("DECLARED", UNTIL - timedelta(days=1), "CANCELLED", TODAY, "ACTIVE", rule.CHANGED_SINCE),
        ("DECLARED", UNTIL - timedelta(days=1), "CANCELLED", END, "CANCELLED", rule.CONTRACT_CANCELLED),
        ("DECLARED", UNTIL - timedelta(days=1), "CANCELLED", END, "ENDED", rule.CONTRACT_ENDED),
    ],
)
def test_it_is_taken_back_until_the_last_day_is_over_and_only_as_it_was_left(
    state: str | None, now: datetime, found: str, found_end: date | None, contract: str, why: str | None
) -> None:
    until = None if state is None else UNTIL
    assert reason(rule.undoable(state, until, END, found, found_end, now, contract_state=contract)) == why


def test_what_can_become_of_a_domain() -> None:
    for fate, state, of_package, packages in product(
        ("DELETE", "TRANSFER", "KEEP"), ("PENDING", "ACTIVE", "TRANSFERRING"), (True, False), (True, False)
    ):
        allowed = isinstance(rule.fate_possible(fate, state, of_package=of_package, packages=packages), Allowed)
        assert (
            allowed
            == {
                "DELETE": True,
                "TRANSFER": state == "ACTIVE",
                "KEEP": state != "TRANSFERRING" and of_package and packages,
            }[fate]
        )


def test_a_package_keeps_a_domain_where_it_runs_and_has_room() -> None:
    assert isinstance(rule.can_keep(ALL, "ACTIVE", 3, 2), Allowed)
    assert reason(rule.can_keep(ALL, "ACTIVE", 3, 3)) == rule.KEEP_PACKAGE_FULL
    assert reason(rule.can_keep(ALL, "CANCELLED", 3, 0)) == rule.KEEP_PACKAGE_UNSUITABLE
    assert reason(rule.can_keep(["CANCEL"], "ACTIVE", 3, 0)) == rule.KEEP_PACKAGE_UNSUITABLE


def test_auth_info_is_told_while_a_domain_leaves() -> None:
    assert isinstance(rule.auth_info_revealable("CANCELLED", TODAY, True, TODAY), Allowed)
    assert isinstance(rule.auth_info_revealable("TRANSFERRING", TODAY - timedelta(days=9), True, TODAY), Allowed)
    for state, ends_on, has in (
        ("CANCELLED", TODAY, False), ("CANCELLED", TODAY - timedelta(days=1), True), ("CANCELLED", None, True),
        ("ACTIVE", None, True), ("PENDING", None, True), ("TRANSFERRING", None, False),
    ):  # fmt: skip
        assert reason(rule.auth_info_revealable(state, ends_on, has, TODAY)) == rule.DOMAIN_NOT_LEAVING


def test_another_holder_is_asked_for_while_a_domain_stays() -> None:
    for state, package in product(("PENDING", "ACTIVE", "TRANSFERRING", "CANCELLED"), ("ACTIVE", "SUSPENDED", "ENDED")):
        allowed = isinstance(rule.holder_changeable(state, package), Allowed)
        assert allowed == (state == "ACTIVE" and package != "ENDED")
