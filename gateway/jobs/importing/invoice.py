"""Invoices: what a record says, and that it adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from gateway.jobs.importing.record import Part, Record, misfit
from gateway.jobs.importing.sums import line_adds_up, tax_adds_up
from gateway.jobs.importing.values import (
    UNSAID,
    Amount,
    BasisPoints,
    Code,
    Country,
    Currency,
    CustomerNumber,
    Day,
    Identification,
    Instant,
    Price,
    Text16,
    Text20,
    Text80,
    Text140,
    Text160,
    Text240,
)
from models import InvoiceKind, InvoiceState, PaymentMethod, VatCategory

MOST_LINES = 2_000


class LineRecord(Part):
    """One position; its number is its place in the list. Credits are negative."""

    description: Text240
    quantity_thousandths: Amount
    unit: Text16
    unit_net_minor: Amount
    discount_minor: Price = 0
    discount_reason: Text140 | None = None
    net_minor: Amount
    vat_category: VatCategory = VatCategory.S
    vat_basis_points: BasisPoints
    package: Identification | None = None


class TaxRecord(Part):
    """The VAT of one rate. A rate without VAT says why, by its category and in words."""

    vat_category: VatCategory = VatCategory.S
    vat_basis_points: BasisPoints
    exemption_reason: Text240 | None = None
    net_minor: Amount
    vat_minor: Amount


class DiscountRecord(Part):
    """Something taken off the whole invoice, without VAT; its number is its place in the list."""

    reason: Text140
    net_minor: Annotated[Price, Field(ge=1)]
    vat_category: VatCategory = VatCategory.S
    vat_basis_points: BasisPoints


class BuyerRecord(Part):
    """The customer as they were when the invoice was issued."""

    name: Text240
    extra: Text160 | None = None
    street: Text160
    postcode: Text16
    city: Text80
    country: Country
    vat_id: Text20 | None = None

    def stored(self) -> dict[str, str | None]:
        """As it is kept with the invoice."""
        values = self.model_dump()
        return {"vatId" if name == "vat_id" else name: value for name, value in values.items()}


class PaymentRecord(Part):
    """Money that came in, or went back when negative; the list of a record is the whole list."""

    method: PaymentMethod
    paid_on: Day
    amount_minor: Amount
    reference: Text140 | None = None

    @model_validator(mode="after")
    def _something(self) -> PaymentRecord:
        if self.amount_minor == 0:
            raise misfit("amount_minor", "must not be 0")
        return self


class InvoiceRecord(Record):
    """Found by `number`. Of an invoice that is stored, only `state` and `payments` can be different."""

    kind: Literal["invoice"] = "invoice"
    number: Code
    customer: CustomerNumber
    document: InvoiceKind = InvoiceKind.INVOICE
    corrects: Code | None = None
    payment_method: PaymentMethod = PaymentMethod.TRANSFER
    buyer: BuyerRecord | None = None
    discounts: Annotated[tuple[DiscountRecord, ...], Field(max_length=100)] = ()
    state: InvoiceState
    issued_on: Day
    due_on: Day
    period_from: Day | None = None
    period_to: Day | None = None
    currency: Currency
    net_minor: Amount
    vat_minor: Amount
    gross_minor: Amount
    lines: Annotated[tuple[LineRecord, ...], Field(max_length=MOST_LINES)]
    taxes: Annotated[tuple[TaxRecord, ...], Field(max_length=20)]
    payments: Annotated[tuple[PaymentRecord, ...], Field(max_length=200)] = ()
    created_at: Instant = UNSAID

    def claims(self) -> Iterator[str]:
        """The number, and that of the invoice it takes back, which must be stored before."""
        yield self.number
        if self.corrects is not None and self.corrects != self.number:
            yield self.corrects

    @property
    def weight(self) -> int:
        """Its rows in all tables."""
        return 1 + len(self.lines) + len(self.taxes) + len(self.payments) + len(self.discounts)

    @model_validator(mode="after")
    def _whole(self) -> InvoiceRecord:
        if self.due_on < self.issued_on:
            raise misfit("due_on", "is before issued_on")
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise misfit("period_to", "is before period_from")
        if not self.lines:
            raise misfit("lines", "is empty")
        self._is_what_it_says()
        self._lines_add_up()
        self._taxes_add_up()
        self._total_adds_up()
        self._payments_go_with_the_state()
        return self

    def _is_what_it_says(self) -> None:
        """A credit note takes an invoice back, by positive amounts (EN 16931: type 381)."""
        if (self.document is InvoiceKind.CREDIT_NOTE) != (self.corrects is not None):
            missing = self.corrects is None
            raise misfit("corrects", "is missing for a credit note" if missing else "is for credit notes alone")
        if self.corrects == self.number:
            raise misfit("corrects", "is the credit note itself")
        if self.document is InvoiceKind.CREDIT_NOTE and self.gross_minor < 0:
            raise misfit("gross_minor", "is negative: the amounts of a credit note are positive")

    def _lines_add_up(self) -> None:
        for index, line in enumerate(self.lines):
            whole = line.net_minor + line.discount_minor
            if not line_adds_up(line.quantity_thousandths, line.unit_net_minor, whole):
                raise misfit(f"lines.{index}.net_minor", "is not the quantity times the unit price, less the discount")
            if line.discount_reason is not None and not line.discount_minor:
                raise misfit(f"lines.{index}.discount_minor", "is missing: there is a reason for it")

    def _taxes_add_up(self) -> None:
        nets: dict[int, list[int]] = defaultdict(list)
        for line in self.lines:
            nets[line.vat_basis_points].append(line.net_minor)
        for place, discount in enumerate(self.discounts):
            if discount.vat_basis_points not in nets:
                raise misfit(f"discounts.{place}.vat_basis_points", "is not the rate of any line")
            nets[discount.vat_basis_points].append(-discount.net_minor)
        kinds = {(line.vat_basis_points, line.vat_category) for line in self.lines}
        kinds |= {(discount.vat_basis_points, discount.vat_category) for discount in self.discounts}
        if len({tax.vat_basis_points for tax in self.taxes}) < len(self.taxes):
            raise misfit("taxes", "holds a rate twice")
        if {tax.vat_basis_points for tax in self.taxes} != set(nets):
            raise misfit("taxes", "does not have the rates of the lines")
        for index, tax in enumerate(self.taxes):
            of_rate = nets[tax.vat_basis_points]
            if (tax.vat_basis_points, tax.vat_category) not in kinds or len(kinds) > len(nets):
                raise misfit(f"taxes.{index}.vat_category", "is not that of the lines of this rate")
            if tax.vat_category is not VatCategory.S and tax.vat_basis_points:
                raise misfit(f"taxes.{index}.vat_basis_points", "must be 0 for this category")
            if tax.net_minor != sum(of_rate):
                raise misfit(f"taxes.{index}.net_minor", "is not the sum of the lines of this rate")
            if not tax_adds_up(tax.net_minor, tax.vat_basis_points, tax.vat_minor, len(of_rate)):
                raise misfit(f"taxes.{index}.vat_minor", "is not the rate on the net amount")

    def _total_adds_up(self) -> None:
        if self.net_minor != sum(tax.net_minor for tax in self.taxes):
            raise misfit("net_minor", "is not the sum of the lines")
        if self.vat_minor != sum(tax.vat_minor for tax in self.taxes):
            raise misfit("vat_minor", "is not the sum of the taxes")
        if self.gross_minor != self.net_minor + self.vat_minor:
            raise misfit("gross_minor", "is not net_minor plus vat_minor")

    def _payments_go_with_the_state(self) -> None:
        """Paid means that nothing is left to pay; open, overdue, pending and returned mean that something is."""
        if self.state is InvoiceState.CANCELLED or self.document is InvoiceKind.CREDIT_NOTE:
            return
        paid = sum(payment.amount_minor for payment in self.payments)
        settled = paid >= self.gross_minor if self.gross_minor >= 0 else paid <= self.gross_minor
        if self.state is InvoiceState.PAID and not settled:
            raise misfit("payments", "do not reach gross_minor although the state is PAID")
        if self.state is not InvoiceState.PAID and settled:
            raise misfit("payments", f"reach gross_minor although the state is {self.state.value}")
