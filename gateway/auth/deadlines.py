"""What happens to a customer's contracts by itself, and by when something has to be done: a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from models import AddOn, Contract, ContractState, Domain, DomainState, Package, TariffChange, TariffChangeState
from models.rules import term

MOST_ROWS = 2_000
"""Rows of one kind that are looked at; beyond them the earliest count."""


class DeadlineKind(StrEnum):
    """What it is."""

    NOTICE = "NOTICE"
    END = "END"
    ADD_ON_END = "ADD_ON_END"
    DOMAIN_END = "DOMAIN_END"
    BILLING = "BILLING"
    TARIFF_CHANGE = "TARIFF_CHANGE"
    DOMAIN_RENEWAL = "DOMAIN_RENEWAL"


WORDS: dict[DeadlineKind, str] = {
    DeadlineKind.NOTICE: "deadline.NOTICE",
    DeadlineKind.END: "deadline.END",
    DeadlineKind.ADD_ON_END: "deadline.ADD_ON_END",
    DeadlineKind.DOMAIN_END: "deadline.DOMAIN_END",
    DeadlineKind.BILLING: "deadline.BILLING",
    DeadlineKind.TARIFF_CHANGE: "deadline.TARIFF_CHANGE",
    DeadlineKind.DOMAIN_RENEWAL: "deadline.DOMAIN_RENEWAL",
}
"""The message that says what each is."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day, and the rows it is about."""

    kind: DeadlineKind
    on: date
    days_left: int
    contract: Contract | None = None
    package: Package | None = None
    add_on: AddOn | None = None
    domain: Domain | None = None

    @property
    def subject_id(self) -> str:
        """The id of what it is about most closely."""
        row = self.add_on or self.domain or self.contract
        assert row is not None  # each is about one of them
        return str(row.pk)


async def deadlines(viewer: Viewer, today: date, until: date) -> list[Deadline]:
    """Those from `today` to `until`, the earliest first."""
    customer = await visible.customers(viewer).get_or_none()
    if customer is None:
        return []
    found = [
        *await _of_contracts(viewer, customer.kind.value, today, until),
        *await _of_add_ons(viewer, today, until),
        *await _of_domains(viewer, today, until),
        *await _of_tariff_changes(viewer, today, until),
    ]
    return sorted(found, key=lambda one: (one.on, one.kind, one.subject_id))


async def _of_contracts(viewer: Viewer, kind: str, today: date, until: date) -> list[Deadline]:
    running = visible.contracts(viewer).exclude(state=ContractState.ENDED).select_related("package")
    return [
        Deadline(what, on, (on - today).days, contract, contract.package)
        for contract in await running.order_by("id").limit(MOST_ROWS)
        for what, on in _days(contract, kind, today)
        if today <= on <= until
    ]


def _days(contract: Contract, kind: str, today: date) -> Iterator[tuple[DeadlineKind, date]]:
    terms = term.terms_of(contract, kind)
    if contract.ends_on is not None:
        yield DeadlineKind.END, contract.ends_on
    elif terms.renewal or today <= term.minimum_term_ends_on(terms):
        # Open-ended ones can be ended any day: no day is the last.
        yield DeadlineKind.NOTICE, term.notice_deadline(terms, today)
    if contract.starts_on <= today:
        billed = term.period(terms, today)[1] + timedelta(days=1)
        if contract.ends_on is None or billed <= contract.ends_on:
            yield DeadlineKind.BILLING, billed


async def _of_add_ons(viewer: Viewer, today: date, until: date) -> list[Deadline]:
    ending = visible.add_ons(viewer).filter(ends_on__gte=today, ends_on__lte=until).exclude(state=ContractState.ENDED)
    return [
        Deadline(
            DeadlineKind.ADD_ON_END, row.ends_on, (row.ends_on - today).days, row.contract, row.contract.package, row
        )
        for row in await ending.select_related("contract__package").order_by("ends_on", "id").limit(MOST_ROWS)
        if row.ends_on is not None
    ]


async def _of_domains(viewer: Viewer, today: date, until: date) -> list[Deadline]:
    own = visible.domains(viewer).select_related("package")
    ending = await own.filter(ends_on__gte=today, ends_on__lte=until).order_by("ends_on", "id").limit(MOST_ROWS)
    paid = own.filter(state=DomainState.ACTIVE, ends_on=None, paid_until__gte=today, paid_until__lte=until)
    renewed = await paid.order_by("paid_until", "id").limit(MOST_ROWS)
    return [
        Deadline(kind, on, (on - today).days, package=row.package, domain=row)
        for kind, rows in ((DeadlineKind.DOMAIN_END, ending), (DeadlineKind.DOMAIN_RENEWAL, renewed))
        for row in rows
        if (on := row.ends_on or row.paid_until) is not None
    ]


async def _of_tariff_changes(viewer: Viewer, today: date, until: date) -> list[Deadline]:
    waiting = visible.tariff_changes(viewer).filter(state=TariffChangeState.SCHEDULED, effective_on__lte=until)
    rows: list[TariffChange] = await waiting.select_related("contract", "package").order_by("effective_on", "id")
    return [
        Deadline(
            DeadlineKind.TARIFF_CHANGE, row.effective_on, (row.effective_on - today).days, row.contract, row.package
        )
        for row in rows
        if row.effective_on >= today
    ]
