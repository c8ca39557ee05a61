"""Direct debits of an invoice, as the customer sees them."""

from datetime import date, datetime

import models
from gateway.auth.permissions import ReadInvoices
from gateway.resolvers import invoice_payment
from gateway.schema.field import column, computed, embed, entity
from gateway.schema.money import Money
from models import DebitState


@entity(models.Debit, description="One attempt to collect an invoice by SEPA direct debit.")
class Debit:
    attempt: int | None = column(ReadInvoices, "Which attempt for this invoice it is, from 1.")
    state: DebitState | None = column(ReadInvoices, "How far it is.")
    amount: Money | None = embed(
        ReadInvoices, "How much is collected.", minor_units="amount_minor", currency="currency"
    )
    collect_on: date | None = column(
        ReadInvoices, "The day it is collected on: a day on which banks settle payments, announced by mail beforehand."
    )
    requested_at: datetime | None = column(ReadInvoices, "When it was asked for.")
    submitted_at: datetime | None = column(
        ReadInvoices, "When it went into a file for the bank; null while it waits for that."
    )
    settled_on: date | None = column(
        ReadInvoices, "The day the bank booked it or its return; null while neither is known."
    )
    iban_last4: str | None = column(ReadInvoices, "The last four characters of the IBAN; the rest is never shown.")
    mandate_reference: str | None = column(ReadInvoices, "The reference of the SEPA mandate it is collected under.")
    return_code: str | None = column(
        ReadInvoices,
        "Why it came back, as a code of ISO 20022 such as `MS03` (no reason given, usual in Germany); null unless it did.",
    )
    return_reason: str | None = computed(
        ReadInvoices,
        "What the code means, in the language of the request; null unless it came back.",
        invoice_payment.return_reason,
        needs=("return_code",),
    )
    return_advice: str | None = computed(
        ReadInvoices,
        "What to do about it, in the language of the request; null unless it came back.",
        invoice_payment.return_advice,
        needs=("return_code",),
    )
