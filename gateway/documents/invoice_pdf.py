"""An invoice as a PDF letter: information block, table of positions, totals, payment."""

from __future__ import annotations

from gateway.documents.e_invoice_attachment import attached
from gateway.documents.figures import format_date, format_percent, format_period
from gateway.documents.invoice import DocumentKind, InvoiceDiscount, InvoiceDocument
from gateway.documents.invoice_payment import write_payment
from gateway.documents.invoice_table import write_table
from gateway.documents.invoice_words import WORDS
from gateway.documents.letter import RIGHT, Letter
from gateway.documents.page import ACCENT, leading
from gateway.documents.pdf import Properties
from gateway.documents.text import printable, wrap
from models.rules.money import format_money

_TOTALS_LEFT = 100.0
_BASE_RIGHT = 160.0


def render_invoice(document: InvoiceDocument) -> bytes:
    """The PDF file of an invoice: PDF/A-3B, the same bytes for the same document."""
    return lay_out_invoice(document).finish()


def lay_out_invoice(document: InvoiceDocument) -> Letter:
    """The letter with everything in its place, before page numbers and file format."""
    words = WORDS[document.language]
    form = words.credit_note if document.kind is DocumentKind.CREDIT_NOTE else words.invoice
    title = form.format(number=printable(document.number))
    letter = Letter(
        document.issuer,
        document.recipient,
        facts=_facts(document),
        subject=title,
        properties=Properties(title, document.issuer.name, document.language, document.issued_on),
        attachment=attached(document.data) if document.data else None,
    )
    # The last position moves to the next page with the totals rather than leave them there alone.
    write_table(letter, document, _totals_height(document))
    _write_totals(letter, document)
    letter.y += 1.5
    for tax in document.taxes:
        if tax.note:
            rate = words.vat.format(rate=format_percent(tax.vat_basis_points, document.language))
            letter.paragraph(f"{rate}: {printable(tax.note)}", gap=1)
    letter.y += 4
    write_payment(letter, document)
    for note in document.notes:
        letter.paragraph(printable(note))
    return letter


def _facts(document: InvoiceDocument) -> list[tuple[str, str]]:
    words, language = WORDS[document.language], document.language
    period = words.period_is_issue
    if document.period_from and document.period_to:
        period = format_period(document.period_from, document.period_to, language)
    return [
        (words.credit_number if document.kind is DocumentKind.CREDIT_NOTE else words.number, document.number),
        (words.customer_number, document.recipient.number or ""),
        (words.issued_on, format_date(document.issued_on, language)),
        (words.period, period),
        (words.due_on, format_date(document.due_on, language) if document.kind is DocumentKind.INVOICE else ""),
        (words.corrects, _corrected(document)),
        (words.customer_vat_id, document.recipient.vat_id or ""),
    ]


def _corrected(document: InvoiceDocument) -> str:
    if document.corrects is None:
        return ""
    return f"{document.corrects.number}, {format_date(document.corrects.issued_on, document.language)}"


def _totals_height(document: InvoiceDocument) -> float:
    above = sum(len(_reason(off, document.language)) for off in document.discounts) + bool(document.discounts)
    return (above + len(document.taxes) + 1) * leading(9.5) + 16.0


def _reason(off: InvoiceDiscount, language: str) -> list[str]:
    """Why something is taken off, in the lines it takes."""
    return wrap(printable(f"{WORDS[language].discount}: {off.reason}"), _BASE_RIGHT - _TOTALS_LEFT, 9.5)


def _write_totals(letter: Letter, document: InvoiceDocument) -> None:
    words, language, currency = WORDS[document.language], document.language, document.currency

    def money(minor_units: int) -> str:
        return format_money(minor_units, currency, language)

    letter.y += 2
    if document.discounts:
        _total(letter, words.line_total, money(document.net_minor + document.discount_minor))
    for off in document.discounts:
        _write_discount(letter, _reason(off, language), money(-off.net_minor))
    _total(letter, words.net, money(document.net_minor))
    for tax in document.taxes:
        rate = words.vat.format(rate=format_percent(tax.vat_basis_points, language))
        _total(letter, rate, money(tax.vat_minor), words.vat_base.format(base=money(tax.net_minor)))
    top = letter.take(11)
    letter.page.rule(_TOTALS_LEFT, top + 1.5, RIGHT, top + 1.5, thickness=0.3, colour=ACCENT)
    gross = words.credit_gross if document.kind is DocumentKind.CREDIT_NOTE else words.gross
    letter.page.write(_TOTALS_LEFT, top + 7, gross, size=12, bold=True, room=45)
    letter.page.write(
        RIGHT, top + 7, money(document.gross_minor), size=12, bold=True, room=44, align="right", figure=True
    )
    letter.page.rule(_TOTALS_LEFT, top + 9.5, RIGHT, top + 9.5, thickness=0.3, colour=ACCENT)


def _write_discount(letter: Letter, reason: list[str], amount: str) -> None:
    """The amount stands beside the first line."""
    height = leading(9.5)
    for index, line in enumerate(reason):
        y = letter.take(height) + height * 0.75
        letter.page.write(_TOTALS_LEFT, y, line)
        if index == 0:
            letter.page.write(RIGHT, y, amount, room=29, align="right", figure=True)


def _total(letter: Letter, label: str, amount: str, base: str = "") -> None:
    height = leading(9.5)
    y = letter.take(height) + height * 0.75
    letter.page.write(_TOTALS_LEFT, y, label, room=32)
    letter.page.write(_BASE_RIGHT, y, base, room=27, align="right", figure=True)
    letter.page.write(RIGHT, y, amount, room=29, align="right", figure=True)
