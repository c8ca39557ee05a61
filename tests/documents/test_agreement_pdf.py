"""The agreement on paper: all of it, once, inside its pages; and the Markdown it is written in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gateway.documents.agreement import AgreementDocument, ListedSubProcessor
from gateway.documents.agreement_pdf import lay_out_agreement, render_agreement
from gateway.documents.company import DEMO_COMPANY
from gateway.documents.letter import LEFT, RIGHT
from gateway.documents.markdown import Block, BlockKind, blocks
from gateway.documents.party import Party
from gateway.jobs.demo.agreement import FOLDER
from gateway.jobs.importing.agreement_file import read_version
from tests.downloads.reading import pages, text

AT = datetime(2026, 11, 23, 9, 30, 12, tzinfo=UTC)
LISTED = tuple(
    ListedSubProcessor(f"Firma {index:03} GmbH", "Kai 1", country, f"Zweck {index:03}", safeguard)
    for index, (country, safeguard) in enumerate([("DE", None), ("CH", "Art. 45"), ("US", None)] * 12)
)


def document(language: str = "de", number: str = "2026-1", **more: object) -> AgreementDocument:
    """The demo's agreement."""
    body = read_version((FOLDER / f"{number}.{language}.md").read_bytes()).body
    values = {
        "language": language, "issuer": DEMO_COMPANY, "version": number, "signatory": "Zoë Müller", "concluded_at": AT,
        "customer": Party("Bäckerei Süßkind & Söhne", "Weg 1", "20095", "Hamburg", "DE", number="10001"),
        "text": blocks(body), "sub_processors": LISTED, "data_protection_contact": "datenschutz@musterhost.example",
    }  # fmt: skip
    return AgreementDocument(**values | more)  # type: ignore[arg-type]  # the values of a test


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("number", ["2024-1", "2026-1"])
def test_everything_that_was_agreed_is_printed_in_its_order(language: str, number: str) -> None:
    made = document(language, number)
    printed = text(render_agreement(made))
    place = 0
    for block in made.text:
        first = " ".join(block.text.split()[:4])
        found = printed.find(first, place)
        assert found >= 0, first
        place = found
    for entry in LISTED:
        assert printed.count(entry.name) == 1
    for expected in ("Musterhost GmbH", "Bäckerei Süßkind & Söhne", "Zoë Müller", "09:30:12 UTC", "10001", number):
        assert expected in printed, expected


def test_what_art_28_asks_for_is_agreed_in_both_languages() -> None:
    for language in ("de", "en"):
        printed = text(render_agreement(document(language)))
        for letter in "abegh":
            assert f"lit. {letter} DSGVO" in printed or f"lit. {letter}," in printed or f"({letter})" in printed, letter
        for article in ("Art. 28 Abs. 2" if language == "de" else "Art. 28 (2)", "Art. 32", "Art. 33", "Art. 9"):
            assert article in printed


def test_nothing_leaves_the_page() -> None:
    letter = lay_out_agreement(document())
    for page in letter.pages:
        assert all(item.x >= LEFT - 0.01 and item.x + item.width <= RIGHT + 3.01 for item in page.texts)
        rows = [item.y for item in page.texts if item.y < letter.bottom]
        assert max(rows) <= letter.bottom


def test_each_page_says_which_it_is_and_of_what() -> None:
    printed = pages(render_agreement(document()))
    for number, page in enumerate(printed, 1):
        assert f"Seite {number} von {len(printed)}" in page
        assert "Vertrag zur Auftragsverarbeitung 2026-1" in page


def test_the_same_document_has_the_same_bytes() -> None:
    assert render_agreement(document()) == render_agreement(document())


def test_a_transfer_out_of_the_union_is_never_called_unneeded() -> None:
    printed = text(render_agreement(document(sub_processors=LISTED[1:3])))
    assert "nicht erforderlich" not in printed
    assert "Art. 45" in printed


def test_without_sub_processors_the_annex_says_so() -> None:
    assert "keine weiteren Auftragsverarbeiter eingesetzt" in text(render_agreement(document(sub_processors=())))


def test_markdown_becomes_headings_paragraphs_and_items() -> None:
    assert blocks("# A b\n\nOne\nmore.\n- x y\n2. z\n(a) w\n\n## B") == (
        Block(BlockKind.HEADING, "A b", level=1),
        Block(BlockKind.PARAGRAPH, "One more."),
        Block(BlockKind.ITEM, "x y", mark="-"),
        Block(BlockKind.ITEM, "z", mark="2."),
        Block(BlockKind.ITEM, "w", mark="(a)"),
        Block(BlockKind.HEADING, "B", level=2),
    )


@pytest.mark.parametrize(
    "line", ["a **b** c", "`x`", "<b>x</b>", "| a | b |", "> x", "[a](b)", "    code", "---", "#x", "#### deep", "a\\b"]
)
def test_markdown_that_would_be_printed_raw_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="line 3"):
        blocks(f"Fine.\n\n{line}")


def test_a_paragraph_that_no_page_takes_is_refused() -> None:
    blocks("x" * 2_000)
    with pytest.raises(ValueError, match="more than 2000"):
        blocks("x" * 2_001)
    with pytest.raises(ValueError, match="more than 2000"):
        blocks("\n".join(["word " * 30] * 20))
