"""GiroCode: a transfer as a QR code that banking apps read (European Payments Council, EPC069-12 version 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import segno

from gateway.documents.e_invoice_element import clean
from gateway.documents.invoice import DocumentKind, InvoiceDocument, PaymentState
from gateway.documents.party import Issuer
from gateway.documents.qr import svg_of

MOST_BYTES = 331
"""What a QR code of version 13, the largest that is allowed, holds at error level M."""

LONGEST_NAME, LONGEST_REFERENCE = 70, 140
"""Characters of the beneficiary and of the text on the statement."""

MOST = 999_999_999_99
"""Cents that a transfer can have."""

PAYABLE = frozenset({PaymentState.OPEN, PaymentState.OVERDUE, PaymentState.DEBIT_RETURNED})


@dataclass(frozen=True, slots=True)
class Transfer:
    """What is to be transferred: cents of euro, with the text that names the invoice."""

    beneficiary: str
    iban: str
    bic: str | None
    amount_minor: int
    reference: str


def is_payable_by_transfer(kind: str, state: str, currency: str, due_minor: int, *, by_debit: bool) -> bool:
    """Whether a customer is asked to transfer money for an invoice, and can by SEPA.

    An open invoice with a mandate is collected. When it was returned, or is overdue, the invoice asks for a transfer.
    """
    asked = state in PAYABLE and not (by_debit and state == PaymentState.OPEN)
    return kind == DocumentKind.INVOICE and asked and currency == "EUR" and 0 < due_minor <= MOST


def transfer_to(issuer: Issuer, number: str, amount_minor: int) -> Transfer:
    """The transfer that pays an invoice, to the company's account."""
    return Transfer(issuer.name, issuer.iban, issuer.bic, amount_minor, number)


def transfer_for(document: InvoiceDocument) -> Transfer | None:
    """The transfer that an invoice asks for, if it asks for one."""
    if not is_payable_by_transfer(
        document.kind,
        document.state,
        document.currency,
        document.due_minor,
        by_debit=document.direct_debit is not None,
    ):
        return None
    return transfer_to(document.issuer, document.number, document.due_minor)


def giro_text(transfer: Transfer) -> str:
    """The content of the code: lines as the guideline orders them, the reference as free text."""
    lines = (
        "BCD",
        "002",
        "1",  # UTF-8
        "SCT",
        "".join((transfer.bic or "").split()),
        clean(transfer.beneficiary)[:LONGEST_NAME].rstrip(),
        "".join(transfer.iban.split()),
        f"EUR{transfer.amount_minor // 100}.{transfer.amount_minor % 100:02d}",
        "",  # purpose
        "",  # structured reference (ISO 11649): the invoice number is free text
        clean(transfer.reference)[:LONGEST_REFERENCE].rstrip(),
    )
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class GiroCode:
    """The code of a transfer; the symbol is made when it is asked for."""

    text: str

    @property
    def symbol(self) -> segno.QRCode:
        """The QR code, at error level M as the guideline wants it."""
        return _symbol(self.text)

    @property
    def svg(self) -> str:
        """As an `<svg>` element."""
        return svg_of(self.symbol)

    @property
    def modules(self) -> int:
        """Modules along each side, without the quiet zone."""
        return int(self.symbol.symbol_size(border=0)[0])

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Its dark modules as runs: column, row, and how many there are from there to the right."""
        for row, modules in enumerate(self.symbol.matrix):
            column = 0
            while column < len(modules):
                end = column
                while end < len(modules) and modules[end] & 1:
                    end += 1
                if end > column:
                    yield column, row, end - column
                column = end + 1


def giro_code(transfer: Transfer) -> GiroCode | None:
    """The code, or `None` where its text is too long for one (a name of many characters beyond ASCII)."""
    text = giro_text(transfer)
    return GiroCode(text) if len(text.encode()) <= MOST_BYTES else None


@lru_cache(maxsize=256)
def _symbol(text: str) -> segno.QRCode:
    """Takes 7 ms, and what is asked for once is asked for again."""
    return segno.make_qr(text, error="m", boost_error=False, mode="byte", encoding="utf-8")
