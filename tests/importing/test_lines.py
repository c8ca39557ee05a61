"""A line is taken whole or refused with the field and a reason, before any database is asked."""

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.jobs.importing.lines import MOST_BYTES, read_line, read_lines
from gateway.jobs.importing.record import Entry, Refusal
from tests.importing.samples import (
    ADD_ON,
    ALL,
    CONTRACT,
    CUSTOMER,
    DOMAIN,
    INVOICE,
    MAILBOX,
    MISSING,
    PACKAGE,
    PACKAGE_TYPE,
    TARIFF,
    changed,
    line,
)


def reasons(content: bytes) -> list[Refusal]:
    read = read_line(1, content)
    return [] if isinstance(read, Entry) else read


@pytest.mark.parametrize("record", ALL, ids=lambda record: record["kind"])
def test_a_valid_record_of_every_kind_is_taken(record: dict[str, Any]) -> None:
    read = read_line(7, line(record))
    assert isinstance(read, Entry), read
    assert (read.line, read.record.kind) == (7, record["kind"])


@pytest.mark.parametrize("record", ALL, ids=lambda record: record["kind"])
def test_every_required_field_is_missed_by_name(record: dict[str, Any]) -> None:
    fields = type(read_line(1, line(record)).record).model_fields  # type: ignore[union-attr]
    required = [name for name, info in fields.items() if info.is_required()]
    for name in required:
        assert Refusal(1, record["kind"], name, "is missing") in reasons(line(changed(record, name, MISSING)))


@pytest.mark.parametrize("record", ALL, ids=lambda record: record["kind"])
def test_an_unknown_field_is_refused_by_name(record: dict[str, Any]) -> None:
    assert reasons(line(changed(record, "streeet", 1))) == [
        Refusal(1, record["kind"], "streeet", "is not a field of this kind")
    ]


