"""What an API token may be."""

from __future__ import annotations

import pytest

from models.rules.api_token import (
    DAYS_OUT_OF_RANGE,
    NO_SCOPE,
    SCOPE_BESIDE_DOMAINS,
    SCOPE_TOO_WIDE,
    days_allowed,
    scopes_allowed,
)
from models.rules.decision import Allowed, Decision, Refused

MOST, OF_DOMAINS = {"A", "B", "C"}, {"B"}


@pytest.mark.parametrize(
    ("wanted", "of_domains", "expected"),
    [
        (["A", "B", "C"], None, Allowed()),
        (["B"], OF_DOMAINS, Allowed()),
        ([], None, Refused(NO_SCOPE)),
        (["A", "D"], None, Refused(SCOPE_TOO_WIDE)),
        (["A"], OF_DOMAINS, Refused(SCOPE_BESIDE_DOMAINS)),
        (["A", "B"], OF_DOMAINS, Refused(SCOPE_BESIDE_DOMAINS)),
        (["D"], {"D"}, Refused(SCOPE_TOO_WIDE)),
    ],
)
def test_scopes_are_some_and_never_too_many(wanted: list[str], of_domains: set[str] | None, expected: Decision) -> None:
    assert scopes_allowed(wanted, MOST, of_domains) == expected


@pytest.mark.parametrize("days", [1, 90, 365])
def test_a_token_lasts_up_to_a_year(days: int) -> None:
    assert days_allowed(days) == Allowed()


@pytest.mark.parametrize("days", [-1, 0, 366, 2**31 - 1])
def test_no_token_lasts_longer_or_not_at_all(days: int) -> None:
    assert days_allowed(days) == Refused(DAYS_OUT_OF_RANGE)
