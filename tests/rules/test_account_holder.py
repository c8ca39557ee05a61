"""The holder of a bank account in SEPA's letters."""

from __future__ import annotations

import pytest

from models.rules.account_holder import acceptable, tidied, transliterated
from models.rules.decision import Allowed, Refused


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Jörg Müßig", "Joerg Muessig"),
        ("Łukasz Ćwik", "Lukasz Cwik"),
        ("Ærø & Sønner", "AEro + Sonner"),
        ("O’Neill-Šimůnek", "O'Neill-Simunek"),
    ],
)
def test_latin_letters_are_written_with_those_of_sepa(name: str, written: str) -> None:
    assert (transliterated(name), acceptable(name)) == (written, Allowed())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "MISSING"),
        ("  ", "MISSING"),
        ("---", "MISSING"),
        ("x" * 71, "TOO_LONG"),
        ("ü" * 36, "TOO_LONG"),
        ("Иван", "CHARACTERS"),
        ("Аnna", "CHARACTERS"),  # a Cyrillic А
        ("a\u202eb", "CHARACTERS"),
        ("a;b", "CHARACTERS"),
        ("a\nb", "CHARACTERS"),
        ("/ab", "CHARACTERS"),
        ("ab/", "CHARACTERS"),
        ("a//b", "CHARACTERS"),
        ("x" + "\u0301" * 5_000, "TOO_LONG"),
        ("a\x00b", "CHARACTERS"),
    ],
)
def test_other_names_are_refused_with_the_reason(name: str, reason: str) -> None:
    assert acceptable(tidied(name)) == Refused(reason)
