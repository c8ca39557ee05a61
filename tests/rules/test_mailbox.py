"""How large mailboxes are, and what they answer when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import mailbox as rule
from models.rules.decision import Allowed, Refused

TODAY = date(2026, 3, 4)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 30))


@given(st.integers(-(2**31), 2**31), st.integers(0, 2**20), st.integers(0, 2**20))
def test_a_quota_lies_within_the_web_space_and_above_what_is_used(quota: int, space: int, used: int) -> None:
    decision = rule.quota_acceptable(quota, space, None, used)
    within = rule.SMALLEST <= quota <= rule.most_quota(space)
    assert (decision == Allowed()) == (within and quota >= used)
    assert rule.quota_acceptable(quota, space, quota, used) == Allowed(), "what it has it keeps"


def test_a_kind_without_web_space_has_a_bound_of_its_own() -> None:
    assert rule.most_quota(0) == rule.LARGEST
    assert rule.quota_acceptable(rule.LARGEST + 1, 0) == Refused("QUOTA_OUT_OF_RANGE")


@given(DAYS, DAYS)
def test_a_reply_is_sent_from_its_first_day_to_the_end_of_its_last(first: date | None, last: date | None) -> None:
    for today in (day + timedelta(days=n) for day in (first, last, TODAY) if day for n in (-1, 0, 1)):
        sent = rule.replies_on("Weg", first, last, today)
        assert sent == (not (first and today < first) and not (last and today > last))
        assert not rule.replies_on(None, first, last, today)


@pytest.mark.parametrize(
    ("first", "last", "decision"),
    [
        (None, None, Allowed()),
        (TODAY, TODAY, Allowed()),
        (TODAY - timedelta(days=9), TODAY, Allowed()),
        (TODAY + timedelta(days=2), TODAY + timedelta(days=1), Refused("DAYS_TURNED")),
        (None, TODAY - timedelta(days=1), Refused("DAYS_OVER")),
    ],
)
def test_days_are_in_order_and_not_over(first: date | None, last: date | None, decision: object) -> None:
    assert rule.days_acceptable(first, last, TODAY) == decision


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "MISSING"), ("x" * 161, "TOO_LONG"), ("a\r\nBcc: b@c.example", "CHARACTERS"), ("a\u202eb", "CHARACTERS"),
     ("\u200d\u200c", "CHARACTERS"), ("\u3164", "CHARACTERS"), ("Anna" + 1_400 * " " + "X\nBcc: y", "TOO_LONG")],
)  # fmt: skip
def test_nothing_but_one_line_stands_in_a_header(text: str, reason: str) -> None:
    assert rule.line_acceptable(rule.tidied(text), rule.LONGEST_SUBJECT) == Refused(reason)


@pytest.mark.parametrize(
    ("text", "reason"), [(" \n", "MISSING"), ("\u200d\n", "CHARACTERS"), ("a" + 32_000 * "\n" + "b", "TOO_LONG")]
)
def test_a_reply_says_something_and_is_not_cut(text: str, reason: str) -> None:
    assert rule.text_acceptable(rule.tidied_text(text)) == Refused(reason)


def test_words_and_emoji_are_seen() -> None:
    for text in ("Anna", "👩\u200d👩\u200d👧", "日本", "می\u200cخواهم", "?"):
        assert rule.line_acceptable(rule.tidied(text), rule.LONGEST_NAME) == Allowed()


def test_a_text_has_lines_and_ends_them_alike() -> None:
    text = rule.tidied_text(" Liebe Kundin,\r\nbis bald.\r\n")
    assert text == "Liebe Kundin,\nbis bald."
    assert rule.text_acceptable(text) == Allowed()
    assert rule.text_acceptable("a\x00b") == Refused("CHARACTERS")
    assert rule.text_acceptable(" \n ") == Refused("MISSING")
    assert rule.text_acceptable("x" * 4_001) == Refused("TOO_LONG")
    assert rule.tidied("  Im   Urlaub ") == "Im Urlaub"
