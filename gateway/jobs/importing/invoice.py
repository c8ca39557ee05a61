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
    Currency,
    CustomerNumber,
    Day,
    Identification,
    Instant,
    Text16,
    Text140,
    Text240,
)
from models import InvoiceState, PaymentMethod

MOST_LINES = 2_000


class LineRecord(Part):
    """One position; its number is its place in the list. Credits are negative."""

    description: Text240
    quantity_thousandths: Amount
    unit: Text16
    unit_net_minor: Amount
    net_minor: Amount
    vat_basis_points: BasisPoints
    package: Identification | None = None


class TaxRecord(Part):
    """The VAT of one rate."""

    vat_basis_points: BasisPoints
    net_minor: Amount
    vat_minor: Amount


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
        """The number."""
        yield self.number

    @property
    def weight(self) -> int:
        """Its rows in all tables."""
        return 1 + len(self.lines) + len(self.taxes) + len(self.payments)

    @model_validator(mode="after")
    def _whole(self) -> InvoiceRecord:
        if self.due_on < self.issued_on:
            raise misfit("due_on", "is before issued_on")
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise misfit("period_to", "is before period_from")
        if not self.lines:
            raise misfit("lines", "is empty")
        self._lines_add_up()
        self._taxes_add_up()
        self._total_adds_up()
        self._payments_go_with_the_state()
        return self

    def _lines_add_up(self) -> None:
        for index, line in enumerate(self.lines):
            if not line_adds_up(line.quantity_thousandths, line.unit_net_minor, line.net_minor):
                raise misfit(f"lines.{index}.net_minor", "is not the quantity times the unit price")

    def _taxes_add_up(self) -> None:
        nets: dict[int, list[int]] = defaultdict(list)
        for line in self.lines:
            nets[line.vat_basis_points].append(line.net_minor)
        if len({tax.vat_basis_points for tax in self.taxes}) < len(self.taxes):
            raise misfit("taxes", "holds a rate twice")
        if {tax.vat_basis_points for tax in self.taxes} != set(nets):
            raise misfit("taxes", "does not have the rates of the lines")
        for index, tax in enumerate(self.taxes):
            of_rate = nets[tax.vat_basis_points]
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
        if self.state is InvoiceState.CANCELLED:
            return
        paid = sum(payment.amount_minor for payment in self.payments)
        settled = paid >= self.gross_minor if self.gross_minor >= 0 else paid <= self.gross_minor
        if self.state is InvoiceState.PAID and not settled:
            raise misfit("payments", "do not reach gross_minor although the state is PAID")
        if self.state is not InvoiceState.PAID and settled:
            raise misfit("payments", f"reach gross_minor although the state is {self.state.value}")
