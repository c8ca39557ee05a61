"""Invoices: contract data, for the customer alone."""

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadInvoices, ReadPackages
from gateway.auth.viewer import Scope
from gateway.resolvers import giro_code, invoice, invoice_payment, money
from gateway.resolvers import invoice_package as packaged
from gateway.resolvers.invoice_action import NEEDS as INVOICE_ACTION_NEEDS
from gateway.resolvers.invoice_action import InvoiceActionName, invoice_actions
from gateway.resolvers.package import RefusalReason
from gateway.schema.debit import Debit
from gateway.schema.field import column, computed, embed, entity, many, one, resolver, where
from gateway.schema.giro_code import GiroCode
from gateway.schema.money import Money
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.schema.scalars import Currency
from gateway.source.declaration import SortKey, Sum
from models import InvoiceKind, InvoiceState, PaymentMethod, VatCategory

if TYPE_CHECKING:
    from gateway.schema.package import Package


@entity(models.InvoiceLine, description="One position of an invoice.")
class InvoiceLine:
    position: int | None = column(ReadInvoices, "Its number on the invoice, from 1.")
    description: str | None = column(ReadInvoices, "What was delivered.")
    quantity: float | None = computed(
        ReadInvoices, "How many units.", invoice.quantity, needs=("quantity_thousandths",)
    )
    unit: str | None = column(ReadInvoices, "The unit, such as `month`.")
    unit_price: Money | None = embed(
        ReadInvoices, "The price of one unit without VAT.", minor_units="unit_net_minor", currency="currency"
    )
    net: Money | None = embed(
        ReadInvoices, "The amount of the position without VAT.", minor_units="net_minor", currency="currency"
    )
    discount: Money | None = embed(
        ReadInvoices,
        "What is taken off quantity times price; `net` is what is left (EN 16931, BG-27).",
        minor_units="discount_minor",
        currency="currency",
    )
    discount_reason: str | None = column(ReadInvoices, "Why; null where nothing is taken off.")
    vat_category: VatCategory | None = column(ReadInvoices, "The kind of VAT.")
    vat_percent: float | None = computed(
        ReadInvoices, "The VAT rate in percent.", money.percent, needs=("vat_basis_points",)
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it is for; null for positions that belong to none."
    )


@entity(models.InvoiceTax, description="The VAT of one rate on an invoice (EN 16931, BG-23).")
class InvoiceTax:
    vat_category: VatCategory | None = column(ReadInvoices, "The kind of VAT.")
    exemption_reason: str | None = column(ReadInvoices, "Why there is no VAT, as the law wants it said.")
    vat_percent: float | None = computed(
        ReadInvoices, "The VAT rate in percent.", money.percent, needs=("vat_basis_points",)
    )
    net: Money | None = embed(ReadInvoices, "The amount the VAT is on.", minor_units="net_minor", currency="currency")
    vat: Money | None = embed(ReadInvoices, "The VAT.", minor_units="vat_minor", currency="currency")


@entity(models.InvoiceDiscount, description="Something taken off the whole invoice (EN 16931, BG-20).")
class InvoiceDiscount:
    position: int | None = column(ReadInvoices, "Its number on the invoice, from 1.")
    reason: str | None = column(ReadInvoices, "Why it is taken off.")
    net: Money | None = embed(
        ReadInvoices, "How much is taken off, without VAT.", minor_units="net_minor", currency="currency"
    )
    vat_category: VatCategory | None = column(ReadInvoices, "The kind of VAT that becomes less by it.")
    vat_percent: float | None = computed(
        ReadInvoices, "Its VAT rate in percent.", money.percent, needs=("vat_basis_points",)
    )


@entity(models.InvoiceReminder, description="A reminder of an invoice that was not paid.")
class InvoiceReminder:
    level: int | None = column(ReadInvoices, "Its level, from 1; after the third a person looks.")
    sent_on: date | None = column(ReadInvoices, "The day it was sent.")
    due_on: date | None = column(ReadInvoices, "The day by which it asks for the money.")
    fee: Money | None = embed(ReadInvoices, "What it costs.", minor_units="fee_minor", currency="currency")


@strawberry.type(description="Whom an invoice was issued to, as they were then.")
class InvoiceBuyer:
    name: str | None = column(ReadInvoices, "The name.")
    extra: str | None = column(ReadInvoices, "A second line of the address.")
    street: str | None = column(ReadInvoices, "Street and house number.")
    postcode: str | None = column(ReadInvoices, "The postcode.")
    city: str | None = column(ReadInvoices, "The town.")
    country: str | None = column(ReadInvoices, "The country, as a code of ISO 3166-1 alpha-2.")
    vat_id: str | None = column(ReadInvoices, "The VAT identification number.")


