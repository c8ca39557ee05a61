"""Tables of invoices: amounts as German spreadsheets read them, and no text that one would take for a formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest

from gateway.documents.invoice_list import (
    LIST_COLUMNS,
    ListedInvoice,
    ListedTax,
    amount,
    booking_head,
    booking_lines,
    list_head,
    list_line,
    text,
)

NOTE = ListedInvoice(
    "=HYPERLINK(1)", True, "R;1", date(2026, 2, 1), date(2026, 2, 1), None, None, "PAID", "EUR", 10_000, 1_970, 11_970, 0, 0,
    (ListedTax(11_900, 1_900), ListedTax(70, 0)), "a.pdf", None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [(123456, "EUR", "1234,56"), (-5, "EUR", "-0,05"), (0, "EUR", "0,00"), (7, "JPY", "7"), (-1234, "KWD", "-1,234")],
)
def test_amounts_have_a_comma(minor: int, currency: str, shown: str) -> None:
    assert amount(minor, currency) == shown


@pytest.mark.parametrize("evil", ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_a_formula(evil: str) -> None:
    assert text(evil).startswith("\"'")


def test_quotes_and_line_ends_stay_inside_of_a_field() -> None:
    assert text('a"b;c\r\nd') == '"a""b;c d"'


def test_a_credit_note_is_negative_in_the_table() -> None:
    (row,) = csv.DictReader(io.StringIO((list_head() + list_line(NOTE)).removeprefix("\ufeff")), delimiter=";")
    assert tuple(row) == LIST_COLUMNS
    assert (row["Brutto"], row["Rechnungsnummer"], row["Korrigiert"], row["Ausgestellt"]) == (
        "-119,70", "'=HYPERLINK(1)", "R;1", "01.02.2026",
    )  # fmt: skip


def test_there_is_a_booking_for_each_rate() -> None:
    lines = list(csv.reader(io.StringIO(booking_lines(NOTE)), delimiter=";"))
    assert [(line[0], line[1], line[9], line[6], line[7]) for line in lines] == [
        ("119,00", "S", "0102", "", ""),
        ("0,70", "S", "0102", "", ""),
    ]
    head = booking_head(2026, datetime(2026, 3, 2, 12, tzinfo=UTC)).removeprefix("\ufeff").splitlines()
    assert head[0].startswith('"EXTF";700;21;"Buchungsstapel";13;20260302120000000;')
    assert len(head[1].split(";")) == len(lines[0])
