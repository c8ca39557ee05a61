"""Changing master data: one mutation for each subject."""

from enum import Enum

import strawberry

from gateway.auth.permissions import Public, WriteAccount
from gateway.errors import ErrorCode
from gateway.resolvers import customer_change as resolve
from gateway.schema.customer import Customer
from gateway.schema.error import UserError
from gateway.schema.field import column, mutation
from models import PhoneKind

VERSION = "`customer.version` as it was last read."


@strawberry.enum(description="A language of letters and mails.")
class LetterLanguage(Enum):
    DE = strawberry.enum_value("de", description="German.")
    EN = strawberry.enum_value("en", description="English.")


@strawberry.type(description="What changing master data gives.")
class CustomerChangePayload:
    customer: Customer | None = column(WriteAccount, "The customer as changed.")
    errors: list[UserError] = column(WriteAccount, "Why it was not changed.")


@strawberry.input(description="Another postal address.")
class CustomerAddressChangeInput:
    version: int = strawberry.field(description=VERSION)
    street: str = strawberry.field(description="Street and house number.")
    extra: str | None = strawberry.field(default=None, description="A second line.")
    postcode: str = strawberry.field(description="The postcode, as its country writes it; empty where there are none.")
    city: str = strawberry.field(description="The town.")
    country: str = strawberry.field(description="The country, as a code of ISO 3166-1 alpha-2.")


@strawberry.input(description="A phone number.")
class PhoneNumberInput:
    kind: PhoneKind = strawberry.field(description="What it reaches.")
    number: str = strawberry.field(
        description="The number: with + and the country code, or as it is dialled in the customer's country."
    )


@strawberry.input(description="The phone numbers from now on.")
class CustomerPhoneNumbersChangeInput:
    version: int = strawberry.field(description=VERSION)
    phone_numbers: list[PhoneNumberInput] = strawberry.field(description="All of them, at most 10.")


@strawberry.input(description="Another contact address.")
class CustomerEmailChangeInput:
    version: int = strawberry.field(description=VERSION)
    email: str = strawberry.field(description="The e-mail address.")


@strawberry.input(description="The code from the mail to a new contact address.")
class CustomerEmailConfirmInput:
    code: str = strawberry.field(description="The code from the link in the mail.")


@strawberry.type(description="What confirming a new contact address gives.")
class CustomerEmailConfirmPayload:
    confirmed: bool | None = column(Public, "True when the address counts from now on.")
    errors: list[UserError] = column(Public, "Why it was not confirmed.")


@strawberry.input(description="Where invoices are announced from now on.")
class CustomerInvoiceEmailChangeInput:
    version: int = strawberry.field(description=VERSION)
    email: str | None = strawberry.field(default=None, description="The e-mail address; null: the contact address.")


@strawberry.input(description="Another account to debit.")
class CustomerBankAccountChangeInput:
    version: int = strawberry.field(description=VERSION)
    holder: str = strawberry.field(description="Whose account it is: at most 70 characters that SEPA knows.")
    iban: str = strawberry.field(description="The IBAN, with or without blanks. It is never shown again.")
    mandate_accepted: bool = strawberry.field(
        description="That the holder gives the SEPA mandate to debit what is due from this account."
    )


@strawberry.input(description="The language of letters and mails.")
class CustomerLanguageChangeInput:
    version: int = strawberry.field(description=VERSION)
    language: LetterLanguage = strawberry.field(description="The language.")


@strawberry.type(description="Changing master data.")
class CustomerMutation:
    customer_address_change: CustomerChangePayload | None = mutation(
        WriteAccount,
        "Change the postal address: at once for every package and contract. A mail tells of it.",
        resolve.address_change,
        CustomerAddressChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    customer_phone_numbers_change: CustomerChangePayload | None = mutation(
        WriteAccount,
        "Replace the phone numbers.",
        resolve.phone_numbers_change,
        CustomerPhoneNumbersChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
    )
    customer_email_change: CustomerChangePayload | None = mutation(
        WriteAccount,
        "Change the contact e-mail address. Both addresses are told; the new one counts once the code from its mail comes back "
        "with `customerEmailConfirm`, within a day. It must not lie inside one of the customer's own packages.",
        resolve.email_change,
        CustomerEmailChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
        ErrorCode.RATE_LIMITED,
        step_up=True,
    )
    customer_email_confirm: CustomerEmailConfirmPayload = mutation(
        Public,
        "Confirm a new contact address with the code from the mail; no session is needed. A code works once.",
        resolve.email_confirm,
        CustomerEmailConfirmInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.RATE_LIMITED,
    )
    customer_invoice_email_change: CustomerChangePayload | None = mutation(
        WriteAccount,
        "Change where invoices are announced. The contact address is told.",
        resolve.invoice_email_change,
        CustomerInvoiceEmailChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    customer_bank_account_change: CustomerChangePayload | None = mutation(
        WriteAccount,
        "Change the account that invoices are debited from, with a new SEPA mandate. A mail tells of it; the IBAN is never "
        "shown again.",
        resolve.bank_account_change,
        CustomerBankAccountChangeInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    customer_language_change: CustomerChangePayload | None = mutation(
        WriteAccount,
        "Change the language of letters and mails.",
        resolve.language_change,
        CustomerLanguageChangeInput,
        ErrorCode.CONFLICT,
    )