@strawberry.type(description="The positions of an invoice that belong to one package, or to none.")
class InvoicePackageLines:
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = column(
        ReadPackages, "The package; null for the positions that belong to none."
    )
    lines: list[InvoiceLine] = column(ReadInvoices, "The positions, in their order.")
    net: Money = column(ReadInvoices, "Their sum without VAT, before what is taken off the whole invoice.")


@strawberry.type(description="What is owed in one currency.")
class InvoiceTotals:
    currency: Currency = column(ReadInvoices, "The currency.")
    open_count: int = column(ReadInvoices, "How many invoices something is owed on, overdue ones included.")
    open: Money = column(ReadInvoices, "What is owed on them: less what was paid and credited.")
    overdue_count: int = column(
        ReadInvoices, "How many of them are past their day; while a debit is under way an invoice is not."
    )
    overdue: Money = column(ReadInvoices, "What is owed on those.")


async def _lines_by_package(
    info: strawberry.Info, root: strawberry.Parent[models.Invoice]
) -> list[InvoicePackageLines]:
    return await packaged.lines_by_package(info.context, root)  # type: ignore[return-value]  # values for the fields


async def invoice_totals(info: strawberry.Info) -> list[InvoiceTotals]:
    """What is owed, by currency."""
    return await invoice_payment.invoice_totals(info.context)  # type: ignore[return-value]  # values for the fields


@entity(models.Payment, description="Money received for an invoice; negative when it went back.")
class Payment:
    method: PaymentMethod | None = column(ReadInvoices, "How it came in.")
    paid_on: date | None = column(ReadInvoices, "When it was booked.")
    amount: Money | None = embed(ReadInvoices, "How much.", minor_units="amount_minor", currency="currency")
    reference: str | None = column(ReadInvoices, "The text on the bank statement.")


@strawberry.type(description="Something that can be done with an invoice.")
class InvoiceAction:
    name: InvoiceActionName = column(ReadInvoices, "What can be done.")
    allowed: bool = column(ReadInvoices, "Whether it can be done now.")
    reason: RefusalReason | None = column(ReadInvoices, "Why not; null when it is allowed.")
    message: str | None = column(
        ReadInvoices, "The reason in the language of the request, with what to do next; null when it is allowed."
    )


