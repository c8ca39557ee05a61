"""The receipt of a cancellation: what it says, in both languages, and that nothing is lost when there is much of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from gateway.documents.cancellation import CancellationDocument, EndingDomainEntry, EndingEntry
from gateway.documents.cancellation_pdf import render_cancellation
from gateway.documents.company import DEMO_COMPANY
from gateway.documents.party import Party

DOCUMENT = CancellationDocument(
    language="de",
    issuer=DEMO_COMPANY,
    customer=Party("Anna Ärmel & Töchter", "Große Straße 1", "20095", "Hamburg", "DE", number="10001"),
    number="K-2026-7QX3M2PA",
    subject="PACKAGE",
    name="Shop Nº 7",
    order_number="A-00007",
    contract_number="V-00017",
    declared_at=datetime(2026, 7, 2, 22, 30, 7, tzinfo=UTC),
    ends_on=date(2026, 8, 31),
    undo_until=datetime(2026, 8, 31, 22, tzinfo=UTC),
    domains=(
        EndingDomainEntry("bücher-müller.example", "TRANSFER"),
        EndingDomainEntry("laden.example", "KEEP", "Verein Nº 8"),
        EndingDomainEntry("alt.example", "DELETE"),
    ),
    endings=(
        EndingEntry("MAILBOXES", 14, tuple(f"postfach-{number}@laden.example" for number in range(14))),
        EndingEntry("DOMAINS", 3, ("bücher-müller.example", "laden.example", "alt.example")),
        EndingEntry("ADD_ONS", 0),
        EndingEntry("WEB_SPACE", None),
        EndingEntry("BACKUPS", None),
    ),
    refund="4,20 €",
    revoked_tariff="Web XL",
    sha256="0123456789abcdef" * 4,
)


def text(document: CancellationDocument) -> str:
    """What a reader finds, in one line."""
    pages = PdfReader(BytesIO(render_cancellation(document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_says_what_was_declared_when_and_what_ends() -> None:
    said = text(DOCUMENT)
    for part in (
        "K-2026-7QX3M2PA", "10001", "Shop Nº 7", "V-00017", "A-00007", "31.08.2026",
        "03.07.2026, 00:30:07 Uhr (CEST, UTC+02:00)",
        "31.08.2026, 23:59:59 Uhr (CEST, UTC+02:00)",
        "14 Postfächer: postfach-0@laden.example", "und 2 weitere", "Sicherungen",
        "bücher-müller.example geht zu einem anderen Anbieter", "alt.example wird gelöscht",
        "laden.example bleibt bei uns und zieht um in das Paket „Verein Nº 8“",
        "4,20 €", "Web XL", "0123456789abcdef 0123456789abcdef",
    ):  # fmt: skip
        assert part in said, part
    assert "Zusatzleistungen" not in said
    assert "3 Domains" not in said


def test_it_is_there_in_english_and_in_winter_time() -> None:
    said = text(
        replace(
            DOCUMENT, language="en", refund=None, declared_at=datetime(2026, 1, 5, 11, tzinfo=UTC), subject="ADD_ON"
        )
    )
    assert "Confirmation of your cancellation" in said
    assert "12:00:00 (CET, UTC+01:00)" in said
    assert "none: it is paid until the last day" in said


@pytest.mark.parametrize("count", [1, 40, 400])
def test_every_domain_is_on_it(count: int) -> None:
    names = [f"domain-{number}.{'sehr-' * 20}lang.example" for number in range(count)]
    said = text(replace(DOCUMENT, domains=tuple(EndingDomainEntry(name, "DELETE") for name in names)))
    for name in names:
        assert name.partition(".")[0] in said


def test_the_same_document_is_the_same_file() -> None:
    assert render_cancellation(DOCUMENT) == render_cancellation(DOCUMENT)
