"""Terms of contracts: what was agreed, and what follows from it today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from gateway.context import Context
from gateway.messages import message
from models import ContractState
from models.rules import term
from models.rules.berlin import berlin_day
from models.rules.term import Terms

TERMS = ("starts_on", "minimum_term_months", "renewal_months", "notice_months", "billing_months", "customer.kind")
"""The columns of a contract that its terms are made of."""

RUNNING = (*TERMS, "state", "ends_on")

ADD_ON_RUNNING = (
    "starts_on", "minimum_term_months", "renewal_months", "notice_months", "contract.billing_months", "customer.kind",
    "state", "ends_on",
)  # fmt: skip


class RenewalRule(StrEnum):
    """How a contract goes on after its minimum term."""

    OPEN_ENDED_BY_LAW = "OPEN_ENDED_BY_LAW"
    OPEN_ENDED = "OPEN_ENDED"
    BY_PERIOD = "BY_PERIOD"


@dataclass(frozen=True, slots=True)
class BillingPeriod:
    """The days that are billed together."""

    first_day: date
    last_day: date
    next_billing_on: date | None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money that is no column."""

    minor_units: int
    currency: str


def minimum_term_ends_on(context: Context, starts_on: date, months: int) -> date:
    """The last day of the minimum term."""
    return term.last_day(starts_on, months)


def vat(context: Context, net_minor: int, gross_minor: int, currency: str) -> Amount:
    """The VAT in a price."""
    return Amount(gross_minor - net_minor, currency)


def renewal_rule(context: Context, *columns: Any) -> RenewalRule:
    """How it goes on after its minimum term."""
    terms = _terms(*columns)
    if terms.renewal:
        return RenewalRule.BY_PERIOD
    return RenewalRule.OPEN_ENDED_BY_LAW if terms.protected else RenewalRule.OPEN_ENDED


def renewal_text(context: Context, *columns: Any, language: Any = None) -> str:
    """The same as a sentence, with its source in the law."""
    rule, terms = renewal_rule(context, *columns), _terms(*columns)
    spoken = context.language if language is None else language.value
    if rule is RenewalRule.BY_PERIOD:
        return message("contract.renewal.BY_PERIOD", spoken, months=terms.renewal, notice=terms.notice)
    if rule is RenewalRule.OPEN_ENDED:
        return message("contract.renewal.OPEN_ENDED", spoken, notice=terms.notice)
    return message("contract.renewal.OPEN_ENDED_BY_LAW", spoken, notice=terms.notice)


def next_end_on(context: Context, *columns: Any) -> date | None:
    """The last day if it were cancelled today, or the one that is known."""
    *agreed, state, known = columns
    ends_on: date | None = known
    if state != ContractState.ACTIVE:
        return ends_on
    end = term.next_end(_terms(*agreed), berlin_day(context.now))
    return end if ends_on is None else min(end, ends_on)


def notice_deadline(context: Context, *columns: Any) -> date | None:
    """The last day on which notice still ends it then; `None` where it ends already."""
    *agreed, state, ends_on = columns
    if state != ContractState.ACTIVE or ends_on is not None:
        return None
    return term.notice_deadline(_terms(*agreed), berlin_day(context.now))


def notice_months_now(context: Context, *columns: Any) -> int:
    """The notice that has to be given, by the agreement and by law."""
    return _terms(*columns).notice


def billing_period(context: Context, *columns: Any) -> BillingPeriod | None:
    """The period that today is in, and when the next one is billed; `None` before the start and after the end."""
    *agreed, state, ends_on = columns
    terms, today = _terms(*agreed), berlin_day(context.now)
    if today < terms.starts_on or (ends_on is not None and ends_on < today):
        return None
    first, last = term.period(terms, today)
    goes_on = state == ContractState.ACTIVE or (ends_on is not None and ends_on > last)
    return BillingPeriod(first, last, last + timedelta(days=1) if goes_on else None)


def _terms(starts_on: date, minimum: int, renewal: int, notice: int, billing: int, kind: str) -> Terms:
    return Terms(starts_on, minimum, renewal, notice, billing, kind == term.CONSUMER)
