"""The invoice as people read it and as programs find it: texts, pages, file."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pytest
from fpdf import FPDF
from pypdf import PdfReader

from gateway.documents.invoice import InvoiceDocument, InvoiceLine, InvoicePayment, PaymentMethod, PaymentState
from gateway.documents.invoice_pdf import render_invoice
from tests.documents.sample_invoice import ISSUER, LINES, RECIPIENT, invoice, many_lines


def pages(document: InvoiceDocument) -> list[str]:
    """The text of each page, on one line."""
    reader = PdfReader(io.BytesIO(render_invoice(document)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text(document: InvoiceDocument) -> str:
    return " ".join(pages(document))


def test_a_german_invoice_says_all_that_the_law_asks_for() -> None:
    printed = text(invoice())
    for expected in (
        "Rechnung 2026-104711",
        *("Musterhost GmbH", "Hafenstraße 12", "20457 Hamburg", "USt-IdNr. DE123456789", "Steuernr. 27/123/45678"),
        *("Bäckerei Süßkind & Söhne OHG", "Frau Zoë Müller-Lüdenscheidt", "Große Elbstraße 7a", "22767 Hamburg"),
        *("Rechnungsdatum", "22.11.2026", "Leistungszeitraum", "01.11.2026 – 30.11.2026", "Kundennummer", "4711007"),
        *("Nettobetrag", "299,24 €", "Umsatzsteuer 19 %", "auf 255,74 €", "48,59 €"),
        *("Umsatzsteuer 7 %", "auf 43,50 €", "3,05 €", "Rechnungsbetrag", "350,88 €"),
        *("Amtsgericht Hamburg HRB 123456", "Łucja Grünwald,", "Jörg Öztürk", "IBAN DE02 1203 0000 0000 2020 51"),
        "Seite 1 von 1",
    ):
        assert expected in printed, expected


def test_an_english_invoice_says_the_same_in_english() -> None:
    printed = text(invoice(language="en"))
    for expected in (
        *("Invoice 2026-104711", "Invoice date", "22 November 2026", "Period of service", "1 November 2026 –"),
        *("Net total", "€299.24", "VAT 19%", "on €255.74", "Invoice total", "€350.88", "Page 1 of 1"),
        "We will collect €350.88 on 6 December 2026 by SEPA direct debit from your account ending in 3000.",
    ):
        assert expected in printed, expected
    assert "Rechnung " not in printed


def test_every_position_shows_its_values() -> None:
    printed = text(invoice())
    assert "2 Domain süßkind.example, 12 Monate 1 Jahr 12,00 € 19 % 12,00 €" in printed
    assert "2,5 Stunde 89,50 € 19 % 223,75 €" in printed
    assert "4 Handbuch „Mein Shop“ (gedruckt) 3 Stück 14,50 € 7 % 43,50 €" in printed


def test_units_the_catalogue_knows_are_written_in_the_language_of_the_invoice() -> None:
    lines = (replace(LINES[0], unit="month"),)
    assert "1 Monat 19,99 €" in text(invoice(lines))
    assert "1 month €19.99" in text(invoice(lines, language="en"))


def test_without_a_period_the_day_of_service_is_that_of_the_invoice() -> None:
    assert "entspricht dem Rechnungsdatum" in text(invoice(period_from=None, period_to=None))


def test_the_reason_for_a_missing_vat_stands_below_the_totals() -> None:
    lines = (InvoiceLine(1, "Webhosting", 1_000, "Monat", 1_000, 1_000, 0),)
    document = invoice(lines)
    reason = "Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG)"
    printed = text(replace(document, taxes=(replace(document.taxes[0], note=reason),)))
    assert f"Umsatzsteuer 0 %: {reason}" in printed


RECEIVED = InvoicePayment(date(2026, 12, 1), PaymentMethod.TRANSFER, 10_000)
COLLECTED = InvoicePayment(date(2026, 12, 6), PaymentMethod.DIRECT_DEBIT, 35_088)
RETURNED = InvoicePayment(date(2026, 12, 9), PaymentMethod.DIRECT_DEBIT, -35_088)

STATES = [
    (
        invoice(),
        [
            "Zahlung: offen",
            "350,88 € ziehen wir zum 06.12.2026 per SEPA-Lastschrift",
            "mit den letzten Stellen 3000 ein.",
            "Mandatsreferenz: MH-4711007-1 · Gläubiger-Identifikationsnummer: DE98ZZZ09999999999",
        ],
        ["Verwendungszweck"],
    ),
    (
        invoice(direct_debit=None),
        [
            "Bitte überweisen Sie den Betrag von 350,88 € bis zum 06.12.2026",
            "Kontoinhaber Musterhost GmbH IBAN DE02 1203 0000 0000 2020 51 BIC BYLADEM1001",
            "Verwendungszweck 2026-104711",
        ],
        ["Mandatsreferenz", "Lastschrift"],
    ),
    (
        invoice(state=PaymentState.DEBIT_PENDING),
        ["Zahlung: Lastschrift läuft", "wird zurzeit per SEPA-Lastschrift eingezogen", "Mandatsreferenz"],
        ["überweisen", "Verwendungszweck"],
    ),
    (
        invoice(state=PaymentState.DEBIT_RETURNED, payments=(COLLECTED, RETURNED)),
        [
            "Ihre Bank hat die Lastschrift zurückgegeben.",
            "Verwendungszweck 2026-104711",
            "Lastschrift vom 06.12.2026 350,88 € Rücklastschrift vom 09.12.2026 -350,88 € Noch offen 350,88 €",
        ],
        ["ziehen wir"],
    ),
    (
        invoice(state=PaymentState.OVERDUE, direct_debit=None, payments=(RECEIVED,)),
        ["Zahlung: überfällig", "250,88 € war am 06.12.2026 fällig", "Überweisung vom 01.12.2026 100,00 €"],
        ["ziehen wir"],
    ),
    (
        invoice(state=PaymentState.PAID, payments=(COLLECTED,)),
        ["Zahlung: bezahlt", "Diese Rechnung ist bezahlt.", "Lastschrift vom 06.12.2026 350,88 €"],
        ["überweisen", "ziehen wir", "Noch offen", "Mandatsreferenz"],
    ),
    (
        invoice(state=PaymentState.CANCELLED),
        ["Rechnung storniert", "Es ist nichts zu zahlen."],
        ["überweisen", "ziehen wir"],
    ),
    (
        invoice((*LINES, InvoiceLine(5, "Gutschrift", 1_000, "Stück", -40_000, -40_000, 1_900))),
        ["Das Guthaben von", "Rechnungsbetrag -125,12 €"],
        ["überweisen", "ziehen wir"],
    ),
    (
        invoice(direct_debit=None, payments=(replace(COLLECTED, method=PaymentMethod.TRANSFER),)),
        ["Es ist nichts zu zahlen.", "Noch offen 0,00 €"],
        ["Bitte überweisen"],
    ),
]


@pytest.mark.parametrize(("document", "said", "unsaid"), STATES)
def test_the_customer_reads_what_to_do(document: InvoiceDocument, said: list[str], unsaid: list[str]) -> None:
    printed = text(document)
    for expected in said:
        assert expected in printed, expected
    for absent in unsaid:
        assert absent not in printed, absent


@pytest.mark.parametrize("state", PaymentState)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_state_has_its_heading_in_both_languages(language: str, state: PaymentState) -> None:
    headings = {
        other: re.search(r"(?:Zahlung|Payment): \w+|Rechnung storniert|Invoice cancelled", printed)
        for other in PaymentState
        if (printed := text(invoice(language=language, state=other)))
    }
    assert headings[state] is not None
    assert len({match[0] for match in headings.values() if match}) >= 5


@pytest.mark.parametrize(("language", "carried"), [("de", "Übertrag"), ("en", "Carried over")])
def test_two_hundred_positions_carry_their_sum_from_page_to_page(language: str, carried: str) -> None:
    lines = many_lines(200)
    printed = pages(invoice(lines, language=language))
    assert 6 <= len(printed) <= 9
    amount = r"€?([\d.,]+)"
    seen, total = 0, sum(line.net_minor for line in lines)
    for number, page in enumerate(printed, start=1):
        numbering = "Seite {} von {}" if language == "de" else "Page {} of {}"
        assert numbering.format(number, len(printed)) in page
        assert ("Pos. Leistung" if language == "de" else "No. Description") in page
        carries = [int(re.sub(r"\D", "", found)) for found in re.findall(f"{carried} {amount}", page)]
        here = [line for line in lines if f"kunde-{line.position:03d}.example" in page]
        before, after = seen, seen + sum(line.net_minor for line in here)
        expected = ([before] if number > 1 else []) + ([after] if after < total else [])
        assert carries == expected
        seen = after
        assert here
    assert seen == total


@pytest.mark.parametrize("count", range(14, 40))
def test_totals_never_stand_on_a_page_without_a_position(count: int) -> None:
    lines = tuple(replace(line, description="Webhosting") for line in many_lines(count))
    printed = pages(invoice(lines))
    last = next(page for page in printed if "Nettobetrag" in page)
    assert "Webhosting" in last


def test_the_same_invoice_is_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_invoice(invoice())
    begin = FPDF.__init__

    def begin_later(self: FPDF, *arguments: Any, **options: Any) -> None:
        begin(self, *arguments, **options)
        self.creation_date = datetime(2031, 1, 1, 12, tzinfo=UTC)  # fpdf2 reads the clock here

    monkeypatch.setattr(FPDF, "__init__", begin_later)
    assert render_invoice(invoice()) == first
    assert render_invoice(invoice(issued_on=date(2026, 11, 23))) != first


def test_the_file_is_small_and_its_fonts_are_embedded_subsets() -> None:
    data = render_invoice(invoice(many_lines(200)))
    assert len(render_invoice(invoice())) < 40_000
    assert len(data) < 100_000
    fonts = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                (descendant,) = font.DescendantFonts
                fonts[str(font.BaseFont)] = bytes(descendant.FontDescriptor.FontFile2.read_bytes())
                assert "/ToUnicode" in font
    assert len(fonts) == 2
    for name, file in fonts.items():
        assert re.fullmatch(r"/[A-Z]{6}\+SourceSansPro(-?Bold)?", name)
        assert len(file) < 20_000


def test_the_file_is_marked_as_pdf_a_3b_and_describes_itself() -> None:
    data = render_invoice(invoice(issuer=replace(ISSUER, name="Müller <&> Söhne")))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert "/ID" in pdf.trailer
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3B"
            assert metadata["dc:title"] == "Rechnung 2026-104711"
            assert metadata["dc:creator"] == ["Müller <&> Söhne"]
            assert metadata["xmp:CreateDate"] == "2026-11-22T00:00:00+00:00"
            assert metadata["xmp:ModifyDate"] == metadata["xmp:CreateDate"]


HOSTILE = "**fett** __kursiv__ [Klick](https://evil.example) <b>x</b> {nb} {page} \\ ) Tj ET (\r\n%%EOF"


def test_a_customers_text_is_text_and_nothing_else() -> None:
    lines = (replace(LINES[0], description=HOSTILE, unit="{nb}"), *LINES[1:])
    document = invoice(lines, recipient=replace(RECIPIENT, name=HOSTILE, extra="{pages}"), number="{number}{nb}")
    data = render_invoice(document)
    printed = text(document)
    for literal in ("**fett** __kursiv__", "[Klick](https://evil.example)", "<b>x</b>", "{page}", "{pages}", "%%EOF"):
        assert literal in printed, literal
    assert "Rechnung {number}{nb}" in printed
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert all("/Annots" not in page or not len(page.Annots) for page in pdf.pages)
        assert "/Names" not in pdf.Root
        assert "/AcroForm" not in pdf.Root


def test_a_title_cannot_break_out_of_the_metadata() -> None:
    number = "1</rdf:li><pdfaid:part>1</pdfaid:part>\x00&"
    with pikepdf.open(io.BytesIO(render_invoice(invoice(number=number)))) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3B"
        assert metadata["dc:title"] == "Rechnung 1</rdf:li><pdfaid:part>1</pdfaid:part>◊&"
