"""Calendars as other programs read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from gateway.documents.calendar import LINE, Entry, calendar

AT = datetime(2026, 3, 2, tzinfo=UTC)
LONG = "Kündigung, Verlängerung; \\ und „Umlaute“: " + "äöü" * 40 + "\nzweite Zeile"


def test_a_calendar_is_read_by_a_program_of_others() -> None:
    body = calendar("Termine Büro", [Entry("a", date(2026, 12, 31), LONG), Entry("b", date(2028, 2, 29), "Kurz")], AT)
    read = Calendar.from_ical(body)
    assert read["X-WR-CALNAME"] == "Termine Büro"
    first, second = read.walk("VEVENT")
    assert (first["SUMMARY"], first["DTSTART"].dt, first["DTEND"].dt) == (LONG, date(2026, 12, 31), date(2027, 1, 1))
    assert (second["DTSTART"].dt, second["DTEND"].dt) == (date(2028, 2, 29), date(2028, 3, 1))
    assert first["UID"] != second["UID"]
    assert not read.errors
    assert not first.errors


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    body = calendar("x", [Entry("a", date(2026, 12, 31), LONG)], AT)
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in body.split(b"\r\n")) <= LINE


def test_the_same_is_told_in_the_same_bytes_with_the_same_names() -> None:
    entry = Entry("NOTICE ctr_1", date(2026, 12, 31), "x")
    assert calendar("x", [entry], AT) == calendar("x", [entry], AT)
    assert b"ctr_1" not in calendar("x", [entry], AT)
