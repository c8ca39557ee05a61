"""What a declaration may say, and which contract it names."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from models.rules import declaration as rule
from models.rules.decision import Allowed, Refused

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", "  Zoë   Mu\u0308ller ", "Zoë Müller"),
        ("name", "李小龍", "李小龍"),
        ("contract", "V-1\tund V-2", "V-1 und V-2"),
        ("reason", "\r\n Erstens \r\n\r\nZweitens\r\n", "Erstens\n\nZweitens"),
        ("identification", "", ""),
    ],
)
def test_a_text_is_kept_composed_and_without_blanks_around_it(field: str, typed: str, kept: str) -> None:
    assert rule.normal(field, typed) == kept
    assert rule.acceptable(field, kept) == Allowed()


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("name", "", rule.EMPTY),
        ("name", " \u00a0\u2003 ", rule.EMPTY),
        ("name", "...", rule.EMPTY),
        ("contract", "", rule.EMPTY),
        ("reason", "\n\n", rule.EMPTY),
        ("name", "x" * 161, rule.TOO_LONG),
        ("identification", "x" * 201, rule.TOO_LONG),
        ("contract", "x" * 401, rule.TOO_LONG),
        ("reason", "x" * 2_001, rule.TOO_LONG),
        ("reason", "x" * 60_000, rule.TOO_LONG),
        ("name", "a\u0301" * 40_000, rule.TOO_LONG),
        ("name", "Zoë\r\nBcc: all@example.com", rule.CHARACTERS),
        ("contract", "V-1\nV-2", rule.CHARACTERS),
        ("name", "a\x00b", rule.CHARACTERS),
        ("name", "a\x1b[31mb", rule.CHARACTERS),
        ("name", "a\u202eb", rule.CHARACTERS),
        ("name", "a\u200bb", rule.CHARACTERS),
        ("name", "a\u2028b", rule.CHARACTERS),
        ("name", "a\ud800b", rule.CHARACTERS),
        ("name", "\u3164", rule.CHARACTERS),
        ("name", "a\ufeff", rule.CHARACTERS),
        ("reason", "a\x07", rule.CHARACTERS),
        ("reason", "a\u2066b", rule.CHARACTERS),
        ("identification", "...", rule.EMPTY),
    ],
)
def test_a_text_that_is_none_or_hides_something_is_refused(field: str, typed: str, reason: str) -> None:
    assert rule.acceptable(field, rule.normal(field, typed)) == Refused(reason)


def test_the_longest_texts_are_taken() -> None:
    for field, most in rule.LONGEST.items():
        assert rule.acceptable(field, rule.normal(field, "ü" * most)) == Allowed()


def test_an_extraordinary_cancellation_alone_has_a_reason() -> None:
    assert rule.reason_fits(rule.EXTRAORDINARY, "x") == Allowed()
    assert rule.reason_fits(rule.EXTRAORDINARY, None) == Refused(rule.EMPTY)
    for kind in (rule.CANCELLATION, rule.WITHDRAWAL):
        assert rule.reason_fits(kind, None) == Allowed()
        assert rule.reason_fits(kind, "x") == Refused(rule.NOT_ASKED)


@pytest.mark.parametrize(
    ("kind", "day", "decision"),
    [
        (rule.CANCELLATION, None, Allowed()),
        (rule.CANCELLATION, TODAY, Allowed()),
        (rule.EXTRAORDINARY, date(2036, 12, 31), Allowed()),
        (rule.CANCELLATION, date(2037, 1, 1), Refused(rule.TOO_FAR)),
        (rule.CANCELLATION, date(9999, 12, 31), Refused(rule.TOO_FAR)),
        (rule.CANCELLATION, date(2026, 3, 1), Refused(rule.PAST)),
        (rule.CANCELLATION, date(1, 1, 1), Refused(rule.PAST)),
        (rule.WITHDRAWAL, TODAY, Refused(rule.NOT_ASKED)),
        (rule.WITHDRAWAL, None, Allowed()),
    ],
)
def test_a_day_is_today_or_later_and_a_withdrawal_names_none(
    kind: str, day: date | None, decision: Allowed | Refused
) -> None:
    assert rule.day_fits(kind, day, TODAY) == decision


def test_a_contract_that_is_cancelled_can_still_be_ended_for_good_cause() -> None:
    assert rule.extraordinary_possible("ACTIVE") == rule.extraordinary_possible("CANCELLED") == Allowed()
    assert rule.extraordinary_possible("ENDED") == Refused(rule.ENDED)


CONTENT = rule.Content(
    "K-1", rule.EXTRAORDINARY, "Zoë „M“ Müller", None, 'V-1 "x"', "a\nb", date(2026, 4, 1), "zoe@example.com",
    datetime(2026, 3, 2, 12, 0, 5, tzinfo=UTC),
)  # fmt: skip


def test_the_canonical_content_is_one_line_that_anybody_can_digest_again() -> None:
    line = CONTENT.canonical()
    assert line == (
        '{"contract":"V-1 \\"x\\"","email":"zoe@example.com","identification":null,"kind":"EXTRAORDINARY_CANCELLATION",'
        '"name":"Zoë „M“ Müller","number":"K-1","reason":"a\\nb","receivedAt":"2026-03-02T12:00:05Z",'
        '"requestedOn":"2026-04-01"}'
    )
    assert "\n" not in line
    assert CONTENT.sha256() == sha256(line.encode()).hexdigest()
    assert json.loads(line)["reason"] == CONTENT.reason


NUMBERS = {"V-12": "a", "A-00012": "a", "V-123": "b", "V.1+": "c", "": "d", "Ü-9": "e"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("V-12", "a"),
        ("mein Vertrag v-12, bitte", "a"),
        ("V-12 und Auftrag A-00012", "a"),
        ("V-123", "b"),
        ("V-12 oder V-123", None),
        ("V-1234", None),
        ("XV-12", None),
        ("V.1+", "c"),
        ("VX1+", None),
        ("ü-9!", "e"),
        ("", None),
        ("Hosting", None),
    ],
)
def test_a_contract_is_named_by_a_number_that_stands_alone(text: str, named: str | None) -> None:
    assert rule.contract_named(text, NUMBERS) == named
