"""GiroCodes as banking apps read them (EPC069-12)."""

from __future__ import annotations

from dataclasses import replace

import pytest
import segno
import zxingcpp
from PIL import Image

from gateway.documents.giro_code import Transfer, giro_code, giro_text, transfer_for
from gateway.documents.invoice import (
    DocumentKind,
    InvoiceDocument,
    InvoiceLine,
    InvoicePayment,
    PaymentMethod,
    PaymentState,
)
from gateway.documents.invoice_pdf import lay_out_invoice
from gateway.documents.page import HEIGHT, WIDTH, Page
from tests.documents.sample_invoice import ISSUER, LINES, invoice
from tests.reading_qr import read_qr

TRANSFER = Transfer("Musterhost GmbH", "DE02 1203 0000 0000 2020 51", "BYLADEM1001", 35_088, "R2026-104711")

TEXT = "BCD\n002\n1\nSCT\nBYLADEM1001\nMusterhost GmbH\nDE02120300000000202051\nEUR350.88\n\n\nR2026-104711"


def test_the_code_says_who_gets_how_much_and_for_what() -> None:
    code = giro_code(TRANSFER)
    assert code is not None
    assert code.text == giro_text(TRANSFER) == TEXT
    assert read_qr(code.svg) == TEXT
    assert code.symbol.error == "M"


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({"bic": None}, 4, ""),
        ({"amount_minor": 1}, 7, "EUR0.01"),
        ({"amount_minor": 99_999_999_999}, 7, "EUR999999999.99"),
        ({"beneficiary": "Łucja Grünwald & Söhne"}, 5, "Łucja Grünwald & Söhne"),
        ({"beneficiary": "x" * 100}, 5, "x" * 70),
        ({"beneficiary": "Muster\nGmbH\x00\u202e"}, 5, "Muster GmbH"),
        ({"reference": "R 1\nBCD\r\n002"}, 10, "R 1 BCD 002"),
    ],
)
def test_every_value_stays_on_its_line(change: dict[str, object], line: int, said: str) -> None:
    code = giro_code(replace(TRANSFER, **change))  # type: ignore[arg-type]  # fields of the transfer
    assert code is not None
    read = read_qr(code.svg).split("\n")
    assert read[line] == said
    assert len(read) == 11


def test_a_code_is_never_larger_than_the_guideline_allows() -> None:
    """331 bytes at level M: version 13."""
    longest = replace(TRANSFER, beneficiary="x" * 70, reference="y" * 140)
    code = giro_code(longest)
    assert code is not None
    assert int(code.symbol.version) <= 13
    assert giro_code(replace(longest, beneficiary="Ж" * 70, reference="Ж" * 100)) is None


RECEIVED = InvoicePayment(ISSUED := invoice().issued_on, PaymentMethod.TRANSFER, 10_088)

TRANSFERRED = [
    (invoice(direct_debit=None), 35_088),
    (invoice(direct_debit=None, payments=(RECEIVED,)), 25_000),
    (invoice(direct_debit=None, state=PaymentState.OVERDUE), 35_088),
    (invoice(state=PaymentState.DEBIT_RETURNED), 35_088),
    (invoice(state=PaymentState.OVERDUE), 35_088),
]

NOT_TRANSFERRED = [
    invoice(),
    invoice(state=PaymentState.DEBIT_PENDING),
    invoice(direct_debit=None, state=PaymentState.PAID),
    invoice(direct_debit=None, state=PaymentState.CANCELLED),
    invoice(direct_debit=None, currency="CHF"),
    invoice(direct_debit=None, kind=DocumentKind.CREDIT_NOTE),
    invoice(direct_debit=None, payments=(replace(RECEIVED, amount_minor=35_088),)),
    invoice((*LINES, InvoiceLine(5, "Gutschrift", 1_000, "Stück", -40_000, -40_000, 1_900)), direct_debit=None),
]


@pytest.mark.parametrize(("document", "amount"), TRANSFERRED)
def test_what_is_to_be_transferred_has_a_code(document: InvoiceDocument, amount: int) -> None:
    transfer = transfer_for(document)
    assert transfer == Transfer(ISSUER.name, ISSUER.iban, ISSUER.bic, amount, "2026-104711")
    assert sum(bool(page.boxes) for page in lay_out_invoice(document).pages) == 1


@pytest.mark.parametrize("document", NOT_TRANSFERRED)
def test_what_is_not_to_be_transferred_has_none(document: InvoiceDocument) -> None:
    assert transfer_for(document) is None
    assert not any(page.boxes for page in lay_out_invoice(document).pages)


def picture(page: Page) -> Image.Image:
    """The boxes of a page in black on white, ten pixels a millimetre."""
    scale = 10
    drawn = Image.new("L", (int(WIDTH) * scale, int(HEIGHT) * scale), 255)
    for box in page.boxes:
        corner = (round(box.x * scale), round(box.y * scale))
        drawn.paste(0, (*corner, round((box.x + box.width) * scale), round((box.y + box.height) * scale)))
    return drawn


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("count", [1, 30])
def test_the_code_on_the_page_can_be_read_and_nothing_is_written_over_it(count: int, language: str) -> None:
    lines = tuple(InvoiceLine(n, "Webhosting", 1_000, "month", 500, 500, 1_900) for n in range(1, count + 1))
    document = invoice(lines, direct_debit=None, language=language, issuer=replace(ISSUER, name="Muster" * 20))
    (page,) = (page for page in lay_out_invoice(document).pages if page.boxes)
    (found,) = zxingcpp.read_barcodes(picture(page))
    expected = transfer_for(document)
    assert expected is not None
    assert found.text == giro_text(expected)
    assert found.ec_level == "M"
    left, top = min(box.x for box in page.boxes), min(box.y for box in page.boxes)
    right, bottom = max(box.x + box.width for box in page.boxes), max(box.y + box.height for box in page.boxes)
    modules = segno.make_qr(giro_text(expected), error="m", boost_error=False).symbol_size(border=0)[0]
    quiet = 3.9 * (right - left) / modules
    for text in page.texts:
        beside = text.x + text.width <= left - quiet or text.x >= right + quiet
        # The baseline of what stands below is as far away as its letters are high.
        above_or_below = text.y <= top - quiet * 0.5 or text.y - text.size * 0.25 >= bottom + quiet * 0.5
        assert beside or above_or_below, text
    assert bottom < HEIGHT - 30


@pytest.mark.parametrize("count", range(8, 24))
def test_the_code_stays_above_the_foot_and_beside_its_account(count: int) -> None:
    lines = tuple(InvoiceLine(n, "Webhosting", 1_000, "month", 500, 500, 1_900) for n in range(1, count + 1))
    letter = lay_out_invoice(invoice(lines, direct_debit=None, state=PaymentState.OVERDUE))
    (page,) = (page for page in letter.pages if page.boxes)
    assert max(box.y + box.height for box in page.boxes) <= letter.bottom
    assert any(text.content == "Verwendungszweck" for text in page.texts)
    assert any(text.content == "Zahlung: überfällig" for text in page.texts)
