"""Zone files: written, read again, and every bad line told."""

from __future__ import annotations

import pytest

from gateway.documents.zone_file import MOST_LINES, BadLine, read, written
from models.rules.zone import Entry

FILE = """$ORIGIN example.com.
$TTL 1h
@ IN SOA ns1.host.example. admin.host.example. ( 1 2
  3 4 5 ) ; the host's own
\tNS ns1.host.example.
@ 300 IN A 192.0.2.1
www\tCNAME @

bad A 1.2.3
mail IN 60 MX 10 mail
   TXT "a;b" ( "c\tx"
     "d" )
$INCLUDE /etc/passwd
$GENERATE 1-9 h$ A 192.0.2.$
$ORIGIN sub
x A 192.0.2.7
abs.example.com. 60 A 192.0.2.9
$ORIGIN other.com.
y.evil.com. A 192.0.2.1
z CH TXT "x"
lonely
p PTR a.example.
q TXT ( "unfinished
"""


def test_a_file_is_read_with_its_directives_and_every_bad_line_is_told() -> None:
    found = read("example.com", FILE)
    assert found.entries == [
        (6, Entry("@", "A", 300, "192.0.2.1")),
        (7, Entry("www", "CNAME", 3_600, "example.com.")),
        (10, Entry("mail", "MX", 60, "10 mail.example.com.")),
        (11, Entry("mail", "TXT", 3_600, '"a;b" "c\\009x" "d"')),
        (16, Entry("x.sub", "A", 3_600, "192.0.2.7")),
        (17, Entry("abs", "A", 60, "192.0.2.9")),
    ]
    assert found.bad == [
        BadLine(9, "BAD_VALUE"), BadLine(13, "BAD_DIRECTIVE"), BadLine(14, "BAD_DIRECTIVE"), BadLine(18, "OUT_OF_ZONE"),
        BadLine(19, "OUT_OF_ZONE"), BadLine(20, "BAD_VALUE"), BadLine(21, "BAD_VALUE"), BadLine(22, "UNSUPPORTED_TYPE"),
        BadLine(23, "UNFINISHED_RECORD"),
    ]  # fmt: skip
    assert found.passed_over == 2


def test_owners_that_are_made_to_be_taken_for_others_are_bad_lines() -> None:
    found = read(
        "example.com", "pаypаl A 192.0.2.1\nxn--zzzzzz A 192.0.2.1\nbüro A 192.0.2.1\n_a._b TXT x\nab--cd A 192.0.2.1"
    )
    assert found.bad == [BadLine(1, "BAD_NAME"), BadLine(2, "BAD_NAME")]
    assert [one.name for _, one in found.entries] == ["xn--bro-hoa", "_a._b", "ab--cd"]


def test_what_is_written_is_read_again() -> None:
    entries = [one for _, one in read("example.com", FILE).entries]
    again = read("example.com", written("example.com", entries))
    assert again.bad == []
    assert {one for _, one in again.entries} == set(entries)


def test_of_a_thousand_lines_the_three_bad_ones_are_told() -> None:
    lines = [f"h{number} 300 IN A 192.0.2.{number % 250}" for number in range(1_000)]
    for number in (10, 500, 999):
        lines[number] = f"h{number} 300 IN A 192.0.2"
    found = read("example.com", "\n".join(lines))
    assert len(found.entries) == 997
    assert [bad.line for bad in found.bad] == [11, 501, 1_000]


def test_a_file_without_end_is_read_no_further() -> None:
    found = read("example.com", "\n" * (MOST_LINES + 5) + "a A 192.0.2.1")
    assert (found.entries, found.bad) == ([], [BadLine(MOST_LINES + 1, "FILE_TOO_LONG")])


@pytest.mark.parametrize(
    "text",
    [
        "", "\x00", "(" * 60_000, '"' * 9_999, "\\", "a" * 60_000, "$", "$TTL", "$TTL x", "$ORIGIN ..", " A 1.2.3.4",
        "\ud800 A 1.2.3.4", "@ A", "@ 99999999999 A 192.0.2.1", "; only a comment", f"a{'.d' * 200} A 1.2.3.4",
    ],
)  # fmt: skip
def test_nothing_in_a_file_raises(text: str) -> None:
    assert read("example.com", text).entries == []
