"""Repeating a direct debit."""

from __future__ import annotations

from typing import Any

from gateway.auth import visible
from gateway.auth.debit import WHICH
from gateway.auth.idempotency import Attempt
from gateway.context import Context
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.outcome import Outcome, done

ACCOUNT = ("input", "bankAccount")


async def invoice_debit_repeat(context: Context, input: Any) -> Outcome:
    """Ask for it. The same request again gives what was made by the first, whatever became of the invoice since."""
    viewer, now = context.signed_in, context.now
    attempt = Attempt.of(context.parts.keyring, viewer, "invoiceDebitRepeat", input, now)
    made = await attempt.before()
    if made is None:
        debits, invoice_id, given = context.parts.debits, str(input.invoice_id), input.bank_account
        await debits.demand_repeatable(viewer, invoice_id, now, new_account=given is not None)
        account = None
        if given is not None:
            accounts = context.parts.bank_accounts
            account = await accounts.read(given.holder, given.iban, given.mandate_accepted, within=ACCOUNT)
        made = await attempt.once(lambda: debits.repeat(viewer, invoice_id, account, context.client, now))
    debit = await visible.debits(viewer).get_or_none(id=made)
    if debit is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    return done(invoice=await visible.invoices(viewer).get(id=debit.invoice_id), debit=debit)
