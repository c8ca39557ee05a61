"""Databases: versions, networks, and what can be done with one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import hosted_database as rule
from models.rules.decision import Allowed, Refused

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("ends_on", "reason"),
    [
        (date(2026, 3, 2), None),
        (date(2027, 1, 1), None),
        (date(2026, 3, 1), rule.VERSION_ENDED),
        (None, rule.VERSION_UNKNOWN),
    ],
)
def test_a_version_is_chosen_up_to_its_last_day(ends_on: date | None, reason: str | None) -> None:
    decision = rule.version_choosable(ends_on, TODAY)
    assert decision == (Allowed() if reason is None else Refused(reason))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ([], []),
        (["203.0.113.7"], ["203.0.113.7/32"]),
        ([" 203.0.113.9/24 ", "203.0.113.0/24"], ["203.0.113.0/24"]),
        (["2001:DB8::1"], ["2001:db8::1/128"]),
        (["8.8.0.0/16", "2a00:1450::/32"], ["8.8.0.0/16", "2a00:1450::/32"]),
    ],
)
def test_networks_are_stored_in_one_form_and_once(typed: list[str], found: list[str]) -> None:
    assert rule.networks(typed) == found


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", rule.NO_NETWORK),
        ("localhost", rule.NO_NETWORK),
        ("1.2.3.4.5", rule.NO_NETWORK),
        ("010.1.1.1", rule.NO_NETWORK),
        ("8.8.8.8; DROP", rule.NO_NETWORK),
        ("٨.8.8.8", rule.NO_NETWORK),
        ("fe80::1%eth0", rule.NO_NETWORK),
        ("2a00:1450::1%eth0", rule.NO_NETWORK),
        ("2a00:1450::1%x\nhost all all all trust #", rule.NO_NETWORK),
        ("2a00:1450::%" + "A" * 3_000, rule.NO_NETWORK),
        ("fec0::/64", rule.NOT_PUBLIC),
        ("2002:a00:1::/48", rule.NOT_PUBLIC),
        ("192.88.99.1", rule.NOT_PUBLIC),
        ("0.0.0.0/0", rule.TOO_WIDE),
        ("::/0", rule.TOO_WIDE),
        ("8.0.0.0/15", rule.TOO_WIDE),
        ("2a00::/31", rule.TOO_WIDE),
        ("127.0.0.1", rule.NOT_PUBLIC),
        ("10.0.0.0/16", rule.NOT_PUBLIC),
        ("192.168.1.0/24", rule.NOT_PUBLIC),
        ("169.254.169.254", rule.NOT_PUBLIC),
        ("224.0.0.1", rule.NOT_PUBLIC),
        ("255.255.255.255", rule.NOT_PUBLIC),
        ("::1", rule.NOT_PUBLIC),
        ("fd00::/32", rule.NOT_PUBLIC),
        ("::ffff:8.8.8.8", rule.NOT_PUBLIC),
        ("ff02::1", rule.NOT_PUBLIC),
    ],
)
def test_networks_nobody_comes_from_or_everybody_are_refused(typed: str, reason: str) -> None:
    found = rule.networks([typed])
    assert isinstance(found, Refused)
    assert found.reason == reason


def test_there_are_at_most_twenty_of_them() -> None:
    assert rule.networks([f"8.8.8.{number}" for number in range(21)]) == Refused(rule.TOO_MANY)
    assert len(rule.networks([f"8.8.8.{number}" for number in range(20)] * 2)) == 20  # type: ignore[arg-type]  # a list


@given(st.lists(st.text(max_size=40) | st.ip_addresses().map(str), max_size=5))
def test_whatever_is_typed_gives_networks_or_a_reason(typed: list[str]) -> None:
    found = rule.networks(typed)
    if isinstance(found, list):
        assert rule.networks(found) == found
        assert all(ip_network(one).prefixlen >= 16 for one in found)


@pytest.mark.parametrize(
    ("action", "has_app", "dumped", "reason"),
    [
        (rule.DELETE, True, None, rule.APP_USES_DATABASE),
        (rule.DELETE, False, None, None),
        (rule.DUMP, True, timedelta(minutes=59), rule.DUMP_A_MOMENT_AGO),
        (rule.DUMP, True, timedelta(minutes=60), None),
        (rule.CHANGE, True, timedelta(0), None),
        (rule.ROTATE_PASSWORD, True, timedelta(0), None),
    ],
)
def test_what_can_be_done(action: str, has_app: bool, dumped: timedelta | None, reason: str | None) -> None:
    at = None if dumped is None else NOW - dumped
    decision = rule.decide(action, ["DATABASES"], "ACTIVE", has_app=has_app, dumped_at=at, now=NOW)
    assert decision == (Allowed() if reason is None else Refused(reason))
    gone = rule.decide(action, ["DATABASES"], "ENDED", has_app=False, dumped_at=None, now=NOW)
    assert gone == Refused("PACKAGE_ENDED")
