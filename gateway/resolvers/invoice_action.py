"""The menu of an invoice, by the same rule as behind the mutation."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from gateway.auth.debit import decide
from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.resolvers.cancellation_action import Action, entry
from gateway.source.declaration import First, Need, Sum
from models.rules.berlin import berlin_day
from models.rules.debit import Claim, LastDebit, Mandate


class InvoiceActionName(StrEnum):
    """The entries of an invoice's menu."""

    DEBIT_REPEAT = "DEBIT_REPEAT"
    DEBIT_REPEAT_WITH_NEW_ACCOUNT = "DEBIT_REPEAT_WITH_NEW_ACCOUNT"


_LATEST = ("-attempt",)

NEEDS: tuple[Need, ...] = (
    "kind",
    "state",
    "gross_minor",
    Sum("payments", "amount_minor"),
    Sum("credit_notes", "gross_minor"),
    "currency",
    "debits",
    First("debit_attempts", "state", _LATEST),
    First("debit_attempts", "return_code", _LATEST),
    First("debit_attempts", "mandate_reference", _LATEST),
    "customer.bank_account.mandate_reference",
    "customer.bank_account.mandate_signed_on",
    "customer.bank_account.mandate_used_on",
    "customer.bank_account.mandate_revoked_at",
)


def invoice_actions(
    context: Context,
    kind: str,
    state: str,
    gross_minor: int,
    paid_minor: int,
    credited_minor: int,
    currency: str,
    attempts: int,
    last_state: str | None,
    last_code: str | None,
    last_mandate: str | None,
    reference: str | None,
    signed_on: date | None,
    used_on: date | None,
    revoked_at: datetime | None,
) -> list[Action]:
    """The menu of an invoice; nothing for a caller who may not pay."""
    if context.viewer is None or Scope.INVOICE_PAY not in context.viewer.scopes:
        return []
    due = gross_minor - paid_minor - credited_minor
    last = LastDebit(last_state, last_code, last_mandate) if last_state and last_mandate else None
    claim = Claim(kind, state, due, currency, attempts, last)
    mandate = Mandate(reference, signed_on, used_on, revoked_at is not None) if reference and signed_on else None
    company, today, name = context.parts.company, berlin_day(context.now), InvoiceActionName
    return [
        entry(context, name.DEBIT_REPEAT, decide(company, claim, mandate, today, new_account=False)),
        entry(context, name.DEBIT_REPEAT_WITH_NEW_ACCOUNT, decide(company, claim, mandate, today, new_account=True)),
    ]
