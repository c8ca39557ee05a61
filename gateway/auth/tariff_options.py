"""Which tariffs the contract of a package can change to, and what each change would be: computed from what is stored now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from gateway.auth import visible
from gateway.auth.resources import counted
from gateway.auth.viewer import Viewer
from models import Contract, Customer, DomainState, Package, PackageType, Tariff
from models.ids import prefix_of
from models.rules import proration, term
from models.rules import tariff_change as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Decision, Refused
from models.rules.tariff_change import Gap, Product
from models.rules.term import Terms

MOST_TARIFFS = 200
"""Tariffs of a family that are looked at."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a package has now: its contract with the tariff and terms, and what is in the package."""

    package: Package
    contract: Contract
    terms: Terms
    now: Product
    used: Mapping[str, int]
    decision: Decision
    today: date


@dataclass(frozen=True, slots=True)
class Line:
    """A position of the next invoice; taken off where it is negative. Days are those of the period that are charged."""

    tariff: str
    credit: bool
    first_day: date
    last_day: date
    days: int
    of_days: int
    net_minor: int
    gross_minor: int


@dataclass(frozen=True, slots=True)
class TariffOption:
    """A tariff with what the change to it would be. Without a reason it can be done."""

    agreement: Agreement
    tariff: Tariff
    direction: str
    decision: Decision
    gaps: tuple[Gap, ...]
    effective_on: date
    lines: tuple[Line, ...]

    @property
    def reason(self) -> str | None:
        """Why it cannot be done."""
        return self.decision.reason if isinstance(self.decision, Refused) else None

    @property
    def credit_minor(self) -> int:
        """What is given back of the period that was paid for, gross."""
        return -sum(line.gross_minor for line in self.lines if line.credit)

    @property
    def charge_minor(self) -> int:
        """What the rest of the period costs in the new tariff, gross."""
        return sum(line.gross_minor for line in self.lines if not line.credit)

    @property
    def token(self) -> str | None:
        """The digest of everything that is shown and that it was computed from; `None` when it cannot be done."""
        if self.reason is not None:
            return None
        contract, tariff = self.agreement.contract, self.tariff
        kinds = (self.agreement.package.type, tariff.type)
        shown = [
            tariff.name, [[_limits(kind), list(kind.functions)] for kind in kinds],
            contract.id, contract.version, contract.tariff_id, self.agreement.package.type_id, tariff.id, tariff.type_id,
            tariff.net_minor, tariff.gross_minor, tariff.vat_basis_points, tariff.currency, tariff.billing_months,
            self.direction, self.effective_on.isoformat(),
            [[line.credit, line.days, line.of_days, line.net_minor, line.gross_minor] for line in self.lines],
        ]  # fmt: skip
        return sha256(json.dumps(shown, separators=(",", ":")).encode()).hexdigest()


async def find_agreement(viewer: Viewer, package_id: str, now: datetime) -> Agreement | None:
    """What a package has; `None` for one that is not the viewer's, and for one without a contract."""
    if prefix_of(package_id) != "pkg":
        return None
    package = await visible.packages(viewer).select_related("type").get_or_none(id=package_id)
    contract = await visible.contracts(viewer).select_related("tariff").get_or_none(package_id=package_id)
    customer = await visible.customers(viewer).get_or_none()
    if package is None or contract is None or customer is None:
        return None
    return await _agreement(viewer, package, contract, customer, berlin_day(now))


async def _agreement(
    viewer: Viewer, package: Package, contract: Contract, customer: Customer, today: date
) -> Agreement:
    pending = await visible.tariff_changes(viewer).filter(pending_for_id=contract.id).exists()
    domains = visible.domains(viewer).filter(package_id=package.id).exclude(state=DomainState.CANCELLED)
    used = {
        rule.DOMAINS: await domains.count(),
        rule.WEB_SPACE: package.web_space_used_mb,
        **{name: await counted(viewer, package.id, one) for name, one in rule.COUNTED.items()},
    }
    kind = package.type
    current = _product(contract.tariff, kind.family, _limits(kind), contract.gross_minor, contract.billing_months)
    decision = rule.changeable(kind.functions, package.state, contract.state, pending)
    terms = term.terms_of(contract, customer.kind.value)
    return Agreement(package, contract, terms, current, used, decision, today)


