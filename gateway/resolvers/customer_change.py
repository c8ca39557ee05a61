"""Changing master data."""

from __future__ import annotations

from typing import Any

from gateway.auth.customer_address import change_address, change_language
from gateway.auth.phone_numbers import Typed, change_phone_numbers
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done
from models.rules.address import tidied


async def address_change(context: Context, input: Any) -> Outcome:
    """Another postal address."""
    address = tidied(input.street, input.extra, input.postcode, input.city, input.country)
    return done(customer=await change_address(context.signed_in, address, input.version, context.client, context.now))


async def language_change(context: Context, input: Any) -> Outcome:
    """Another language of letters and mails."""
    language = input.language.value
    return done(customer=await change_language(context.signed_in, language, input.version, context.client, context.now))


async def phone_numbers_change(context: Context, input: Any) -> Outcome:
    """Other phone numbers."""
    typed = [Typed(entry.kind, entry.number) for entry in input.phone_numbers]
    return done(
        customer=await change_phone_numbers(context.signed_in, typed, input.version, context.client, context.now)
    )


async def email_change(context: Context, input: Any) -> Outcome:
    """Another contact address, once it is confirmed."""
    emails, viewer = context.parts.contact_email, context.signed_in
    return done(customer=await emails.change(viewer, input.email, input.version, context.client, context.now))


async def email_confirm(context: Context, input: Any) -> Outcome:
    """The code that was sent to it."""
    await context.parts.contact_email.confirm(input.code, context.client, context.now)
    return done(confirmed=True)


async def invoice_email_change(context: Context, input: Any) -> Outcome:
    """Another address for invoices."""
    emails, viewer = context.parts.contact_email, context.signed_in
    customer = await emails.change_for_invoices(viewer, input.email, input.version, context.client, context.now)
    return done(customer=customer)


async def bank_account_change(context: Context, input: Any) -> Outcome:
    """Another account to debit."""
    accounts, viewer = context.parts.bank_accounts, context.signed_in
    customer = await accounts.change(
        viewer, input.holder, input.iban, input.mandate_accepted, input.version, context.client, context.now
    )
    return done(customer=customer)
