"""Texts as banks pass them on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.sepa_text import sepa_text

KNOWN = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]{1,35}")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Jörg Müßig & Söhne", "Joerg Muessig + Soehne"), ("Łucja Żółć", "Lucja Zolc"), ("Ærø Ñandú", "Aero Nandu"),
        ("  a \t b\n", "a b"), ("//a//b/", "a/b"), ("日本", ".."), ("", "."), ("/", "."), ("a_b", "a-b"), ("x" * 50, "x" * 35),
    ],
)  # fmt: skip
def test_examples(text: str, written: str) -> None:
    assert sepa_text(text, 35) == written


@given(st.text())
def test_whatever_comes_in_a_bank_takes_what_comes_out(text: str) -> None:
    written = sepa_text(text, 35)
    assert KNOWN.fullmatch(written)
    assert "//" not in written
    assert written.strip(" /") == written
    assert sepa_text(written, 35) == written
