"""What is owed on invoices: of one, and of all that are not settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from gateway.auth import visible
from gateway.auth.viewer import Reach
from gateway.context import Context
from gateway.source.declaration import First, Need, Sum
from gateway.source.statement import Given, Select, Statement, stored
from models import InvoiceKind, InvoiceState
from models.database import dialect, fetch
from models.rules.berlin import berlin_day
from models.rules.reminder import Owed, next_reminder_on
from models.rules.return_code import return_code

UNPAID = (
    InvoiceState.OPEN.value,
    InvoiceState.DEBIT_PENDING.value,
    InvoiceState.DEBIT_RETURNED.value,
    InvoiceState.OVERDUE.value,
)
"""States in which something is owed."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money that is no column."""

    minor_units: int
    currency: str


PAID_SUM, CREDITED_SUM = Sum("payments", "amount_minor"), Sum("credit_notes", "gross_minor")

DUE_NEEDS: tuple[Need, ...] = ("kind", "state", "currency", "gross_minor", PAID_SUM, CREDITED_SUM)
PAID_NEEDS: tuple[Need, ...] = ("currency", PAID_SUM)

_LATEST, _LAST_LEVEL = ("-attempt",), ("-level",)

REMINDER_NEEDS: tuple[Need, ...] = (
    *DUE_NEEDS,
    "due_on",
    First("reminders", "level", _LAST_LEVEL),
    First("reminders", "due_on", _LAST_LEVEL),
    First("debit_attempts", "state", _LATEST),
    First("debit_attempts", "return_code", _LATEST),
)


def due(kind: str, state: str, gross_minor: int, paid_minor: int, credited_minor: int) -> int:
    """What is still owed: never negative, nothing on a credit note or on what is settled."""
    if kind != InvoiceKind.INVOICE or state not in UNPAID:
        return 0
    return max(gross_minor - paid_minor - credited_minor, 0)


def amount_due(
    context: Context, kind: str, state: str, currency: str, gross_minor: int, paid_minor: int, credited_minor: int
) -> Amount:
    """What is still to be paid, without fees of reminders."""
    return Amount(due(kind, state, gross_minor, paid_minor, credited_minor), currency)


def amount_paid(context: Context, currency: str, paid_minor: int) -> Amount:
    """What came in, less what went back."""
    return Amount(paid_minor, currency)


def next_reminder(
    context: Context,
    kind: str,
    state: str,
    currency: str,
    gross_minor: int,
    paid_minor: int,
    credited_minor: int,
    due_on: date,
    level: int | None,
    last_due_on: date | str | None,
    last_debit: str | None,
    code: str | None,
) -> date | None:
    """The day of the next reminder, if nothing is paid until then."""
    last = date.fromisoformat(last_due_on) if isinstance(last_due_on, str) else last_due_on
    owed = due(kind, state, gross_minor, paid_minor, credited_minor)
    return next_reminder_on(Owed(kind, state, owed, due_on, level, last, last_debit, code))


def return_reason(context: Context, code: str | None) -> str | None:
    """Why a debit came back, in words."""
    return None if code is None else return_code(code).reason_in(context.language)


def return_advice(context: Context, code: str | None) -> str | None:
    """What to do about it."""
    return None if code is None else return_code(code).advice_in(context.language)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whom an invoice was issued to."""

    name: str | None
    extra: str | None
    street: str | None
    postcode: str | None
    city: str | None
    country: str | None
    vat_id: str | None


_KEPT = ("name", "extra", "street", "postcode", "city", "country", "vatId")


def buyer(context: Context, kept: Any) -> Buyer | None:
    """Whom it was issued to, as they were then; `None` where it was issued before that was kept."""
    return Buyer(*(kept.get(name) for name in _KEPT)) if isinstance(kept, dict) else None


@dataclass(frozen=True, slots=True)
class Totals:
    """What is owed in one currency, and what of that is overdue."""

    currency: str
    open_count: int
    open: Amount
    overdue_count: int
    overdue: Amount


@lru_cache(maxsize=8)
def _totals(reach: Reach, kind: str) -> Statement:
    """One line for each currency: counts and sums over what is not settled, read by the index of states."""
    select = Select(visible.invoices, reach, kind)
    select.conditions.append(select.among(select.column("state"), "states", lambda given: list(UNPAID)))
    select.conditions.append(
        f"{select.column('kind')} = {select.binds.place('kind', lambda given: InvoiceKind.INVOICE.value)}"
    )
    today = select.binds.place("today", lambda given: stored(given.values[0], kind))
    paid, credited = select.sum("", PAID_SUM), select.sum("", CREDITED_SUM)
    owed = f"{select.column('gross_minor')} - {paid} - {credited}"
    late = f"{select.column('due_on')} < {today}"
    pending = select.binds.place("pending", lambda given: InvoiceState.DEBIT_PENDING.value)
    late = f"({late} AND {select.column('state')} <> {pending})"
    inner = f"SELECT {select.column('currency')} AS currency, {owed} AS owed, {late} AS late {select.source()}"
    total, overdue = (
        "CAST(sum(owed) AS BIGINT)",
        "CAST(coalesce(sum(CASE WHEN late THEN owed ELSE 0 END), 0) AS BIGINT)",
    )
    late_count = "CAST(coalesce(sum(CASE WHEN late THEN 1 ELSE 0 END), 0) AS BIGINT)"
    columns = f"currency, count(*), {total}, {late_count}, {overdue}"
    return select.finish(f"SELECT {columns} FROM ({inner}) d WHERE owed > 0 GROUP BY currency ORDER BY currency")  # noqa: S608 - our own names


async def invoice_totals(context: Context) -> list[Totals]:
    """What is owed, by currency: one statement, whatever the number of invoices."""
    reader = context.loaders.reader
    statement = _totals(context.loaders.reach, dialect())
    rows = await fetch(statement.sql, statement.arguments(Given(reader, values=(berlin_day(context.now),))))
    return [
        Totals(currency, count, Amount(owed, currency), late_count, Amount(late, currency))
        for currency, count, owed, late_count, late in rows
    ]
