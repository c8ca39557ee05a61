"""Strangers' texts on paper: nothing invisible, nothing missing, nothing too wide."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.documents.fonts import face
from gateway.documents.text import LONGEST, REPLACEMENT, printable, shorten, shrink, wrap

ANY_TEXT = st.text(st.characters(), max_size=200)  # lone surrogates and control characters included


def test_both_weights_have_the_same_characters() -> None:
    assert face(False).advances.keys() == face(True).advances.keys()


def test_the_characters_of_european_names_and_prices_are_all_there() -> None:
    assert face(False).advances.keys() >= set("äöüßẞÄÖÜéèêçñåøœŁłŽžŐőŞşİıȘșĐðÞþΑλфЖ€£¥–—„“‚‘»«…•·×²½§†◊")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Łódź, Straße 7 – 5 €", "Łódź, Straße 7 – 5 €"),
        ("Mu\u0308ller", "Müller"),  # two code points, one letter
        ("a\tb\r\nc   d ", "a b c d"),
        ("a\x00b\x1b[31mc", "a◊b◊[31mc"),
        ("\u202egpj.exe\u202c", "gpj.exe"),  # no direction marks
        ("Donau\u00addampf\u200bschiff", "Donaudampfschiff"),
        ("Bücher 📚!", "Bücher ◊!"),
        ("❤\ufe0f", "◊"),
        ("株式会社", "◊◊◊◊"),
        ("שלום", "◊◊◊◊"),
        ("ＡＢＣ ﬁn", "ABC fin"),
        ("\ud83d", "◊"),
        ("**fett** [Text](https://evil.example) {nb}", "**fett** [Text](https://evil.example) {nb}"),
        ("", ""),
        ("\u200d", ""),
    ],
)
def test_a_text_is_printed_with_the_characters_there_are(written: str, printed: str) -> None:
    assert printable(written) == printed


@given(ANY_TEXT)
def test_every_text_becomes_printable_once_and_for_all(text: str) -> None:
    printed = printable(text)
    assert set(printed) <= face(False).advances.keys()
    assert printable(printed) == printed


def test_a_text_is_cut_with_an_ellipsis() -> None:
    assert printable("x" * LONGEST) == "x" * LONGEST
    assert printable("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    assert len(printable("ä " * 10_000)) <= LONGEST
    assert printable("\x00" * 3, longest=2) == "◊…"


def test_a_megabyte_of_combining_marks_takes_no_time() -> None:
    start = time.process_time()
    printable("e" + "\u0301\u0323" * 500_000)
    assert time.process_time() - start < 1


@given(ANY_TEXT, st.floats(8, 200), st.booleans())
def test_lines_are_never_wider_than_their_room_and_lose_nothing(text: str, room: float, bold: bool) -> None:
    printed = printable(text)
    lines = wrap(printed, room, 9, bold=bold)
    assert all(face(bold).width(line, 9) <= room + 1e-9 for line in lines)
    assert "".join(lines).replace(" ", "") == printed.replace(" ", "")


def test_lines_break_at_spaces_and_inside_words_only_where_they_must() -> None:
    assert wrap("aaa bbb ccc", face(False).width("aaa bbb", 9), 9) == ["aaa bbb", "ccc"]
    assert wrap("x aaaaaaaa", face(False).width("aaaa", 9) + 0.01, 9) == ["x", "aaaa", "aaaa"]
    assert wrap("", 50, 9) == []


def test_the_last_line_allowed_ends_with_an_ellipsis() -> None:
    lines = wrap("eins zwei drei vier fünf sechs", 15, 9, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert face(False).width(lines[1], 9) <= 15


@given(ANY_TEXT, st.floats(8, 60))
def test_a_shortened_text_fits(text: str, room: float) -> None:
    assert face(False).width(shorten(printable(text), room, 9), 9) <= room + 1e-9


def test_a_figure_is_set_smaller_rather_than_cut() -> None:
    figure = "92.233.720.368.547.758,07 €"
    size = shrink(figure, 20, 9)
    assert size < 9
    assert face(False).width(figure, size) == pytest.approx(20)
    assert shrink("1 €", 20, 9) == 9


def test_the_replacement_is_a_character_of_the_typeface() -> None:
    assert REPLACEMENT in face(False).advances
    assert REPLACEMENT in face(True).advances
