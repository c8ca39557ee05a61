"""An invoice as a document: every value it shows, checked to add up. Amounts are integer minor units (cents).

What an invoice must hold: § 14 Abs. 4 UStG; the names follow EN 16931, the European standard for electronic invoices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gateway.documents.party import Issuer, Party
from models.rules.e_invoice import Category


class PaymentState(StrEnum):
    """What is known about the payment when the document is written."""

    OPEN = "OPEN"
    DEBIT_PENDING = "DEBIT_PENDING"
    DEBIT_RETURNED = "DEBIT_RETURNED"
    OVERDUE = "OVERDUE"
    PAID = "PAID"
    CANCELLED = "CANCELLED"


class DocumentKind(StrEnum):
    """Types of document (EN 16931, BT-3: 380 and 381). Amounts of a credit note are positive: it gives them back."""

    INVOICE = "INVOICE"
    CREDIT_NOTE = "CREDIT_NOTE"


class PaymentMethod(StrEnum):
    """How money moved."""

    DIRECT_DEBIT = "DIRECT_DEBIT"
    TRANSFER = "TRANSFER"


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One position. `quantity_thousandths` is the quantity times 1,000, `net_minor` the amount of the whole position.

    The amount is not computed from quantity and price, which may be finer than a cent. `discount_minor` is taken off
    already (BG-27).
    """

    position: int
    description: str
    quantity_thousandths: int
    unit: str
    unit_net_minor: int
    net_minor: int
    vat_basis_points: int
    vat_category: Category = Category.S
    discount_minor: int = 0
    discount_reason: str | None = None


@dataclass(frozen=True, slots=True)
class InvoiceDiscount:
    """Something taken off the whole invoice (BG-20): a positive amount, with the VAT it takes off too."""

    reason: str
    net_minor: int
    vat_basis_points: int
    vat_category: Category = Category.S


@dataclass(frozen=True, slots=True)
class Corrected:
    """The invoice that a credit note takes back (BG-3)."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class InvoiceTax:
    """The VAT of one category and rate. `note` says why none is charged (§ 14 Abs. 4 Satz 1 Nr. 8, § 14a UStG)."""

    vat_basis_points: int
    net_minor: int
    vat_minor: int
    note: str | None = None
    vat_category: Category = Category.S


@dataclass(frozen=True, slots=True)
class InvoicePayment:
    """Money that came in; negative when it went back."""

    paid_on: date
    method: PaymentMethod
    amount_minor: int


@dataclass(frozen=True, slots=True)
class DirectDebit:
    """The SEPA mandate the amount is collected with. Of the account, four characters are all this ever holds."""

    mandate_reference: str
    creditor_id: str
    iban_last4: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9A-Z]{4}", self.iban_last4):
            raise ValueError("iban_last4 is not the last four characters of an IBAN")


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """An invoice in one language (`de`, `en`). `direct_debit` is None where the customer pays by transfer.

    `data` is the same invoice as XML (`gateway.documents.e_invoice`), which the file then carries.
    Raises `ValueError` that names what does not add up.
    """

    language: str
    issuer: Issuer
    recipient: Party
    number: str
    issued_on: date
    due_on: date
    currency: str
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[InvoiceTax, ...]
    net_minor: int
    vat_minor: int
    gross_minor: int
    state: PaymentState
    period_from: date | None = None
    period_to: date | None = None
    direct_debit: DirectDebit | None = None
    payments: tuple[InvoicePayment, ...] = ()
    notes: tuple[str, ...] = ()
    kind: DocumentKind = DocumentKind.INVOICE
    corrects: Corrected | None = None
    discounts: tuple[InvoiceDiscount, ...] = ()
    data: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.language not in ("de", "en"):
            raise ValueError(f"no invoices are written in the language {self.language!r}")
        if not self.number.strip():
            raise ValueError("the invoice has no number")
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise ValueError("the currency is not an ISO 4217 code")
        if (self.period_from is None) != (self.period_to is None):
            raise ValueError("the period of service has only one end")
        if self.period_from and self.period_to and self.period_from > self.period_to:
            raise ValueError("the period of service ends before it begins")
        if not self.lines:
            raise ValueError("the invoice has no lines")
        self._check_totals()

    @property
    def due_minor(self) -> int:
        """What is still to be paid, in minor units; negative when too much was."""
        return self.gross_minor - sum(payment.amount_minor for payment in self.payments)

    @property
    def discount_minor(self) -> int:
        """What is taken off the whole invoice."""
        return sum(discount.net_minor for discount in self.discounts)

    def _check_totals(self) -> None:
        lines, discount = sum(line.net_minor for line in self.lines), self.discount_minor
        _agree("net total", self.net_minor, lines - discount, "the lines" + " less discounts" * bool(discount))
        _agree("net total", self.net_minor, sum(tax.net_minor for tax in self.taxes), "the VAT breakdown")
        _agree("VAT total", self.vat_minor, sum(tax.vat_minor for tax in self.taxes), "the VAT breakdown")
        _agree("gross total", self.gross_minor, self.net_minor + self.vat_minor, "net and VAT")
        parts = [(line.vat_basis_points, line.net_minor) for line in self.lines]
        parts += [(off.vat_basis_points, -off.net_minor) for off in self.discounts]
        rates = {rate for rate, _ in parts} | {tax.vat_basis_points for tax in self.taxes}
        for rate in sorted(rates):
            nets = [net for of_rate, net in parts if of_rate == rate]
            taxes = [tax for tax in self.taxes if tax.vat_basis_points == rate]
            name = f"VAT rate of {rate} basis points"
            _agree(f"net of the {name}", sum(tax.net_minor for tax in taxes), sum(nets), "its lines")
            # VAT may be rounded per line or per rate: each rounding moves it by half a minor unit at most.
            vat, exact = sum(tax.vat_minor for tax in taxes) * 10_000, sum(nets) * rate
            if abs(vat - exact) > 5_000 * max(len(nets), 1):
                raise ValueError(f"the VAT of the {name} is {vat // 10_000}, but its net makes {exact / 10_000:.2f}")


def _agree(what: str, given: int, summed: int, of: str) -> None:
    if given != summed:
        raise ValueError(f"the {what} is {given}, but the sum of {of} is {summed}")
