"""Where things stand on the paper: DIN 5008 form B, in millimetres from the upper left corner."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from gateway.documents.invoice import InvoiceDocument, PaymentState
from gateway.documents.invoice_pdf import lay_out_invoice, render_invoice
from gateway.documents.letter import LEFT, RIGHT
from gateway.documents.page import HEIGHT, WIDTH, Page, Text
from gateway.documents.party import Party
from tests.documents.sample_invoice import DEBIT, ISSUER, LINES, RECIPIENT, invoice, many_lines


def placed(document: InvoiceDocument, page: int = 0) -> dict[str, tuple[float, float]]:
    """Each text of a page in the file with its place."""
    places: dict[str, tuple[float, float]] = {}

    def visit(text: str, _cm: Any, matrix: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            places.setdefault(text.strip(), (matrix[4] / 72 * 25.4, HEIGHT - matrix[5] / 72 * 25.4))

    PdfReader(io.BytesIO(render_invoice(document))).pages[page].extract_text(visitor_text=visit)
    return places


def test_the_address_stands_in_the_window() -> None:
    places = placed(invoice())
    window = [RECIPIENT.name, RECIPIENT.extra, RECIPIENT.street, "22767 Hamburg"]
    for line in window:
        x, y = places[str(line)]
        assert x == pytest.approx(25, abs=0.05)  # 5 mm inside the field that begins at 20 mm
        assert 62.7 < y < 90  # the address zone of form B
    heights = [places[str(line)][1] for line in window]
    assert heights == sorted(heights)
    x, y = places["Musterhost GmbH · Hafenstraße 12 · 20457 Hamburg"]
    assert x == pytest.approx(25, abs=0.05)
    assert 45 < y < 62.7  # the return address above it, still in the window


def test_the_information_block_and_the_subject_have_their_places() -> None:
    places = placed(invoice())
    assert places["Rechnungsnummer"][0] == pytest.approx(125, abs=0.05)
    assert 50 < places["Rechnungsnummer"][1] < 56
    assert places["Ihre USt-IdNr."][1] < 98
    x, y = places["Rechnung 2026-104711"]
    assert x == pytest.approx(25, abs=0.05)
    assert 98.46 < y < 105


def test_marks_for_folding_and_punching_are_on_the_first_page_alone() -> None:
    pages = finished(invoice(many_lines(40)))
    marks = [[rule.y1 for rule in page.rules if rule.x2 < 20] for page in pages]
    assert marks[0] == [105.0, 210.0, 148.5]
    assert not any(marks[1:])


def test_every_page_has_the_legal_data_at_its_foot() -> None:
    document = invoice(many_lines(60))
    for number in range(len(finished(document))):
        places = placed(document, number)
        assert places["Amtsgericht Hamburg HRB 123456"][1] > 260
        assert places["IBAN DE02 1203 0000 0000 2020 51"][1] > 260


def test_a_country_abroad_closes_the_address_in_capitals() -> None:
    abroad = replace(RECIPIENT, postcode="1010", city="Wien", country="AT")
    assert "ÖSTERREICH" in placed(invoice(recipient=abroad))
    assert "AUSTRIA" in placed(invoice(recipient=abroad, language="en"))
    assert "DEUTSCHLAND" not in placed(invoice())
    assert "XZ" in placed(invoice(recipient=replace(RECIPIENT, country="XZ")))


def test_empty_parts_of_an_address_leave_no_gap() -> None:
    short = Party("Ina Ihm", "", "10115", "Berlin", "DE", extra="")
    places = placed(invoice(recipient=short))
    assert places["10115 Berlin"][1] - places["Ina Ihm"][1] < 6


def test_a_name_that_is_too_long_for_the_window_is_whole_above_the_table() -> None:
    words = [f"Wort{number:03d}" for number in range(50)]
    document = invoice(recipient=replace(RECIPIENT, name=" ".join(words)))
    places = placed(document)
    assert "22767 Hamburg" in places
    assert 62.7 < places["22767 Hamburg"][1] < 90
    below = " ".join(text for text, (_, y) in places.items() if 100 < y < 125)
    assert all(word in below for word in words)
    assert "Große Elbstraße 7a, 22767" in below


def finished(document: InvoiceDocument) -> list[Page]:
    letter = lay_out_invoice(document)
    letter.finish()
    return letter.pages


def boxes(page: Page) -> list[tuple[float, float, float, float, Text]]:
    em = [text.size * 25.4 / 72 for text in page.texts]
    return [
        (text.x, text.y - 0.66 * size, text.x + text.width, text.y + 0.15 * size, text)
        for text, size in zip(page.texts, em, strict=True)
    ]


def assert_tidy(document: InvoiceDocument) -> None:
    """No text over another, none over the edge."""
    for page in finished(document):
        placed_boxes = boxes(page)
        for left, top, right, bottom, text in placed_boxes:
            assert left >= LEFT - 0.01, text
            assert right <= RIGHT + 0.01, text
            assert top > 5, text
            assert bottom < HEIGHT - 5, text
        for index, (left, top, right, bottom, text) in enumerate(placed_boxes):
            for other_left, other_top, other_right, other_bottom, other in placed_boxes[index + 1 :]:
                apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
                assert apart, (text, other)


@pytest.mark.parametrize("state", PaymentState)
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_stands_over_another(language: str, state: PaymentState) -> None:
    assert_tidy(invoice(language=language, state=state))
    assert_tidy(invoice(many_lines(80), language=language, state=state, direct_debit=None))


def test_the_page_is_a4() -> None:
    box = PdfReader(io.BytesIO(render_invoice(invoice()))).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((WIDTH / 25.4 * 72, HEIGHT / 25.4 * 72), abs=0.1)


WILD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            " ",
            "\x00",
            "W" * 500,
            "‰" * 2_000,
            "ﷺ" * 300,
            "🧑‍🚀" * 90,
            "e" + "\u0301" * 600,
            "wort " * 400,
            "שלום\u202e",
        ]
    ),
)


# Without shrinking: a failure takes minutes to shrink, and the assertion names the two texts anyway.
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    texts=st.lists(WILD, min_size=24, max_size=24),
    amount=st.integers(-(2**62), 2**62),
    count=st.integers(1, 30),
    state=st.sampled_from(PaymentState),
    debit=st.booleans(),
    language=st.sampled_from(["de", "en"]),
)
def test_no_text_however_wild_breaks_the_page(
    texts: list[str], amount: int, count: int, state: PaymentState, debit: bool, language: str
) -> None:
    wild = iter(texts)
    issuer = replace(
        ISSUER,
        **{key: "I" + next(wild) for key in ("name", "street", "city", "phone", "email", "website", "iban", "bic")},
        register_court=next(wild),
        managing_directors=(next(wild), next(wild)),
        bank_name=next(wild),
    )
    recipient = replace(
        RECIPIENT,
        name="R" + next(wild),
        **{key: next(wild) for key in ("street", "extra", "city", "postcode", "number", "vat_id")},
    )
    lines = tuple(
        replace(
            LINES[0],
            position=index,
            description=texts[index % 24],
            unit=texts[(index + 7) % 24],
            quantity_thousandths=amount,
            unit_net_minor=amount,
            net_minor=amount,
        )
        for index in range(1, count + 1)
    )
    document = invoice(
        lines,
        issuer=issuer,
        recipient=recipient,
        number="N" + next(wild),
        direct_debit=replace(DEBIT, mandate_reference=next(wild), creditor_id=next(wild)) if debit else None,
        state=state,
        language=language,
        notes=(texts[0], texts[1]),
    )
    assert_tidy(document)
