"""How an invoice is paid, or was."""

from __future__ import annotations

from gateway.documents.figures import format_date
from gateway.documents.giro_code import GiroCode, giro_code, transfer_for
from gateway.documents.invoice import DocumentKind, InvoiceDocument, PaymentState
from gateway.documents.invoice_words import WORDS
from gateway.documents.letter import LEFT, RIGHT, Letter
from gateway.documents.page import FAINT, Box, leading
from gateway.documents.party import grouped_iban
from gateway.documents.text import printable
from models.rules.money import format_money

_SIZE = 9.5
_LABELS = 34.0
_HEIGHT, _HEIGHT_WITH_ACCOUNT, _HEIGHT_WITH_CODE = 22.0, 42.0, 50.0
_AMOUNT_RIGHT = 125.0

_CODE_SIDE = 26.0
_CODE_LEFT = RIGHT - _CODE_SIDE - 4.0
_QUIET = 4
"""Modules around a code that stay white (ISO/IEC 18004 § 5.3.8)."""


def write_payment(letter: Letter, document: InvoiceDocument) -> None:
    """Write the state of the payment, what has come in, and what the customer is to do."""
    words = WORDS[document.language]
    text, shows_account = _request(document)
    transfer = transfer_for(document)
    code = giro_code(transfer) if shows_account and transfer else None
    height = _HEIGHT_WITH_CODE if code else _HEIGHT_WITH_ACCOUNT if shows_account else _HEIGHT
    if letter.room < height:  # what belongs together stays together
        letter.turn()
    heading = words.headings[document.state]
    if document.kind is DocumentKind.CREDIT_NOTE and document.state is not PaymentState.CANCELLED:
        heading = words.credit_heading
    letter.paragraph(heading, size=10.5, bold=True, gap=0.8)
    letter.paragraph(text, gap=1.5)
    debited = document.kind is DocumentKind.INVOICE and document.state in (
        PaymentState.OPEN,
        PaymentState.DEBIT_PENDING,
    )
    if debited and document.direct_debit:
        debit = document.direct_debit
        letter.paragraph(
            words.mandate.format(reference=printable(debit.mandate_reference), creditor=printable(debit.creditor_id)),
            size=8.5,
        )
    if shows_account:
        _write_account(letter, document, code)
    if document.payments:
        _write_payments(letter, document)


def _request(document: InvoiceDocument) -> tuple[str, bool]:
    """What is said about the payment, and whether the account to pay to follows."""
    words, state, due = WORDS[document.language], document.state, document.due_minor
    amount = format_money(abs(due), document.currency, document.language)
    day = format_date(document.due_on, document.language)
    if state is PaymentState.CANCELLED:
        return words.cancelled, False
    if document.kind is DocumentKind.CREDIT_NOTE:
        settled = state is PaymentState.PAID or due <= 0
        return words.credit_given if settled else words.credit.format(amount=amount), False
    if state is PaymentState.PAID:
        return words.paid, False
    if due < 0:
        return words.credit.format(amount=amount), False
    if due == 0:
        return words.nothing_due, False
    if state is PaymentState.DEBIT_PENDING:
        return words.pending.format(amount=amount), False
    if state is PaymentState.DEBIT_RETURNED:
        return words.returned.format(amount=amount), True
    if state is PaymentState.OVERDUE:
        return words.overdue.format(amount=amount, due=day), True
    if document.direct_debit:
        return words.collected.format(amount=amount, due=day, last4=document.direct_debit.iban_last4), False
    return words.transfer.format(amount=amount, due=day), True


def _write_account(letter: Letter, document: InvoiceDocument, code: GiroCode | None) -> None:
    words, issuer = WORDS[document.language], document.issuer
    top, right = letter.y, RIGHT if code is None else _CODE_LEFT - 4.0
    rows = [
        (words.account_holder, issuer.name),
        ("IBAN", grouped_iban(issuer.iban)),
        ("BIC", issuer.bic or ""),
        (words.bank, issuer.bank_name or ""),
        (words.purpose, document.number),
    ]
    for label, value in rows:
        if value:
            y = letter.take(leading(_SIZE)) + leading(_SIZE) * 0.75
            letter.page.write(LEFT, y, label, size=_SIZE, colour=FAINT, room=_LABELS - 2)
            letter.page.write(LEFT + _LABELS, y, value, size=_SIZE, bold=True, room=right - LEFT - _LABELS)
    if code is not None:
        _write_code(letter, code, top, words.giro_code)
    letter.y += 2


def _write_code(letter: Letter, code: GiroCode, top: float, caption: str) -> None:
    """Beside the account, with the quiet zone free."""
    module = _CODE_SIDE / (code.modules + 2 * _QUIET)
    left, upper = _CODE_LEFT + _QUIET * module, top + _QUIET * module
    for column, row, length in code.runs():
        # A little higher than a module: viewers would show white hairlines between the rows.
        letter.page.boxes.append(Box(left + column * module, upper + row * module, length * module, module * 1.02))
    letter.page.write(_CODE_LEFT + _CODE_SIDE, top + _CODE_SIDE + 1.5, caption, size=7, colour=FAINT, align="right")
    letter.y = max(letter.y, top + _CODE_SIDE + 2.5)


def _write_payments(letter: Letter, document: InvoiceDocument) -> None:
    words, language, currency = WORDS[document.language], document.language, document.currency
    rows = [
        (
            (words.payment if payment.amount_minor > 0 else words.refund)[payment.method].format(
                date=format_date(payment.paid_on, language)
            ),
            payment.amount_minor,
        )
        for payment in sorted(document.payments, key=lambda payment: payment.paid_on)
    ]
    if document.state not in (PaymentState.PAID, PaymentState.CANCELLED):
        rows.append((words.still_due, document.due_minor))
    for label, amount in rows:
        y = letter.take(leading(_SIZE)) + leading(_SIZE) * 0.75
        letter.page.write(LEFT, y, label, size=_SIZE, room=65)
        letter.page.write(
            _AMOUNT_RIGHT,
            y,
            format_money(amount, currency, language),
            size=_SIZE,
            room=_AMOUNT_RIGHT - LEFT - 67,
            align="right",
            figure=True,
        )
    letter.y += 2
