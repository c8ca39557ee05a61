"""The receipt of a cancellation as a PDF: what was declared when, what ends, what becomes of domains, how to take it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from gateway.documents.cancellation import CancellationDocument, EndingEntry
from gateway.documents.cancellation_words import WORDS, CancellationWords
from gateway.documents.entries import write_entry
from gateway.documents.figures import format_date
from gateway.documents.letter import Letter
from gateway.documents.pdf import Properties
from models.rules.berlin import BERLIN

_SHOWN = 12
"""Names of one kind that the receipt lists; the preview showed more, and the count is of all."""

_GROUP = 16
"""Digits of the checksum that stand together."""


def render_cancellation(document: CancellationDocument) -> bytes:
    """The PDF file: PDF/A-3B, the same bytes for the same document."""
    return lay_out_cancellation(document).finish()


def lay_out_cancellation(document: CancellationDocument) -> Letter:
    """The receipt with everything in its place, before page numbers and file format."""
    words, language = WORDS[document.language], document.language
    day = document.declared_at.astimezone(BERLIN).date()
    title = f"{words.title} {document.number}"
    letter = Letter(
        document.issuer,
        document.customer,
        facts=[
            (words.customer, document.customer.number or ""),
            (words.number, document.number),
            (words.declared_on, format_date(day, language)),
            (words.ends_on, format_date(document.ends_on, language)),
        ],
        subject=words.title,
        properties=Properties(title, document.issuer.name, language, day),
    )
    letter.paragraph(words.received, gap=4)
    write_entry(letter, words.what, [words.subjects[document.subject], document.name])
    if document.subject != "DOMAIN":
        write_entry(letter, words.order, [document.order_number])
    write_entry(letter, words.contract, [document.contract_number])
    write_entry(letter, words.declared_at, [_moment(document.declared_at, language)])
    write_entry(letter, words.last_day, [format_date(document.ends_on, language)], gap=4)
    _write_endings(letter, document, words)
    _write_domains(letter, document, words)
    write_entry(letter, words.refund, [document.refund or words.no_refund])
    if document.revoked_tariff is not None:
        write_entry(letter, words.tariff, [words.revoked.format(tariff=document.revoked_tariff)])
    letter.y += 2.5
    _heading(letter, words.undo)
    write_entry(letter, words.undo_until, [_moment(document.undo_until - timedelta(seconds=1), language)])
    letter.paragraph(words.undo_how, gap=5)
    _heading(letter, words.checksum)
    letter.paragraph(" ".join(_grouped(document.sha256)), size=8.5, gap=1.2)
    letter.paragraph(words.checksum_what, size=8.5, gap=4)
    letter.paragraph(words.form, size=8.5)
    return letter


def _write_endings(letter: Letter, document: CancellationDocument, words: CancellationWords) -> None:
    lines = [line for ending in document.endings for line in _ending(ending, words)]
    if lines:
        write_entry(letter, words.ending, lines, gap=4)


def _ending(ending: EndingEntry, words: CancellationWords) -> list[str]:
    if ending.kind == "DOMAINS":  # some of them do not end: what becomes of each stands below
        return []
    what = words.endings[ending.kind]
    if ending.count is None:
        return [what]
    if not ending.count:
        return []
    counted = words.counted.format(count=ending.count, what=what)
    if not ending.names:
        return [counted]
    names, rest = list(ending.names[:_SHOWN]), ending.count - min(len(ending.names), _SHOWN)
    return [f"{counted}: {', '.join(names)}{' ' + words.further.format(count=rest) if rest else ''}"]


def _write_domains(letter: Letter, document: CancellationDocument, words: CancellationWords) -> None:
    if not document.domains:
        return
    _heading(letter, words.domains)
    for domain in document.domains:
        letter.paragraph(f"{domain.name} {words.fates[domain.fate].format(keep_in=domain.keep_in)}", gap=0.8)
    letter.y += 3


def _heading(letter: Letter, text: str) -> None:
    """A heading, on the page of what follows it."""
    if letter.room < 26:
        letter.turn()
    letter.paragraph(text, size=10.5, bold=True, gap=1.4)


def _grouped(digits: str) -> list[str]:
    return [digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP)]


def _moment(instant: datetime, language: str) -> str:
    """`23.11.2026, 14:03:07 Uhr (CET, UTC+01:00)`: the legal time in Germany, and how it relates to UTC."""
    local = instant.astimezone(BERLIN)
    offset = f"{local:%z}"
    clock = f"{local:%H:%M:%S}" + (" Uhr" if language == "de" else "")
    return f"{format_date(local.date(), language)}, {clock} ({local:%Z}, UTC{offset[:3]}:{offset[3:5]})"