@pytest.mark.parametrize(
    ("record", "path", "value", "reason"),
    [
        (PACKAGE_TYPE, "functions", ["SELECT", "SELECT"], "twice"),
        (PACKAGE_TYPE, "functions.1", "DANCE", "must be"),
        (PACKAGE_TYPE, "mailbox_limit", -1, "at least 0"),
        (PACKAGE_TYPE, "mailbox_limit", 2**31, "at most"),
        (PACKAGE_TYPE, "mailbox_limit", True, "whole number"),
        (PACKAGE_TYPE, "code", "a b", "without spaces"),
        (PACKAGE_TYPE, "code", "x" * 33, "1 to 32"),
        (TARIFF, "gross_minor", 700, "plus VAT"),
        (TARIFF, "net_minor", 5.04, "whole number"),
        (TARIFF, "net_minor", "504", "whole number"),
        (TARIFF, "net_minor", 10**13, "at most"),
        (TARIFF, "currency", "eur", "ISO 4217"),
        (TARIFF, "currency", "XYZ", "ISO 4217"),
        (TARIFF, "billing_months", 0, "at least 1"),
        (TARIFF, "vat_basis_points", 10_001, "at most"),
        (CUSTOMER, "number", "123", "right form"),
        (CUSTOMER, "number", "١٢٣٤٥٦", "right form"),
        (CUSTOMER, "number", "12345678\n", "right form"),
        (CUSTOMER, "number", 12345678, "text"),
        (CUSTOMER, "customer_kind", "ROBOT", "must be"),
        (CUSTOMER, "last_name", None, "missing for a person"),
        (CUSTOMER, "city", "K\u0000ln", "control"),
        (CUSTOMER, "city", "Köln\u202eabc", "invisible"),
        (CUSTOMER, "city", " \t ", "1 to 80"),
        (CUSTOMER, "street", "x" * 161, "1 to 160"),
        (CUSTOMER, "postcode", "1234", "5 digits"),
        (CUSTOMER, "country", "de", "ISO 3166"),
        (CUSTOMER, "country", "XX", "ISO 3166"),
        (CUSTOMER, "email", "juergen", "e-mail"),
        (CUSTOMER, "email", "a@b@example.com", "e-mail"),
        (CUSTOMER, "email", "a@example.com\r\nBcc: b@example.com", "e-mail"),
        (CUSTOMER, "language", "fr", "must be"),
        (CUSTOMER, "username", "12345678", "letter"),
        (CUSTOMER, "username", "jürgen", "a-z"),
        (CUSTOMER, "username", "shop.example", "domain"),
        (CUSTOMER, "password", "short", "8 to 256"),
        (CUSTOMER, "password", "x" * 257, "8 to 256"),
        (CUSTOMER, "password", "with\u0000a NUL", "control"),
        (CUSTOMER, "phones.0.number", "0221 123", "E.164"),
        (CUSTOMER, "phones.0.number", "+49", "E.164"),
        (CUSTOMER, "phones.0.number", "+49123456", "reached"),
        (CUSTOMER, "phones", [{"kind": "FAX", "number": "+492214710123"}] * 2, "twice"),
        (CUSTOMER, "phones", [{"kind": "FAX", "number": "+492214710123"}] * 21, "20"),
        (CUSTOMER, "bank_account.iban", "DE89370400440532013001", "IBAN"),
        (CUSTOMER, "bank_account.mandate_reference", "M 1", "right form"),
        (CUSTOMER, "bank_account.mandate_signed_on", "2023-02-29", "date"),
        (CUSTOMER, "created_at", "2026-01-01T00:00:00", "time zone"),
        (CUSTOMER, "created_at", "yesterday", "instant"),
        (CUSTOMER, "created_at", "9999-01-01T00:00:00Z", "at most"),
        (CUSTOMER, "disabled_at", 0, "instant"),
        (PACKAGE, "state", "BROKEN", "must be"),
        (PACKAGE, "name", None, "text"),
        (PACKAGE, "identification", "ä", "ASCII"),
        (CONTRACT, "ends_on", "2026-01-14", "before"),
        (CONTRACT, "starts_on", 20260115, "date"),
        (CONTRACT, "starts_on", "1026-01-15", "at least"),
        (ADD_ON, "quantity", 0, "at least 1"),
        (ADD_ON, "gross_minor", 1, "less than"),
        (DOMAIN, "name", "localhost", "full domain name"),
        (DOMAIN, "name", "-a.example", "domain name"),
        (DOMAIN, "name", "a..example", "domain name"),
        (DOMAIN, "name", "192.0.2.1", "address"),
        (DOMAIN, "name", "x" * 64 + ".example", "domain name"),
        (DOMAIN, "main", "yes", "true or false"),
        (MAILBOX, "address", "info", "e-mail"),
        (MAILBOX, "quota_mb", -1, "at least 0"),
        (INVOICE, "due_on", "2026-02-02", "before"),
        (INVOICE, "gross_minor", 601, "net_minor plus vat_minor"),
        (INVOICE, "vat_minor", 97, "sum of the taxes"),
        (INVOICE, "net_minor", 503, "sum of the lines"),
        (INVOICE, "lines.0.net_minor", 506, "quantity times"),
        (INVOICE, "lines.0.unit_net_minor", 2**63, "at most"),
        (INVOICE, "lines", [], "empty"),
        (INVOICE, "lines", INVOICE["lines"] * 2_001, "more than 2000"),
        (INVOICE, "taxes.0.vat_minor", 100, "rate"),
        (INVOICE, "taxes.0.net_minor", 505, "sum of the lines"),
        (INVOICE, "payments", [], "do not reach"),
        (INVOICE, "payments.0.amount_minor", 0, "not be 0"),
        (INVOICE, "payments.0.method", "CASH", "must be"),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, str) else None,
)
def test_a_value_that_cannot_be_is_refused_at_its_field(
    record: dict[str, Any], path: str, value: object, reason: str
) -> None:
    found = reasons(line(changed(record, path, value)))
    assert [(refusal.kind, refusal.field) for refusal in found] == [(record["kind"], path)]
    assert reason in found[0].reason


@pytest.mark.parametrize(
    ("record", "path", "value", "field", "reason"),
    [
        (CONTRACT, "state", "ENDED", "ends_on", "missing for the state"),
        (CONTRACT, "net_minor", 1, "gross_minor", "a price needs"),
        (CUSTOMER, "customer_kind", "COMPANY", "company_name", "missing for a company"),
        (INVOICE, "taxes.0.vat_basis_points", 700, "taxes", "rates of the lines"),
        (INVOICE, "state", "OPEN", "payments", "reach"),
    ],
)
def test_what_does_not_go_together_is_refused_at_the_field_to_mend(
    record: dict[str, Any], path: str, value: object, field: str, reason: str
) -> None:
    found = reasons(line(changed(record, path, value)))
    assert [(refusal.kind, refusal.field) for refusal in found] == [(record["kind"], field)]
    assert reason in found[0].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "JSON"),
        (b"[]", "object"),
        (b"null", "object"),
        (b'"customer"', "object"),
        (b"{}", "one of"),
        (b'{"kind": "dragon"}', "one of"),
        (b'{"kind": {}}', "one of"),
        (b'{"kind": "domain"} {"kind": "domain"}', "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"kind": "domain", "name": "\\ud800"}', "JSON"),
        (b'{"kind": "domain", "name": "\xff"}', "UTF-8 at byte 29"),
        (b'{"kind": "domain", "main": NaN}', ""),
        (b"9" * 5_000, ""),
        (b'{"kind": "domain", "main": ' + b"9" * 5_000 + b"}", ""),
    ],
    ids=lambda value: str(value[:20]),
)
def test_what_is_no_record_is_refused_as_a_whole(content: bytes, reason: str) -> None:
    found = reasons(content)
    assert found
    assert reason in found[0].reason


