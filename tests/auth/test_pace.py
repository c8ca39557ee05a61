"""So many requests a minute, the first as fast as they come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gateway.auth import pace
from gateway.auth.pace import Pace
from gateway.errors import ErrorCode, GatewayError

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def refused(asked: Pace, who: str, now: datetime) -> int:
    """How long to wait; 0: it was granted."""
    try:
        asked.take(who, now)
    except GatewayError as error:
        return int(error.extensions["retryAfter"]) if error.code is ErrorCode.RATE_LIMITED else -1
    return 0


def test_a_full_bucket_is_granted_at_once_and_then_as_much_as_flows_in() -> None:
    asked = Pace(6)
    assert [refused(asked, "a", NOW) for _ in range(8)] == [0, 0, 0, 0, 0, 0, 10, 10]
    assert refused(asked, "a", NOW + 4 * SECOND) == 6
    assert [refused(asked, "a", NOW + 10 * SECOND) for _ in range(2)] == [0, 10]
    assert [refused(asked, "a", NOW + 600 * SECOND) for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]


def test_each_has_a_bucket_of_their_own() -> None:
    asked = Pace(1)
    assert [refused(asked, "a", NOW), refused(asked, "a", NOW), refused(asked, "b", NOW)] == [0, 60, 0]


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    asked = Pace(1)
    assert [refused(asked, "a", NOW), refused(asked, "a", NOW - 100 * SECOND)] == [0, 60]


def test_who_was_quiet_for_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_KNOWN", 2)
    asked = Pace(1)
    for who in ("a", "b", "c"):
        assert refused(asked, who, NOW) == 0
    assert [refused(asked, who, NOW) for who in ("c", "b", "a")] == [60, 60, 0]
