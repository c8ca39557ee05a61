"""Which usernames there can be (SECURITY AU10)."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import username as rule
from models.rules.decision import Allowed, Refused
from models.rules.username import acceptable, folded, foreign_characters


@pytest.mark.parametrize(
    "name",
    [
        *rule.EXAMPLES, "eve", "abc", "a" * 32, "0x1", "7up", "a.b.c", "anna..schmidt", "anna.schmidt_7", "anna.1984",
        "a--b", "eve2024", "k1a", "kd-12", "12345a", "xy_", "xn--bcher", "admin7", "anna.s",
    ],
)  # fmt: skip
def test_a_name_of_ascii_letters_digits_and_three_signs_can_be_chosen(name: str) -> None:
    assert acceptable(name) == Allowed()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", rule.TOO_SHORT),
        ("ab", rule.TOO_SHORT),
        ("a" * 33, rule.TOO_LONG),
        ("a" * 60_000, rule.TOO_LONG),
        ("ä" * 60_000, rule.TOO_LONG),
        (".eve", rule.START),
        ("_eve", rule.START),
        ("-eve", rule.START),
        ("eve adams", rule.CHARACTERS),
        (" eve", rule.CHARACTERS),
        ("eve\n", rule.CHARACTERS),
        ("eve\x00", rule.CHARACTERS),
        ("eve@host", rule.CHARACTERS),
        ("eve/..", rule.CHARACTERS),
        ("ev\u0435", rule.CHARACTERS),  # Cyrillic
        ("\u0435\u0475\u0435", rule.CHARACTERS),
        ("ève", rule.CHARACTERS),
        ("eve\u200b", rule.CHARACTERS),
        ("\uff45\uff56\uff45", rule.CHARACTERS),  # full width
        ("\u212aeve", rule.CHARACTERS),  # the Kelvin sign, which Unicode lower-cases to k
        ("\ud800eve", rule.CHARACTERS),
        ("٣ab", rule.CHARACTERS),
        ("10001", rule.NO_LETTER),
        ("20481937", rule.NO_LETTER),
        ("2048-1937", rule.NO_LETTER),
        ("1_2.3", rule.NO_LETTER),
        ("k10001", rule.LIKE_NUMBER),
        ("kd-20481937", rule.LIKE_NUMBER),
        ("kunde.2048.1937", rule.LIKE_NUMBER),
        ("example.com", rule.LIKE_DOMAIN),
        ("example.com.", rule.LIKE_DOMAIN),
        ("www.example.com", rule.LIKE_DOMAIN),
        ("anna.schmidt", rule.LIKE_DOMAIN),  # .schmidt is a top-level domain, and so may tomorrow's be
        ("xn--bcher-kva.example", rule.LIKE_DOMAIN),
        ("1.de", rule.LIKE_DOMAIN),
        ("admin", rule.RESERVED),
        ("ad-min", rule.RESERVED),
        ("support_", rule.RESERVED),
        ("Postmaster".lower(), rule.RESERVED),
    ],
)
def test_anything_else_is_refused_with_its_reason(name: str, reason: str) -> None:
    assert acceptable(name) == Refused(reason)


@given(st.text(max_size=40))
def test_what_is_accepted_fits_the_pattern_that_is_told_and_is_no_other_login(typed: str) -> None:
    name = folded(typed)
    if acceptable(name) == Allowed():
        assert re.fullmatch(rule.PATTERN, name)
        assert set(name) & set(string.ascii_lowercase)
        assert folded(name) == name


@given(st.from_regex(rule.PATTERN, fullmatch=True))
def test_upper_and_lower_case_are_one_name(name: str) -> None:
    assert folded(name.upper()) == name == folded(name)


def test_only_ascii_letters_are_folded() -> None:
    for code in range(0x80, 0x11_0000):
        assert folded(chr(code)) == chr(code)


def test_foreign_characters_are_named_each_once_and_a_few_at_most() -> None:
    assert foreign_characters("Eve ad\u0435ms\u0435 ä") == ("U+0020", "е (U+0435)", "ä (U+00E4)")
    assert len(foreign_characters("àáâãäåæçèé")) == rule.MOST_NAMED
    assert foreign_characters("eve") == ()
    assert foreign_characters("A" * 1_000_000) == ()


@given(st.characters(exclude_categories=()))
def test_a_character_that_is_shown_stands_alone(character: str) -> None:
    for shown in foreign_characters(character):
        assert shown.endswith(f"U+{ord(character):04X}") or shown == f"{character} (U+{ord(character):04X})"
        if character in shown:
            assert unicodedata.category(character)[0] in "LNPS"
        assert shown.encode()


def test_a_direction_cannot_be_turned_and_nothing_is_combined() -> None:
    for character in ("\u202e", "\u200f", "\u0308", "\u05d0", "\u0627", "\n", "\x1b", "\ud800"):
        assert foreign_characters(character) == (f"U+{ord(character):04X}",)
