"""Which names can stand under an agreement."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.documents.text import printable
from models.rules.decision import Allowed, Refused
from models.rules.signatory import CHARACTERS, LONGEST, MIXED, TOO_LONG, TOO_SHORT, acceptable, normal


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Müller",
        "Ayşe Köhler",
        "Søren O’Neill-Łęcka",
        "J. R. R. Tolkien (CEO)",
        "Мария Петрова",
        "Γιώργος Παπάς",
        "Li X",
    ],
)
def test_names_of_the_union_are_taken(name: str) -> None:
    assert acceptable(name) == Allowed()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", TOO_SHORT),
        ("Xy", TOO_SHORT),
        ("1 2 3 4", TOO_SHORT),
        ("- . -", TOO_SHORT),
        ("X" * (LONGEST + 1), TOO_LONG),
        ("Anna\tMüller", CHARACTERS),
        ("Anna\u202eMüller", CHARACTERS),
        ("Anna\u00a0Müller", CHARACTERS),
        ("Ａｎｎａ", CHARACTERS),
        ("ﬁona", CHARACTERS),
        ("𝐀𝐧𝐧𝐚", CHARACTERS),
        ("山田太郎", CHARACTERS),
        ("Anna 👩", CHARACTERS),
        ("Annaq\u0303", CHARACTERS),
        ("١٢٣ Anna", CHARACTERS),
        ("Мarie Curie", MIXED),
        ("Αnna Müller", MIXED),
    ],
    ids=ascii,
)
def test_a_name_that_is_none_is_refused_with_its_reason(name: str, reason: str) -> None:
    assert acceptable(name) == Refused(reason)


@settings(deadline=None)  # the first one reads the typeface
@given(st.text(max_size=2 * LONGEST))
def test_whatever_is_taken_is_printed_as_it_is(name: str) -> None:
    made = normal(name)
    assert normal(made) == made
    if acceptable(made) == Allowed():
        assert printable(made) == made


@settings(deadline=None)  # the first one reads the typeface
@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Lm"]), min_size=3, max_size=40))
def test_letters_that_are_taken_have_a_glyph(name: str) -> None:
    made = normal(name)
    if acceptable(made) == Allowed():
        assert printable(made) == made
