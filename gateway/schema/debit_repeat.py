"""Repeating a direct debit."""

import strawberry

from gateway.auth.permissions import PayInvoices
from gateway.errors import ErrorCode
from gateway.resolvers import debit as resolve
from gateway.schema.debit import Debit
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from gateway.schema.invoice import Invoice


@strawberry.input(description="New bank details, with the mandate to debit them.")
class DebitAccountInput:
    holder: str = strawberry.field(description="Whose account it is: at most 70 characters that SEPA knows.")
    iban: str = strawberry.field(description="The IBAN, with or without blanks. It is never shown again.")
    mandate_accepted: bool = strawberry.field(
        description="That the holder gives the SEPA mandate to debit what is due from this account."
    )


@strawberry.input(description="Which invoice to debit again.")
class InvoiceDebitRepeatInput:
    invoice_id: strawberry.ID = strawberry.field(description="The id of the invoice.")
    idempotency_key: str = strawberry.field(
        description="1 to 255 visible ASCII characters, new for each intention: the same request again gives the same debit, "
        "for 24 hours."
    )
    bank_account: DebitAccountInput | None = strawberry.field(
        default=None,
        description="Bank details to put in the place of those there are, for this invoice and everything after it; without "
        "them the account there is gets debited.",
    )


@strawberry.type(description="What repeating a direct debit gives.")
class InvoiceDebitRepeatPayload:
    invoice: Invoice | None = column(PayInvoices, "The invoice, whose state is `DEBIT_PENDING` now.")
    debit: Debit | None = column(PayInvoices, "The debit.")
    errors: list[UserError] = column(PayInvoices, "Why there is none.")


@strawberry.type(description="Paying invoices.")
class DebitMutation:
    invoice_debit_repeat: InvoiceDebitRepeatPayload | None = mutation(
        PayInvoices,
        "Collect what is due of an invoice by direct debit once more: never twice at the same time, and three times at most. "
        "A mail announces amount and day. `actions` of the invoice says beforehand whether it can be (`DEBIT_REPEAT`, or with "
        "new bank details `DEBIT_REPEAT_WITH_NEW_ACCOUNT`).",
        resolve.invoice_debit_repeat,
        InvoiceDebitRepeatInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        step_up=True,
    )
