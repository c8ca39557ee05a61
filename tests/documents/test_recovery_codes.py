"""The sheet of recovery codes, and the QR code of an authenticator."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from gateway.documents.company import DEMO_COMPANY
from gateway.documents.party import Party
from gateway.documents.qr import qr_svg
from gateway.documents.recovery_codes import RecoveryCodesDocument
from gateway.documents.recovery_codes_pdf import lay_out_recovery_codes, render_recovery_codes
from tests.reading_qr import read_qr

CODES = tuple(f"{n}k3f-9mqx-02ha-vw5t" for n in range(10))


def sheet(language: str = "de", name: str = "Katharina Weiß") -> RecoveryCodesDocument:
    recipient = Party(name=name, street="Weg 1", postcode="20095", city="Hamburg", country="DE", number="20481937")
    return RecoveryCodesDocument(language, DEMO_COMPANY, recipient, date(2026, 3, 2), CODES)


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", ["Wiederherstellungscodes", "02.03.2026", "Kundennummer"]), ("en", ["Recovery codes", "Customer number"])],
)
def test_the_sheet_shows_every_code_and_how_to_use_it(language: str, words: list[str]) -> None:
    reader = PdfReader(io.BytesIO(render_recovery_codes(sheet(language))))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    for shown in (*CODES, *words, "Katharina Weiß", "20481937", DEMO_COMPANY.name):
        assert shown in text


def test_the_codes_stand_in_two_columns_one_below_the_other() -> None:
    places = {text.content: (text.x, text.y) for text in lay_out_recovery_codes(sheet()).page.texts}
    left, right = [places[code] for code in CODES[:5]], [places[code] for code in CODES[5:]]
    assert len({x for x, _ in left}) == len({x for x, _ in right}) == 1
    assert right[0][0] - left[0][0] > 60
    assert [y for _, y in left] == [y for _, y in right] == sorted({y for _, y in left})


def test_the_codes_do_not_show_in_what_is_logged_of_a_sheet() -> None:
    assert CODES[0] not in repr(sheet())


@pytest.mark.parametrize("text", ["otpauth://totp/M%C3%BCller:1?secret=ABC&issuer=M%C3%BCller", "x" * 300])
def test_a_qr_code_can_be_read_back(text: str) -> None:
    assert read_qr(qr_svg(text)) == text


def test_a_qr_code_is_a_picture_and_nothing_else() -> None:
    svg = qr_svg("otpauth://totp/x?secret=ABC")
    assert svg.startswith("<svg")
    assert "viewBox" in svg
    for unwanted in ("<script", "href", "<?xml", "<title", "ABC", "onload", "style"):
        assert unwanted not in svg
