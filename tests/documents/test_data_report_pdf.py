"""The paper of a data report: everything is on it, whatever customers have written, and inside of its margins."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from gateway.documents.company import DEMO_COMPANY
from gateway.documents.data_report import Chapter, DataReportDocument, Item, Passage
from gateway.documents.data_report_pdf import lay_out_data_report, render_data_report
from gateway.documents.letter import LEFT, RIGHT
from gateway.documents.party import Party

WILD = ["x" * 700, "a\u202eb\x00c", "🦆" * 40, "Zeile\nZeile", " ", "€ Łódź Ωmega", "(" * 90, "w " * 900]


def document(*items: Item, language: str = "de") -> DataReportDocument:
    """A report with one chapter."""
    return DataReportDocument(
        language=language,
        issuer=DEMO_COMPANY,
        recipient=Party("Zoë Müller", "Weg 1", "20095", "Hamburg", "DE"),
        title="Auskunft über Ihre Daten",
        created_on=date(2026, 3, 2),
        facts=(("Kundennummer", "10001"),),
        passages=(Passage("", ("Guten Tag.",)), Passage("Rechte", ("Absatz eins.", "Absatz zwei."))),
        chapters=(Chapter("Pakete", f"Einträge: {len(items)}", items),),
        closing=(Passage("Am Ende", ("Schluss.",)),),
    )


def text_of(content: bytes) -> str:
    """The text of all pages on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_everything_is_on_paper_in_its_order() -> None:
    text = text_of(render_data_report(document(Item("Laden", (("Name", "Laden"), ("Zustand", "aktiv"))))))
    places = [text.index(part) for part in ("Absatz zwei.", "Pakete", "Name: Laden", "Zustand: aktiv", "Am Ende")]
    assert places == sorted(places)


@pytest.mark.parametrize("value", WILD, ids=range(len(WILD)))
def test_nothing_leaves_the_margins(value: str) -> None:
    letter = lay_out_data_report(document(Item(value, (("Etikett", value), ("Kurz", "1"), (value[:60], "x")))))
    assert letter.finish().startswith(b"%PDF-")
    for page in letter.pages[1:] or letter.pages:
        for text in page.texts:
            assert text.x >= LEFT - 0.01, text
            assert text.x + text.width <= RIGHT + 3.1, text  # the foot of a letter is a little wider


def test_an_entry_stays_on_one_page() -> None:
    items = [Item(f"Eintrag {number}", (("Name", "y" * 150), ("Text", f"letzte {number}"))) for number in range(60)]
    pages = [page.extract_text() for page in PdfReader(BytesIO(render_data_report(document(*items)))).pages]
    assert len(pages) > 2
    for number in range(60):
        (page,) = [page for page in pages if f"Eintrag {number}\n" in page]
        assert f"letzte {number}" in page


def test_a_very_long_entry_runs_over_pages() -> None:
    letter = lay_out_data_report(document(Item("Lang", (("Text", "wort " * 790),))))
    assert len(letter.pages) >= 2
    assert sum(text.content.count("wort") for page in letter.pages for text in page.texts) == 790


def test_the_same_document_makes_the_same_bytes() -> None:
    made = document(Item("Laden", (("Name", "Laden"),)))
    assert render_data_report(made) == render_data_report(made)


def test_no_report_is_written_in_another_language() -> None:
    with pytest.raises(ValueError, match="language"):
        document(language="fr")