SECRETS = ("DE89370400440532013001", "geheim", "Apfelbaum-Regen-73\u0000")


def test_a_reason_never_repeats_a_secret() -> None:
    wrong = changed(changed(CUSTOMER, "bank_account.iban", SECRETS[0]), "password", SECRETS[2])
    wrong[SECRETS[1] + " "] = SECRETS[1]
    told = repr(reasons(line(wrong)))
    assert all(secret not in told for secret in SECRETS)
    assert "bank_account.iban" in told
    assert "password" in told


def test_a_record_does_not_show_its_secrets() -> None:
    shown = repr(read_line(1, line(CUSTOMER)))
    assert "Apfelbaum" not in shown
    assert "DE893704" not in shown


def test_the_name_of_an_unknown_field_cannot_break_out_of_the_report() -> None:
    found = reasons(line(changed(DOMAIN, "a\u001b[2Jb", 1)))
    assert [refusal.field for refusal in found] == ["?"]


def test_everything_wrong_with_a_line_is_told_up_to_a_bound() -> None:
    found = reasons(line({"kind": "customer"} | {f"unknown_{n}": n for n in range(100)}))
    assert len(found) == 10


def test_texts_are_trimmed_and_composed() -> None:
    read = read_line(1, line(changed(CUSTOMER, "city", "  Ko\u0308ln ")))
    assert isinstance(read, Entry)
    assert read.record.city == "Köln"  # type: ignore[union-attr]


def test_a_domain_in_a_labels_is_the_same_as_in_unicode() -> None:
    read = [read_line(1, line(changed(DOMAIN, "name", name))) for name in ("XN--BCHER-KVA.example", "Bücher.example")]
    assert isinstance(read[0], Entry)
    assert read[0] == read[1]


def test_lines_are_counted_through_blank_ones_and_line_ends_do_not_matter() -> None:
    file = io.BytesIO(b"\xef\xbb\xbf" + line(DOMAIN).replace(b"\n", b"\r\n") + b"\n  \n" + line(MAILBOX).rstrip())
    assert [(read.line, size) for read, size in read_lines(file) if isinstance(read, Entry)] == [
        (1, 3 + len(line(DOMAIN)) + 1),
        (4, len(line(MAILBOX)) - 1),
    ]


def test_a_line_of_a_mebibyte_is_read_and_one_byte_more_is_refused() -> None:
    fits = line(DOMAIN).rstrip().ljust(MOST_BYTES)
    file = io.BytesIO(fits + b"\n" + fits + b" \n" + line(MAILBOX))
    first, second, third = [read for read, _ in read_lines(file)]
    assert isinstance(first, Entry)
    assert second == [Refusal(2, None, None, "is longer than 1048576 bytes")]
    assert isinstance(third, Entry)
    assert third.line == 3


class Endless(io.RawIOBase):
    """A line that goes on for 200 MB."""

    def __init__(self) -> None:
        self.left = 200_000_000

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), self.left)
        buffer[:size] = b"x" * size
        self.left -= size
        return size


def test_an_endless_line_takes_no_memory() -> None:
    tracemalloc.start()
    read = [read for read, _ in read_lines(io.BufferedReader(Endless()))]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(read) == 1
    assert peak < 20_000_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(record=st.sampled_from(ALL), field=st.integers(0, 30), value=JSON)
def test_any_value_anywhere_is_taken_or_refused_but_never_breaks(
    record: dict[str, Any], field: int, value: Any
) -> None:
    name = list(record)[field % len(record)]
    content = json.dumps(record | {name: value}).encode()
    read = read_line(3, content)
    assert isinstance(read, Entry) or all(refusal.line == 3 and refusal.reason for refusal in read)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_but_never_break(content: bytes) -> None:
    assert not isinstance(read_line(1, content), Entry)
