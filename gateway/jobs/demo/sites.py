"""Packages with all that hangs on them: contract, add-ons, domains, mailboxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gateway.jobs.demo.catalogue import ADD_ONS, PRODUCTS, VAT, Product
from gateway.jobs.demo.names import LAST_NAMES, LOCAL_PARTS, TRADES
from gateway.jobs.demo.people import Role, Site
from gateway.jobs.demo.times import Times
from gateway.jobs.importing.contract import AddOnRecord, ContractRecord
from gateway.jobs.importing.domain import DomainRecord
from gateway.jobs.importing.mailbox import MailboxRecord
from gateway.jobs.importing.package import PackageRecord
from gateway.jobs.importing.sums import net_of
from models import ContractState, DomainState, PackageState
from models.rules.term import add_months, last_day

_BY_CODE = {product.code: product for product in PRODUCTS}
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_STATES = (
    [PackageState.ACTIVE] * 88
    + [PackageState.SUSPENDED] * 3
    + [PackageState.CANCELLED] * 4
    + [PackageState.PROVISIONING] * 2
    + [PackageState.ENDED] * 3
)


@dataclass(frozen=True)
class Shelf:
    """One package and what belongs to it."""

    product: Product
    package: PackageRecord
    contract: ContractRecord
    add_ons: tuple[AddOnRecord, ...]
    domains: tuple[DomainRecord, ...]
    mailboxes: tuple[MailboxRecord, ...]


@dataclass
class Builder:
    """Makes packages with names and numbers that nobody else has."""

    random: Random
    times: Times
    _count: int = 0
    _taken: set[str] = field(default_factory=set)

    def shelves(self, role: Role) -> Iterator[Shelf]:
        """The packages of a customer: the known ones first, the rest made up."""
        for number in range(role.packages):
            if number < len(role.sites):
                yield self._shelf(role, role.sites[number], PackageState.ACTIVE, first=True)
            else:
                known = role.packages <= 2  # with so few, each should have something to show
                state = PackageState.ACTIVE if known else self.random.choice(_STATES)
                yield self._shelf(role, self._site(role), state, first=False)

    def _site(self, role: Role) -> Site:
        product = self.random.choice(PRODUCTS)
        name = f"{self.random.choice(TRADES)} {self.random.choice(LAST_NAMES)}"
        plain = name.lower().replace(" ", "-")
        names = [plain] if product.domains else []
        if product.domains:
            count = min(product.domains, self.random.choice((2, 3, 4, 5, 6)))
            spellings = [
                plain.translate(_SPELLED),
                f"{plain}-online",
                f"{plain}-shop",
                f"mein-{plain}",
                f"{plain}-aktuell",
            ]
            names += [spelling for spelling in spellings if spelling != plain][: count - 1]
        return Site(name, product.code, tuple(self._free(name) for name in names))

    def _free(self, label: str) -> str:
        """A domain name from a label, numbered when there is one already."""
        label = "".join(character for character in label if character.isalnum() or character == "-")
        number, name = 1, f"{label}.example"
        while name in self._taken:
            number += 1
            name = f"{label}-{number}.example"
        self._taken.add(name)
        return name

    def _shelf(self, role: Role, site: Site, state: PackageState, *, first: bool) -> Shelf:
        self._count += 1
        random, times, serial = self.random, self.times, self._count
        product = _BY_CODE[site.product]
        self._taken.update(site.domains)
        oldest = times.years_ago(role.years)
        days = (times.today - oldest).days
        starts_on = oldest if first else times.after(oldest, random.randint(0, max(days - 45, 0)))
        if state is PackageState.PROVISIONING:
            starts_on = times.today - timedelta(days=random.randint(0, 2))
        package = PackageRecord(
            identification=f"{product.family}-{100_000 + serial}",
            order_number=f"B{starts_on:%y%m}-{400_000 + serial}",
            customer=role.number,
            package_type=product.code,
            state=state,
            name=site.name,
            password=site.password,
            created_at=times.morning(starts_on),
            ended_at=times.morning(times.today - timedelta(days=20)) if state is PackageState.ENDED else None,
        )
        contract = self._contract(product, package, serial, monthly=first)
        return Shelf(
            product,
            package,
            contract,
            tuple(self._add_ons(contract)),
            tuple(self._domains(package, site.domains)),
            tuple(self._mailboxes(product, package, site.domains)),
        )

    def _contract(self, product: Product, package: PackageRecord, serial: int, *, monthly: bool) -> ContractRecord:
        starts_on = package.created_at.date()
        tariff = product.tariff_codes[0] if monthly else self.random.choice(product.tariff_codes)
        state, ends_on = ContractState.ACTIVE, None
        if package.state is PackageState.ENDED and package.ended_at is not None:
            state, ends_on = ContractState.ENDED, max(package.ended_at.date(), starts_on)
        elif package.state is PackageState.CANCELLED:
            months = 1
            while (ends_on := last_day(starts_on, months)) < add_months(self.times.today, 1):
                months += 1
            state = ContractState.CANCELLED
        return ContractRecord(
            number=f"V{7_000_000 + serial}",
            package=package.identification,
            tariff=tariff,
            state=state,
            starts_on=starts_on,
            ends_on=ends_on,
            created_at=package.created_at,
        )

    def _add_ons(self, contract: ContractRecord) -> Iterator[AddOnRecord]:
        if contract.state is not ContractState.ACTIVE or self.random.random() < 0.7:
            return
        for name, monthly in self.random.sample(ADD_ONS, self.random.choice((1, 1, 2))):
            gross = monthly * (10 if contract.tariff.endswith("-y") else 1)
            yield AddOnRecord(
                contract=contract.number,
                name=name,
                starts_on=contract.starts_on,
                state=ContractState.ACTIVE,
                quantity=self.random.choice((1, 1, 1, 2)),
                net_minor=net_of(gross, VAT),
                gross_minor=gross,
                currency="EUR",
            )

    def _domains(self, package: PackageRecord, names: tuple[str, ...]) -> Iterator[DomainRecord]:
        for index, name in enumerate(names):
            state = DomainState.ACTIVE
            if package.state is PackageState.PROVISIONING:
                state = DomainState.PENDING
            elif package.state is PackageState.ENDED:
                state = DomainState.CANCELLED
            elif index and self.random.random() < 0.05:
                state = self.random.choice((DomainState.PENDING, DomainState.TRANSFERRING))
            registered_on = package.created_at.date() if state in (DomainState.ACTIVE, DomainState.CANCELLED) else None
            yield DomainRecord(
                name=name,
                package=package.identification,
                state=state,
                main=index == 0,
                registered_on=registered_on,
                paid_until=self._paid_until(registered_on) if state is DomainState.ACTIVE else None,
                created_at=package.created_at,
            )

    def _paid_until(self, registered_on: date | None) -> date | None:
        """The end of the year of registration that is paid for: the one today is in."""
        if registered_on is None:
            return None
        years = 1
        while (end := last_day(registered_on, 12 * years)) < self.times.today:
            years += 1
        return end

    def _mailboxes(self, product: Product, package: PackageRecord, domains: tuple[str, ...]) -> Iterator[MailboxRecord]:
        if not product.mailboxes or not domains or package.state is PackageState.PROVISIONING:
            return
        for local in self.random.sample(LOCAL_PARTS, self.random.randint(1, 5)):
            quota = self.random.choice((2_048, 5_120, 10_240))
            yield MailboxRecord(
                address=f"{local}@{domains[0]}",
                package=package.identification,
                quota_mb=quota,
                used_mb=self.random.randint(0, quota),
                display_name=f"{package.name} – {local.capitalize()}",
                created_at=package.created_at,
            )
