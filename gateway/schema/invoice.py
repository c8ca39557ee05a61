"""Invoices: contract data, for the customer alone."""

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import models
from gateway.auth.permissions import ReadInvoices, ReadPackages
from gateway.resolvers import giro_code, invoice, money
from gateway.resolvers.invoice_action import NEEDS as INVOICE_ACTION_NEEDS
from gateway.resolvers.invoice_action import InvoiceActionName, invoice_actions
from gateway.resolvers.package import RefusalReason
from gateway.schema.field import column, computed, embed, entity, many, one, where
from gateway.schema.giro_code import GiroCode
from gateway.schema.money import Money
from gateway.schema.node import Node
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey, Sum
from models import InvoiceState, PaymentMethod

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
    vat_percent: float | None = computed(
        ReadInvoices, "The VAT rate in percent.", money.percent, needs=("vat_basis_points",)
    )
    package: Annotated["Package", strawberry.lazy("gateway.schema.package")] | None = one(
        ReadPackages, "The package it is for; null for positions that belong to none."
    )


@entity(models.InvoiceTax, description="The VAT of one rate on an invoice (EN 16931, BG-23).")
class InvoiceTax:
    vat_percent: float | None = computed(
        ReadInvoices, "The VAT rate in percent.", money.percent, needs=("vat_basis_points",)
    )
    net: Money | None = embed(ReadInvoices, "The amount the VAT is on.", minor_units="net_minor", currency="currency")
    vat: Money | None = embed(ReadInvoices, "The VAT.", minor_units="vat_minor", currency="currency")


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
    taxes: list[InvoiceTax] | None = many(ReadInvoices, "The VAT by rate.", "taxes", "vat_basis_points")
    payments: list[Payment] | None = many(ReadInvoices, "What was paid so far.", "payments", "paid_on")
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