async def options(viewer: Viewer, agreement: Agreement) -> list[TariffOption]:
    """Every tariff of the family that is sold, but the one there is: the cheapest a month first."""
    family = visible.tariffs(viewer).filter(type__family=agreement.now.family, available=True)
    rows = await family.exclude(id=agreement.contract.tariff_id).select_related("type").limit(MOST_TARIFFS)
    found = [option(agreement, row) for row in rows]
    return sorted(found, key=lambda one: (one.tariff.gross_minor / one.tariff.billing_months, one.tariff.code))


async def find_option(viewer: Viewer, agreement: Agreement, tariff_id: str) -> TariffOption | None:
    """The option for one tariff, sold or not; `None` where there is no such tariff."""
    if prefix_of(tariff_id) != "trf":
        return None
    tariff = await visible.tariffs(viewer).select_related("type").get_or_none(id=tariff_id)
    return None if tariff is None else option(agreement, tariff)


def option(agreement: Agreement, tariff: Tariff) -> TariffOption:
    """What the change to a tariff would be."""
    kind = tariff.type
    wanted = _product(tariff, kind.family, _limits(kind), tariff.gross_minor, tariff.billing_months)
    direction = rule.direction(agreement.now, wanted)
    decision = agreement.decision
    if not isinstance(decision, Refused):
        decision = rule.suitable(agreement.now, wanted, agreement.used)
    effective_on = rule.begins_on(direction, agreement.terms, agreement.today)
    lines = (_lines if direction == rule.UPGRADE else _rest)(agreement, tariff, effective_on)
    return TariffOption(
        agreement, tariff, direction, decision, tuple(rule.too_much(wanted, agreement.used)), effective_on, lines
    )


def _lines(agreement: Agreement, tariff: Tariff, since: date) -> tuple[Line, ...]:
    """Back for the rest of the period that was paid for, and the rest of the new tariff's own."""
    contract, terms = agreement.contract, agreement.terms
    if since < terms.starts_on:
        return ()
    return (
        _line(contract.tariff.name, True, term.period(terms, since), since, contract.net_minor, contract.gross_minor),
        _line(tariff.name, False, _new_period(terms, tariff, since), since, tariff.net_minor, tariff.gross_minor),
    )


def _rest(agreement: Agreement, tariff: Tariff, since: date) -> tuple[Line, ...]:
    """The rest of a longer period that is running on the first day: periods are counted from the start of the contract."""
    period = _new_period(agreement.terms, tariff, since)
    if period[0] >= since:
        return ()
    return (_line(tariff.name, False, period, since, tariff.net_minor, tariff.gross_minor),)


def _new_period(terms: Terms, tariff: Tariff, day: date) -> tuple[date, date]:
    return term.period(Terms(terms.starts_on, 0, 0, 0, tariff.billing_months, terms.consumer), day)


def _line(name: str, credit: bool, period: tuple[date, date], since: date, net: int, gross: int) -> Line:
    first, last = period
    sign = -1 if credit else 1
    return Line(
        name,
        credit,
        since,
        last,
        proration.days_of(since, last),
        proration.days_of(first, last),
        sign * proration.share(net, first, last, since),
        sign * proration.share(gross, first, last, since),
    )


def _limits(kind: PackageType) -> dict[str, int]:
    return {name: getattr(kind, column) for name, column in rule.LIMITS.items()}


def _product(tariff: Tariff, family: str, limits: Mapping[str, int], gross: int, months: int) -> Product:
    return Product(tariff.id, family, tariff.available, gross, months, limits)
