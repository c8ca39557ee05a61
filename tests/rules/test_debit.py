"""Whether an invoice can be debited again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.debit import MOST_ATTEMPTS, REASONS, Claim, LastDebit, Mandate, collectable, repeatable
from models.rules.decision import Allowed, Decision, Refused

TODAY = date(2026, 3, 2)
MANDATE = Mandate("M-1", date(2024, 1, 2))


def claim(**given: Any) -> Claim:
    return Claim(**{"kind": "INVOICE", "state": "OPEN", "due_minor": 100, "currency": "EUR", "attempts": 0, **given})


def asked(claim: Claim, mandate: Mandate | None = MANDATE, offered: bool = True) -> Decision:
    return repeatable(claim, mandate, TODAY, offered=offered)


def came_back(code: str, mandate: str = "M-1") -> LastDebit:
    return LastDebit("RETURNED", code, mandate)


@pytest.mark.parametrize("state", ["OPEN", "OVERDUE", "DEBIT_RETURNED"])
def test_what_is_due_can_be_debited(state: str) -> None:
    assert asked(claim(state=state)) == Allowed()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"kind": "CREDIT_NOTE"}, "NOT_AN_INVOICE"),
        ({"state": "PAID"}, "INVOICE_PAID"),
        ({"due_minor": 0}, "INVOICE_PAID"),
        ({"due_minor": -5}, "INVOICE_PAID"),
        ({"state": "CANCELLED"}, "INVOICE_CANCELLED"),
        ({"state": "DEBIT_PENDING"}, "DEBIT_PENDING"),
        ({"last": LastDebit("REQUESTED", None, "M-1")}, "DEBIT_PENDING"),
        ({"last": LastDebit("SUBMITTED", None, "M-1")}, "DEBIT_PENDING"),
        ({"currency": "CHF"}, "NOT_IN_EURO"),
        ({"due_minor": 10**11}, "AMOUNT_TOO_LARGE"),
        ({"attempts": 3}, "NO_ATTEMPTS_LEFT"),
        ({"attempts": 1, "last": came_back("MD06", "M-0")}, "INVOICE_DISPUTED"),
        ({"attempts": 1, "last": came_back("MD07")}, "RETURN_CODE_FORBIDS"),
        ({"attempts": 1, "last": came_back("AC04")}, "BANK_DETAILS_NEEDED"),
        ({"attempts": 1, "last": came_back("AC04", "M-0")}, None),
        ({"attempts": 1, "last": came_back("MS03")}, None),
        ({"attempts": 2, "last": came_back("AM04")}, None),
    ],
)
def test_what_stands_against_it(given: dict[str, Any], reason: str | None) -> None:
    assert asked(claim(**given)) == (Allowed() if reason is None else Refused(reason))


def test_the_house_has_to_collect_at_all() -> None:
    assert asked(claim(), offered=False) == Refused("DEBIT_NOT_OFFERED")


@pytest.mark.parametrize(
    ("mandate", "reason"),
    [
        (None, "MANDATE_MISSING"),
        (Mandate("M-1", date(2024, 1, 2), revoked=True), "MANDATE_REVOKED"),
        (Mandate("M-1", date(2023, 3, 1)), "MANDATE_EXPIRED"),
        (Mandate("M-1", date(2023, 3, 2)), None),
        (Mandate("M-1", date(2010, 1, 1), used_on=date(2023, 3, 2)), None),
        (Mandate("M-1", date(2010, 1, 1), used_on=date(2023, 3, 1)), "MANDATE_EXPIRED"),
    ],
)
def test_a_mandate_must_be_there_and_alive(mandate: Mandate | None, reason: str | None) -> None:
    assert asked(claim(), mandate) == (Allowed() if reason is None else Refused(reason))


claims = st.builds(
    Claim,
    kind=st.sampled_from(["INVOICE", "CREDIT_NOTE"]),
    state=st.sampled_from(["OPEN", "DEBIT_PENDING", "DEBIT_RETURNED", "OVERDUE", "PAID", "CANCELLED"]),
    due_minor=st.integers(-10, 10**12),
    currency=st.sampled_from(["EUR", "CHF"]),
    attempts=st.integers(0, 5),
    last=st.none()
    | st.builds(
        LastDebit,
        st.sampled_from(["REQUESTED", "SUBMITTED", "COLLECTED", "RETURNED", "WITHDRAWN"]),
        st.none() | st.sampled_from(["MS03", "AC04", "MD06", "MD07", "AM04"]),
        st.sampled_from(["M-1", "M-0"]),
    ),
)


@given(claims, st.booleans())
def test_new_bank_details_never_allow_less_and_nothing_allows_too_much(claim: Claim, offered: bool) -> None:
    old, new = asked(claim, offered=offered), collectable(claim, offered=offered)
    for decision in (old, new):
        if isinstance(decision, Refused):
            assert decision.reason in REASONS
            continue
        assert offered
        assert claim.state in ("OPEN", "OVERDUE", "DEBIT_RETURNED")
        assert claim.due_minor > 0
        assert claim.attempts < MOST_ATTEMPTS
        assert claim.last is None or claim.last.state not in ("REQUESTED", "SUBMITTED")
    if isinstance(old, Allowed):
        assert isinstance(new, Allowed)
