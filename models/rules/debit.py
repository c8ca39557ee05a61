"""Whether an invoice can be debited once more, and if not, what stands against it.

The menu and the mutation ask here. Sources: the SEPA Direct Debit Core Rulebook (EPC016-06): a mandate lapses 36 months after
its last collection (4.1, or after it was signed where it was never used), and what a return says of the account (Annex I).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.rules.decision import Allowed, Decision, Refused
from models.rules.return_code import Repeat, permits_repeat, return_code
from models.rules.term import add_months

MOST_ATTEMPTS = 3
"""Debits of one invoice. Each return costs the customer and the creditor, so after the third a person has to look."""

MANDATE_MONTHS = 36
"""Months after which a mandate that was not used lapses."""

MOST_MINOR = 99_999_999_999
"""The largest amount of a SEPA collection: EUR 999,999,999.99 (EPC130-08, AT-06)."""

NOT_AN_INVOICE = "NOT_AN_INVOICE"
INVOICE_PAID = "INVOICE_PAID"
INVOICE_CANCELLED = "INVOICE_CANCELLED"
DEBIT_NOT_OFFERED = "DEBIT_NOT_OFFERED"
DEBIT_PENDING = "DEBIT_PENDING"
NOT_IN_EURO = "NOT_IN_EURO"
AMOUNT_TOO_LARGE = "AMOUNT_TOO_LARGE"
NO_ATTEMPTS_LEFT = "NO_ATTEMPTS_LEFT"
MANDATE_MISSING = "MANDATE_MISSING"
MANDATE_REVOKED = "MANDATE_REVOKED"
MANDATE_EXPIRED = "MANDATE_EXPIRED"
BANK_DETAILS_NEEDED = "BANK_DETAILS_NEEDED"
INVOICE_DISPUTED = "INVOICE_DISPUTED"
RETURN_CODE_FORBIDS = "RETURN_CODE_FORBIDS"

REASONS = (
    NOT_AN_INVOICE,
    INVOICE_PAID,
    INVOICE_CANCELLED,
    DEBIT_NOT_OFFERED,
    DEBIT_PENDING,
    NOT_IN_EURO,
    AMOUNT_TOO_LARGE,
    NO_ATTEMPTS_LEFT,
    MANDATE_MISSING,
    MANDATE_REVOKED,
    MANDATE_EXPIRED,
    BANK_DETAILS_NEEDED,
    INVOICE_DISPUTED,
    RETURN_CODE_FORBIDS,
)
"""Every reason there is, the first that applies is given."""

REPEATABLE = frozenset({"OPEN", "OVERDUE", "DEBIT_RETURNED"})
"""States of an invoice that can be debited."""

UNDER_WAY = frozenset({"REQUESTED", "SUBMITTED"})
"""States of a debit that is not over."""

_DISPUTED = frozenset({"MD06"})


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a collection is allowed by."""

    reference: str
    signed_on: date
    used_on: date | None = None
    revoked: bool = False

    def lapsed(self, today: date) -> bool:
        """Whether it was not used for so long that it is void: the last day it is good is 36 months later."""
        return add_months(self.used_on or self.signed_on, MANDATE_MONTHS) < today


@dataclass(frozen=True, slots=True)
class LastDebit:
    """The latest attempt: its state, what the bank said when it came back, and under which mandate it was."""

    state: str
    return_code: str | None
    mandate_reference: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice as far as debiting it depends on it.

    `due_minor` is what is neither paid nor credited, `attempts` how often it was debited.
    """

    kind: str
    state: str
    due_minor: int
    currency: str
    attempts: int
    last: LastDebit | None = None


def repeatable(
    claim: Claim,
    mandate: Mandate | None,
    today: date,
    *,
    offered: bool,
) -> Decision:
    """Whether it can be debited again from the account there is.

    `offered` says that the house collects at all: it has a creditor identifier.
    """
    decision = collectable(claim, offered=offered)
    if isinstance(decision, Refused):
        return decision
    if mandate is None:
        return Refused(MANDATE_MISSING)
    if mandate.revoked:
        return Refused(MANDATE_REVOKED)
    if mandate.lapsed(today):
        return Refused(MANDATE_EXPIRED)
    last = claim.last
    if last is not None and last.return_code is not None and last.mandate_reference == mandate.reference:
        return Allowed() if permits_repeat(last.return_code) else Refused(BANK_DETAILS_NEEDED)
    return Allowed()


def collectable(claim: Claim, *, offered: bool) -> Decision:
    """Whether it can be debited from some account: what a mutation asks that brings new bank details."""
    reason = _standing_against(claim, offered=offered)
    if reason is not None:
        return Refused(reason)
    code = None if claim.last is None else claim.last.return_code
    if code is not None and return_code(code).repeat is Repeat.NOT:
        return Refused(INVOICE_DISPUTED if code in _DISPUTED else RETURN_CODE_FORBIDS)
    return Allowed()


def _standing_against(claim: Claim, *, offered: bool) -> str | None:
    if claim.kind != "INVOICE":
        return NOT_AN_INVOICE
    if claim.state == "CANCELLED":
        return INVOICE_CANCELLED
    if claim.state == "PAID":
        return INVOICE_PAID
    if claim.state not in REPEATABLE or (claim.last is not None and claim.last.state in UNDER_WAY):
        return DEBIT_PENDING
    if claim.due_minor <= 0:
        return INVOICE_PAID
    if not offered:
        return DEBIT_NOT_OFFERED
    if claim.currency != "EUR":
        return NOT_IN_EURO
    if claim.due_minor > MOST_MINOR:
        return AMOUNT_TOO_LARGE
    return NO_ATTEMPTS_LEFT if claim.attempts >= MOST_ATTEMPTS else None
