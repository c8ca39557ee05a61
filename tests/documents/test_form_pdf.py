"""Forms and receipts on paper: everything within the page, whatever was stored, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from gateway.documents.company import DEMO_COMPANY
from gateway.documents.declaration import DeclarationDocument
from gateway.documents.declaration_pdf import lay_out_declaration, render_declaration
from gateway.documents.form import FormContract, FormDocument, FormDomain
from gateway.documents.form_pdf import lay_out_form, render_form
from gateway.documents.form_words import WORDS
from gateway.documents.letter import LEFT, RIGHT, Letter
from gateway.documents.party import Party
from models.rules.declaration import CANCELLATION, EXTRAORDINARY, WITHDRAWAL, Content
from models.rules.form import FormKind

LANGUAGES = ("de", "en")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 2
WIDE = "W" * 253


def form(kind: FormKind, language: str, *, long: bool = False, domains: int = 2) -> FormDocument:
    """A form filled in, with ordinary or with the longest values."""
    customer = Party(
        LONG[:160] if long else "Anna & Töchter", "Große Straße 1", "20095", "Hamburg", "DE",
        extra=LONG[:160] if long else "Anna Ärmel", number="10001",
    )  # fmt: skip
    contract = FormContract("V-00017", WIDE[:80] if long else "Mein Laden", "web00017", "Web L monatlich")
    listed = tuple(
        FormDomain(WIDE if long else f"laden-{n}.example", f"{LONG if long else 'Otto Ohm'}, Kai {n}, 20095 Hamburg")
        for n in range(domains)
    )
    return FormDocument(kind, language, DEMO_COMPANY, customer, "anna@example.com", date(2026, 3, 2), contract, listed)


def content(kind: str = EXTRAORDINARY, *, long: bool = False) -> Content:
    return Content(
        "K-7Q2M-9XKD-3FTA", kind, LONG[:160] if long else "Zoë Müller", WIDE[:200] if long else None,
        "V-1 <b>x</b>" if not long else WIDE + "W" * 147,
        None if kind != EXTRAORDINARY else ("ein Grund\n" * 180 + WIDE[:200] if long else "Erstens\n\nZweitens"),
        None if kind == WITHDRAWAL else date(2026, 4, 1), "zoe@example.com", datetime(2026, 3, 2, 23, 30, 5, tzinfo=UTC),
    )  # fmt: skip


def within(letter: Letter) -> None:
    """Nothing stands outside of its page, and no running text in the foot."""
    for page in letter.pages:
        for text in page.texts:
            assert text.x >= 5
            assert text.x + text.width <= RIGHT + 0.1, text.content
            assert 5 <= text.y <= 292, text.content
        for rule in page.rules:
            assert rule.x2 <= 210
        bodies = [text.y for text in page.texts if text.size >= 8.5 and text.x >= LEFT]
        assert max(bodies) <= letter.bottom + 1


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(FormKind))
@pytest.mark.parametrize("long", [False, True], ids=["ordinary", "longest"])
def test_nothing_of_a_form_overflows(kind: FormKind, language: str, long: bool) -> None:
    within(lay_out_form(form(kind, language, long=long, domains=40 if long else 2)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(FormKind))
def test_a_form_is_filled_in_and_says_where_to_send_it(kind: FormKind, language: str) -> None:
    text = read(render_form(form(kind, language)))
    for known in ("Anna & Töchter", "10001", "V-00017", "Mein Laden (web00017)", "anna@example.com"):
        assert known in text
    assert WORDS[language].title[kind] in text
    assert "Musterhost GmbH, Hafenstraße 12, 20457 Hamburg" in text
    assert DEMO_COMPANY.email is not None
    assert DEMO_COMPANY.email in text
    assert text.count(WORDS[language].signature) == {
        FormKind.DOMAIN_HOLDER_CHANGE: 2,
        FormKind.CONTRACT_TRANSFER: 3,
    }.get(kind, 1)


def test_a_transfer_is_signed_by_both_sides_and_the_provider() -> None:
    text = read(render_form(form(FormKind.CONTRACT_TRANSFER, "de")))
    assert text.index("Bisheriger Inhaber") < text.rindex("Zustimmung des Anbieters")
    assert text.count("Ort, Datum") == 3


def test_a_holder_change_names_each_domain_with_whom_it_is_registered_for() -> None:
    text = read(render_form(form(FormKind.DOMAIN_HOLDER_CHANGE, "de")))
    assert "laden-0.example Bisheriger Inhaber: Otto Ohm, Kai 0, 20095 Hamburg" in text
    assert "laden-1.example Bisheriger Inhaber: Otto Ohm, Kai 1, 20095 Hamburg" in text


def test_a_cancellation_names_every_domain_however_many_there_are() -> None:
    text = read(render_form(form(FormKind.CANCELLATION, "de", domains=120)))
    assert all(f"laden-{n}.example" in text for n in range(120))


def test_the_same_form_has_the_same_bytes() -> None:
    assert render_form(form(FormKind.UPGRADE, "de")) == render_form(form(FormKind.UPGRADE, "de"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [CANCELLATION, EXTRAORDINARY, WITHDRAWAL])
@pytest.mark.parametrize("long", [False, True], ids=["ordinary", "longest"])
def test_nothing_of_a_receipt_overflows(kind: str, language: str, long: bool) -> None:
    within(lay_out_declaration(DeclarationDocument(language, DEMO_COMPANY, content(kind, long=long))))


def test_a_receipt_says_what_arrived_when_there_and_in_utc_with_its_digest() -> None:
    said = content()
    text = read(render_declaration(DeclarationDocument("de", DEMO_COMPANY, said)))
    for known in (
        said.number,
        said.name,
        "V-1 <b>x</b>",
        "Erstens",
        "Zweitens",
        "01.04.2026",
        said.email,
        said.sha256(),
    ):
        assert known in text
    assert "03.03.2026, 00:30:05 Uhr (Berlin), 23:30:05 Uhr UTC" in text
    english = read(render_declaration(DeclarationDocument("en", DEMO_COMPANY, said)))
    assert "3 March 2026, 00:30:05 (Berlin), 23:30:05 UTC" in english


def test_a_withdrawal_names_no_end_and_a_cancellation_without_a_day_the_next_possible() -> None:
    withdrawn = read(render_declaration(DeclarationDocument("de", DEMO_COMPANY, content(WITHDRAWAL))))
    assert "Widerruf des Vertrags" in withdrawn
    assert "Vertragsende" not in withdrawn
    soonest = Content(*("K-1", CANCELLATION, "Zoë", None, "V-1", None, None, "z@example.com", content().received_at))
    assert "zum nächstmöglichen Zeitpunkt" in read(render_declaration(DeclarationDocument("de", DEMO_COMPANY, soonest)))