@entity(models.Invoice, description="An issued invoice.")
class Invoice(Node):
    number: str | None = column(ReadInvoices, "The invoice number.")
    kind: InvoiceKind | None = column(ReadInvoices, "Whether it is an invoice or takes one back.")
    corrects: Annotated["Invoice", strawberry.lazy("gateway.schema.invoice")] | None = one(
        ReadInvoices, "The invoice that a credit note takes back; null for invoices."
    )
    credit_notes: list[Annotated["Invoice", strawberry.lazy("gateway.schema.invoice")]] | None = many(
        ReadInvoices, "The credit notes that take it back, oldest first.", "credit_notes", "issued_on", "id"
    )
    payment_method: PaymentMethod | None = column(ReadInvoices, "How it is to be paid.")
    buyer: InvoiceBuyer | None = computed(
        ReadInvoices,
        "Whom it was issued to, as they were then; null for old invoices, on which the customer of today stands.",
        invoice_payment.buyer,
        needs=("buyer",),
    )
    amount_due: Money | None = computed(
        ReadInvoices,
        "What is still to be paid: less payments and credit notes, without fees of reminders. Nothing on a credit note.",
        invoice_payment.amount_due,
        needs=invoice_payment.DUE_NEEDS,
    )
    amount_paid: Money | None = computed(
        ReadInvoices,
        "What came in, less what went back.",
        invoice_payment.amount_paid,
        needs=invoice_payment.PAID_NEEDS,
    )
    state: InvoiceState | None = column(ReadInvoices, "What is known about its payment.")
    issued_on: date | None = column(ReadInvoices, "The day it was issued.")
    due_on: date | None = column(ReadInvoices, "The day it is due.")
    period_from: date | None = column(ReadInvoices, "The first day of the period it is for.")
    period_to: date | None = column(ReadInvoices, "The last day of the period it is for.")
    total: Money | None = embed(
        ReadInvoices, "What is to be paid, VAT included.", minor_units="gross_minor", currency="currency"
    )
    net: Money | None = embed(ReadInvoices, "The total without VAT.", minor_units="net_minor", currency="currency")
    vat: Money | None = embed(ReadInvoices, "The VAT of all rates.", minor_units="vat_minor", currency="currency")
    actions: list[InvoiceAction] | None = computed(
        ReadInvoices,
        "The menu of the invoice, decided by the same rules as the mutations; empty for a caller who may not pay.",
        invoice_actions,
        needs=INVOICE_ACTION_NEEDS,
    )
    lines: list[InvoiceLine] | None = many(ReadInvoices, "The positions.", "lines", "position")
    lines_by_package: list[InvoicePackageLines] | None = resolver(
        ReadInvoices,
        "The positions in groups: one for each package, those that belong to none last.",
        _lines_by_package,
    )
    discounts: list[InvoiceDiscount] | None = many(
        ReadInvoices, "What is taken off the whole invoice.", "discounts", "position"
    )
    taxes: list[InvoiceTax] | None = many(ReadInvoices, "The VAT by rate.", "taxes", "vat_basis_points")
    payments: list[Payment] | None = many(ReadInvoices, "What was paid so far.", "payments", "paid_on")
    debits: list[Debit] | None = many(
        ReadInvoices, "The attempts to collect it by direct debit, oldest first.", "debit_attempts", "attempt"
    )
    reminders: list[InvoiceReminder] | None = many(
        ReadInvoices, "The reminders sent, oldest first.", "reminders", "level"
    )
    next_reminder_on: date | None = computed(
        ReadInvoices,
        "The day of the next reminder if nothing is paid; null while a debit is under way or disputed, after the third "
        "reminder, and where nothing is owed.",
        invoice_payment.next_reminder,
        needs=invoice_payment.REMINDER_NEEDS,
    )
    pdf_path: str | None = computed(
        ReadInvoices,
        "Where the PDF is, with a bearer token; browsers get a one-time address from `invoiceTicketCreate`.",
        invoice.pdf_path,
        needs=("number", "id"),
    )
    xml_path: str | None = computed(
        ReadInvoices,
        "Where the same invoice is as data (XML, EN 16931), as in the PDF; browsers get a one-time address from "
        "`invoiceXmlTicketCreate`. An invoice whose amounts break a rule of the standard has no XML: the answer is 404.",
        invoice.xml_path,
        needs=("number", "id"),
    )
    giro_code: GiroCode | None = computed(
        ReadInvoices,
        "What is still to be paid as a QR code for banking apps; null where nothing is to be transferred: paid, collected "
        "by direct debit, a credit note, another currency than euro.",
        giro_code.of_invoice,
        needs=(
            *("number", "kind", "state", "currency", "gross_minor", Sum("payments", "amount_minor")),
            *("payment_method", "buyer", "customer.bank_account.mandate_reference"),
        ),
    )


@strawberry.enum(description="What invoices can be ordered by.")
class InvoiceOrderField(Enum):
    ISSUED_ON = strawberry.enum_value(SortKey("issued_on"), description="By the day of issue.")
    DUE_ON = strawberry.enum_value(SortKey("due_on"), description="By the day they are due.")
    NUMBER = strawberry.enum_value(SortKey("number"), description="By invoice number.")
    STATE = strawberry.enum_value(SortKey("state"), description="By state.")
    TOTAL = strawberry.enum_value(SortKey("gross_minor"), description="By amount.")


@strawberry.input(description="One entry of an order of invoices.")
class InvoiceOrder:
    field: InvoiceOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


@strawberry.input(description="Which invoices to list; every condition given must be met.")
class InvoiceFilter:
    state: list[InvoiceState] | None = where("In one of these states.", "state", "in")
    issued_from: date | None = where("Issued on this day or later.", "issued_on", "ge")
    issued_to: date | None = where("Issued on this day or earlier.", "issued_on", "le")
    due_from: date | None = where("Due on this day or later.", "due_on", "ge")
    due_to: date | None = where("Due on this day or earlier.", "due_on", "le")
    period_from: date | None = where("For a period that ends on this day or later.", "period_to", "ge")
    period_to: date | None = where("For a period that begins on this day or earlier.", "period_from", "le")
    kind: list[InvoiceKind] | None = where("Of one of these kinds.", "kind", "in")
    package: strawberry.ID | None = where(
        "With a position for the package with this id (needs PACKAGE_READ).",
        "lines.package_id",
        "eq",
        Scope.PACKAGE_READ,
    )
    open_only: bool | None = where(
        "With `true` only what is not settled: neither paid nor cancelled.", "state", "in", flag=invoice_payment.UNPAID
    )
    amount_from: int | None = where("Of this total or more, in minor units (cents).", "gross_minor", "ge")
    amount_to: int | None = where("Of this total or less, in minor units (cents).", "gross_minor", "le")
