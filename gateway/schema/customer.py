"""Master data: one set for everything under a customer number."""

from datetime import date, datetime

import strawberry

import models
from gateway.auth import visible
from gateway.auth.permissions import ReadAccount
from gateway.resolvers import customer
from gateway.schema.field import column, computed, embed, entity, facet, many, one, single
from gateway.schema.node import Node
from gateway.schema.two_factor import TwoFactor
from models import CustomerKind, PhoneKind


@strawberry.type(description="A postal address.")
class Address:
    street: str = column(ReadAccount, "Street and house number.")
    extra: str | None = column(ReadAccount, "A second line.")
    postcode: str = column(ReadAccount, "The postcode.")
    city: str = column(ReadAccount, "The town.")
    country: str = column(ReadAccount, "The country, as a code of ISO 3166-1 alpha-2.")


@entity(models.PhoneNumber, description="A phone number.")
class PhoneNumber:
    id: strawberry.ID = column(ReadAccount, "The id of the entry.")
    kind: PhoneKind = column(ReadAccount, "What it reaches.")
    number: str = column(ReadAccount, "The number in E.164 form: `+4930123456`.")


@entity(models.BankAccount, description="The account invoices are debited from. The IBAN itself is never shown.")
class BankAccount:
    holder: str = column(ReadAccount, "Whose account it is.")
    bank_name: str | None = column(ReadAccount, "The bank.")
    iban_last4: str = column(ReadAccount, "The last four characters of the IBAN.")
    mandate_reference: str = column(ReadAccount, "The reference of the SEPA mandate.")
    mandate_signed_on: date = column(ReadAccount, "When the mandate was given.")


@entity(models.LinkCode, description="A contact address that waits for its confirmation.")
class PendingEmail:
    email: str = column(ReadAccount, "The new address.")
    created_at: datetime = column(ReadAccount, "When it was given.")
    expires_at: datetime = column(ReadAccount, "Until when its code can be sent back; after that it is void.")


@strawberry.type(description="Why the contract holder cannot be changed online, and what to do instead.")
class HolderChange:
    message: str = column(ReadAccount, "Why not, and which form it takes, in the language of the request.")
    form_url: str = column(
        ReadAccount,
        "Where the form for a contract transfer (PDF) is, with a bearer token. Browsers get a one-time address from "
        "`holderChangeTicketCreate`.",
    )


@entity(models.Customer, description="The customer: master data that applies to every package.")
class Customer(Node):
    number: str | None = column(ReadAccount, "The customer number.")
    kind: CustomerKind | None = column(ReadAccount, "Consumer or business.")
    display_name: str | None = computed(
        ReadAccount,
        "The name a letter starts with.",
        customer.display_name,
        needs=("company_name", "first_name", "last_name"),
    )
    first_name: str | None = column(ReadAccount, "First name of a person or of the contact.")
    last_name: str | None = column(ReadAccount, "Last name of a person or of the contact.")
    company_name: str | None = column(ReadAccount, "The company; null for persons.")
    vat_id: str | None = column(ReadAccount, "The VAT identification number.")
    address: Address | None = embed(
        ReadAccount,
        "The postal address.",
        street="street",
        extra="address_extra",
        postcode="postcode",
        city="city",
        country="country",
    )
    phone_numbers: list[PhoneNumber] | None = many(ReadAccount, "The phone numbers.", "phone_numbers", "kind", "number")
    email: str | None = column(ReadAccount, "The contact e-mail address.")
    pending_email: PendingEmail | None = single(
        ReadAccount, "A new contact address that waits for its confirmation; null: none.", visible.pending_emails
    )
    holder_change: HolderChange | None = computed(
        ReadAccount,
        "How somebody else becomes the contract holder: not online.",
        customer.holder_change,
        needs=("id", "number"),
    )
    invoice_email: str | None = column(ReadAccount, "Where invoices are announced; null: the contact address.")
    language: str | None = column(ReadAccount, "The language of letters and mails (ISO 639-1).")
    username: str | None = column(ReadAccount, "The name to sign in with instead of the customer number.")
    two_factor: TwoFactor | None = facet(ReadAccount, "Two-factor authentication.")
    bank_account: BankAccount | None = one(ReadAccount, "The account invoices are debited from.")
    created_at: datetime | None = column(ReadAccount, "When the customer number was given.")
    version: int | None = column(ReadAccount, "Counts the changes; mutations ask for it.")
