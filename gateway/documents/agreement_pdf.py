"""A data processing agreement as a PDF: the parties, who concluded it and when, the text, the annex of sub-processors."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.documents.agreement import AgreementDocument, ListedSubProcessor
from gateway.documents.figures import format_date
from gateway.documents.letter import LEFT, RIGHT, Letter
from gateway.documents.markdown import LONGEST, Block, BlockKind
from gateway.documents.page import FAINT, HAIRLINE, leading
from gateway.documents.party import Issuer, Party, address_lines, country_name
from gateway.documents.pdf import Properties
from gateway.documents.text import printable, wrap
from models.rules.sub_processors import EEA

_SIZE = 9.0
_LINE = leading(_SIZE)
_HEADINGS = {1: 12.5, 2: 10.5, 3: 9.5}
"""Points by level."""

_INDENT = 7.0
_LABEL = 44.0
"""Millimetres from the left edge: of the text of an item, and of the values in a table of facts."""


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    version: str
    number: str
    concluded_on: str
    parties: str
    controller: str
    processor: str
    contact: str
    between: str
    conclusion: str
    concluded: str
    signed_for: str
    by: str
    when: str
    form: str
    annex: str
    annex_intro: str
    nobody: str
    place: str
    purpose: str
    safeguard: str
    inside: str


_WORDS = {
    "de": _Words(
        title="Vertrag zur Auftragsverarbeitung",
        version="Fassung",
        number="Kundennummer",
        concluded_on="Geschlossen am",
        parties="Die Parteien",
        controller="Verantwortlicher (Auftraggeber)",
        processor="Auftragsverarbeiter (Auftragnehmer)",
        contact="Datenschutz",
        between="Dieser Vertrag nach Art. 28 Abs. 3 DSGVO wird geschlossen zwischen",
        conclusion="Abschluss",
        concluded="Elektronisch geschlossen im Kundenkonto, nach erneuter Eingabe der Zugangsdaten.",
        signed_for="Für den Auftraggeber",
        by="Für den Auftragnehmer",
        when="Zeitpunkt",
        form="Der Vertrag ist in einem elektronischen Format geschlossen (Art. 28 Abs. 9 DSGVO) und ohne Unterschrift gültig.",
        annex="Anlage 4: Weitere Auftragsverarbeiter",
        annex_intro="Stand {date}. Die aktuelle Liste und ihre Änderungen stehen im Kundenkonto.",
        nobody="Es sind keine weiteren Auftragsverarbeiter eingesetzt.",
        place="Ort der Verarbeitung",
        purpose="Zweck",
        safeguard="Garantie (Art. 44 ff.)",
        inside="nicht erforderlich: Verarbeitung in der EU oder dem EWR",
    ),
    "en": _Words(
        title="Data processing agreement",
        version="Version",
        number="Customer number",
        concluded_on="Concluded on",
        parties="The parties",
        controller="Controller (client)",
        processor="Processor (contractor)",
        contact="Data protection",
        between="This agreement under Art. 28 (3) GDPR is concluded between",
        conclusion="Conclusion",
        concluded="Concluded electronically in the customer account, after the credentials were given again.",
        signed_for="For the client",
        by="For the contractor",
        when="Time",
        form="The agreement is concluded in electronic form (Art. 28 (9) GDPR) and valid without a signature.",
        annex="Annex 4: Sub-processors",
        annex_intro="As of {date}. The current list and its changes are in the customer account.",
        nobody="No sub-processors are engaged.",
        place="Place of processing",
        purpose="Purpose",
        safeguard="Safeguard (Art. 44 ff.)",
        inside="not needed: processing inside the EU or the EEA",
    ),
}


def render_agreement(document: AgreementDocument) -> bytes:
    """The PDF file: PDF/A-3B, the same bytes for the same document."""
    return lay_out_agreement(document).finish()


def lay_out_agreement(document: AgreementDocument) -> Letter:
    """The agreement with everything in its place, before page numbers and file format."""
    words, language = _WORDS[document.language], document.language
    day = document.concluded_at.date()
    title = f"{words.title} {document.version}"
    letter = Letter(
        document.issuer,
        document.customer,
        facts=[
            (words.number, document.customer.number or ""),
            (words.version, document.version),
            (words.concluded_on, format_date(day, language)),
        ],
        subject=title,
        properties=Properties(title, document.issuer.name, language, day),
    )
    _write_parties(letter, document, words)
    for block in document.text:
        _write_block(letter, block)
    _write_annex(letter, document, words)
    _write_conclusion(letter, document, words)
    return letter


def _write_parties(letter: Letter, document: AgreementDocument, words: _Words) -> None:
    letter.paragraph(words.between, gap=2.5)
    customer = address_lines(document.customer, seen_from="", language=document.language)
    _write_fact(letter, words.controller, [", ".join(customer), f"{words.number} {document.customer.number or ''}"])
    issuer = [", ".join(_issuer_lines(document.issuer, document.language))]
    if document.data_protection_contact:
        issuer.append(f"{words.contact}: {document.data_protection_contact}")
    _write_fact(letter, words.processor, issuer)
    letter.y += 2


def _issuer_lines(issuer: Issuer, language: str) -> list[str]:
    party = Party(issuer.name, issuer.street, issuer.postcode, issuer.city, issuer.country)
    register = " ".join(part for part in (issuer.register_court, issuer.register_number) if part)
    return [*address_lines(party, seen_from="", language=language), *([register] if register else [])]


def _write_block(letter: Letter, block: Block) -> None:
    if block.kind is BlockKind.HEADING:
        _write_heading(letter, block.text, block.level)
    elif block.kind is BlockKind.ITEM:
        mark = "–" if block.mark == "-" else block.mark
        lines = wrap(printable(block.text, longest=LONGEST), RIGHT - LEFT - _INDENT, _SIZE)
        for index, line in enumerate(lines):
            top = letter.take(_LINE)
            if index == 0:
                letter.page.write(LEFT + 1, top + _LINE * 0.75, mark, size=_SIZE)
            letter.page.write(LEFT + _INDENT, top + _LINE * 0.75, line, size=_SIZE)
        letter.y += 1.0
    else:
        letter.paragraph(block.text, size=_SIZE, gap=1.8)


def _write_heading(letter: Letter, text: str, level: int) -> None:
    """A heading stays with three lines of what follows, and an annex (level 1) keeps some distance."""
    size = _HEADINGS[level]
    if letter.room < leading(size) * 2 + 4 + 3 * _LINE:
        letter.turn()
    else:
        letter.y += 4.0 if level == 1 else 2.0
    letter.paragraph(text, size=size, bold=True, gap=1.2)


def _write_annex(letter: Letter, document: AgreementDocument, words: _Words) -> None:
    _write_heading(letter, words.annex, 1)
    date = format_date(document.concluded_at.date(), document.language)
    letter.paragraph(words.annex_intro.format(date=date), size=_SIZE, gap=2.0)
    if not document.sub_processors:
        letter.paragraph(words.nobody, size=_SIZE)
    for entry in document.sub_processors:
        _write_sub_processor(letter, entry, document.language, words)


def _write_sub_processor(letter: Letter, entry: ListedSubProcessor, language: str, words: _Words) -> None:
    if letter.room < 7 * _LINE:
        letter.turn()
    top = letter.take(1.5)
    letter.page.rule(LEFT, top, RIGHT, top, colour=HAIRLINE)
    letter.paragraph(entry.name, size=_SIZE, bold=True, gap=0.6)
    _write_fact(letter, words.place, [f"{entry.address}, {country_name(entry.country, language)}"], gap=0.4)
    _write_fact(letter, words.purpose, [entry.purpose], gap=0.4)
    _write_fact(letter, words.safeguard, [entry.safeguard or (words.inside if entry.country in EEA else "–")], gap=1.6)


def _write_conclusion(letter: Letter, document: AgreementDocument, words: _Words) -> None:
    if letter.room < 12 * _LINE:
        letter.turn()
    _write_heading(letter, words.conclusion, 1)
    letter.paragraph(words.concluded, size=_SIZE, gap=1.8)
    moment = f"{format_date(document.concluded_at.date(), document.language)}, {document.concluded_at:%H:%M:%S} UTC"
    _write_fact(letter, words.when, [moment], gap=0.6)
    _write_fact(letter, words.signed_for, [document.signatory, document.customer.name], gap=0.6)
    _write_fact(letter, words.by, [document.issuer.name, ", ".join(document.issuer.managing_directors)], gap=2.5)
    letter.paragraph(words.form, size=_SIZE)


def _write_fact(letter: Letter, label: str, values: list[str], *, gap: float = 2.5) -> None:
    """A label, and beside it lines of values; the first line stands with its label."""
    room = RIGHT - LEFT - _LABEL
    lines = [line for value in values for line in wrap(printable(value, longest=LONGEST), room, _SIZE)]
    labels = wrap(printable(label), _LABEL - 3, _SIZE - 0.5)
    for index in range(max(len(lines), len(labels))):
        top = letter.take(_LINE)
        if index < len(labels):
            letter.page.write(LEFT, top + _LINE * 0.75, labels[index], size=_SIZE - 0.5, colour=FAINT)
        if index < len(lines):
            letter.page.write(LEFT + _LABEL, top + _LINE * 0.75, lines[index], size=_SIZE)
    letter.y += gap
