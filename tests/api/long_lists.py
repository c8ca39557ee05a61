"""A customer with long lists full of ties, and what each list must show: worked out in Python from the stored rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from models import (
    Contract,
    Customer,
    Domain,
    Invoice,
    InvoiceLine,
    Mailbox,
    Package,
    PackageState,
    PackageType,
    Session,
)
from models.database import in_unit_of_work
from models.text import folded
from tests.world import NOW, World, open_session

PACKAGES, INVOICES = 120, 60

NAMES = (
    "Ärzte am Markt", "arzte am markt", "ARZTE AM MARKT", "Bäckerei Groß", "Backerei gross", "Zebra", "zebra", "Éclair",
    "50%_Rabatt", "Back\\slash", "O'Brien \"GmbH\"", "Łódź", "Straße", "STRASSE", "日本", "Ωmega", "a b", "a-b", "_", "ﬁnch",
)  # fmt: skip
"""Names that are equal, or nearly so, when case and accents do not matter, and names with characters of SQL patterns."""


@dataclass
class Listed:
    """A list: where it is asked, and its rows with the values it can be ordered by."""

    name: str
    kind: str
    keys: Mapping[str, Callable[[Any], Any]]
    default: tuple[tuple[str, bool], ...]
    rows: Sequence[Any]
    under: str = ""
    """The id of the package it is asked under."""
    searched: Callable[[Any], str] | None = None
    """The text a search looks into."""

    def ordered(self, order: Sequence[tuple[str, bool]], rows: Sequence[Any] | None = None) -> list[str]:
        """The ids in an order of (field, descending); ties by id in the direction of the last."""
        order = order or self.default
        found = sorted(self.rows if rows is None else rows, key=lambda row: row.pk, reverse=order[-1][1])
        for name, down in reversed(order):
            found.sort(key=self.keys[name], reverse=down)  # equal rows keep their order, also in reverse
        return [row.pk for row in found]

    def query(self) -> str:
        """The list with every argument as a variable."""
        more, given = "", ""
        if self.searched is not None:
            more, given = more + ", $search: String", given + ", search: $search"
        inner = (
            f"list: {self.name}(first: $first, after: $after, last: $last, before: $before, orderBy: $order{given})"
            " { totalCount nodes { id } edges { cursor node { id } }"
            " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
        )
        body = f'under: package(id: "{self.under}") {{ {inner} }}' if self.under else inner
        return (
            f"query($first: Int, $after: String, $last: Int, $before: String, $order: [{self.kind}Order!]{more})"
            f" {{ {body} }}"
        )


@dataclass
class Carla:
    """The customer, with a token, and her lists."""

    customer: str
    token: str
    lists: dict[str, Listed] = field(default_factory=dict)
    types: dict[str, PackageType] = field(default_factory=dict)


def _bytes(text: str) -> bytes:
    return text.encode()


async def make_carla(world: World) -> Carla:
    """Fill the database that is connected."""
    carla, packages = await in_unit_of_work(lambda: _fill(world))
    await _lists(carla, packages[0], packages[1])
    return carla


async def _fill(world: World) -> tuple[Carla, list[Package]]:
    random = Random(7)
    owner = await Customer.get(id=world.owner.customer)
    row = await Customer.create(
        number="10003", kind="PERSON", last_name="Carla", street="Weg 1", postcode="1", city="Ulm", country="DE",
        email="carla@example.com", password_hash=owner.password_hash, password_changed_at=NOW - timedelta(days=30),
        created_at=NOW,
    )  # fmt: skip
    _, token = await open_session(row.id)
    for _ in range(24):
        await open_session(row.id, at=NOW - timedelta(minutes=random.randrange(3)))
    carla = Carla(row.id, token)
    for code, name in (("mail", "Nur Mail"), ("web-s", "Web S"), ("web-s2", "Web S")):
        carla.types[code] = await PackageType.create(code=code, name=name, family=code[:3], functions=["SELECT"])
    packages = await _packages(carla, random)
    await _contracts(carla, world, packages, random)
    await _below(carla, packages[:12], random)
    await _invoices(carla, packages[:12], random)
    return carla, packages


async def _packages(carla: Carla, random: Random) -> list[Package]:
    kinds = list(carla.types.values())
    made = [
        Package(
            customer_id=carla.customer, type_id=random.choice(kinds).id, name=random.choice(NAMES),
            identification=f"{random.choice('abc')}{number:04}", order_number=f"C-{random.randrange(10)}{number:04}",
            state=random.choice(list(PackageState)), created_at=NOW - timedelta(days=random.randrange(5)),
        )
        for number in range(PACKAGES)
    ]  # fmt: skip
    await Package.bulk_create(made)
    return made


async def _contracts(carla: Carla, world: World, packages: list[Package], random: Random) -> None:
    await Contract.bulk_create(
        Contract(
            customer_id=carla.customer, package_id=package.id, tariff_id=world.tariff, number=f"CV-{number:04}",
            state="ACTIVE", starts_on=date(2025, 1, 1 + random.randrange(4)), minimum_term_months=12, renewal_months=0,
            notice_months=1, billing_months=1, net_minor=100, gross_minor=119, vat_basis_points=1_900, currency="EUR",
            created_at=NOW,
        )
        for number, package in enumerate(packages)
        if number % 10
    )  # fmt: skip


async def _below(carla: Carla, packages: list[Package], random: Random) -> None:
    """Domains and mailboxes: many at the first package, few at the others, none at some."""
    domains, mailboxes = [], []
    for place, package in enumerate(packages):
        for number in range(45 if place == 0 else random.randrange(4)):
            name = f"{random.choice(['bücher', 'zoo', 'apfel', 'groß'])}{place}-{number}"
            domains.append(
                Domain(
                    customer_id=carla.customer, package_id=package.id, name=f"{name}.example",
                    ascii_name=f"xn--{name.encode('idna').decode().removeprefix('xn--')}.example", main=number == 1,
                    state="ACTIVE", created_at=NOW - timedelta(days=random.randrange(4)),
                )
            )  # fmt: skip
            mailboxes.append(
                Mailbox(
                    customer_id=carla.customer, package_id=package.id, address=f"{name}@example.com", quota_mb=1,
                    created_at=NOW - timedelta(days=random.randrange(4)),
                )
            )  # fmt: skip
    await Domain.bulk_create(domains)
    await Mailbox.bulk_create(mailboxes)


async def _invoices(carla: Carla, packages: list[Package], random: Random) -> None:
    for number in range(INVOICES):
        net = 1_000 * random.randrange(1, 5)
        invoice = await Invoice.create(
            customer_id=carla.customer, number=f"CR-{number:04}", state=random.choice(["OPEN", "PAID", "OVERDUE"]),
            issued_on=date(2026, 1, 1 + random.randrange(5)), due_on=date(2026, 2, 1 + random.randrange(5)),
            currency="EUR", net_minor=net, vat_minor=0, gross_minor=net, created_at=NOW,
        )  # fmt: skip
        await InvoiceLine.bulk_create(
            InvoiceLine(
                customer_id=carla.customer, invoice_id=invoice.id, position=position, description="Hosting",
                package_id=random.choice(packages[:3]).id if position > 1 else packages[1].id if number % 3 else None,
                quantity_thousandths=1_000, unit="Monat", unit_net_minor=net, net_minor=net, vat_basis_points=0,
                currency="EUR",
            )
            for position in (1, 2, 3)
        )  # fmt: skip


async def _lists(carla: Carla, full: Package, billed: Package) -> None:
    mine = {"customer_id": carla.customer}
    packages = await Package.filter(**mine).prefetch_related("type", "domains")
    contracts = await Contract.filter(**mine).prefetch_related("package")
    invoices = await Invoice.filter(**mine)
    bills = {line.invoice_id for line in await InvoiceLine.filter(package_id=billed.id)}
    invoice_keys = {
        "ISSUED_ON": lambda row: row.issued_on, "DUE_ON": lambda row: row.due_on, "NUMBER": lambda row: row.number,
        "STATE": lambda row: row.state.value, "TOTAL": lambda row: row.gross_minor,
    }  # fmt: skip
    latest = (("ISSUED_ON", True),)
    carla.lists = {
        "packages": Listed(
            "packages", "Package",
            {
                "NAME": lambda row: _bytes(folded(row.name)), "ORDER_NUMBER": lambda row: _bytes(row.order_number),
                "IDENTIFICATION": lambda row: row.identification, "TYPE": lambda row: _bytes(row.type.name),
                "STATE": lambda row: row.state.value, "CREATED": lambda row: row.created_at,
            },
            (("NAME", False),), packages,
            searched=lambda row: "\n".join(
                [row.name, row.identification, row.order_number, *(f"{d.name}\n{d.ascii_name}" for d in row.domains)]
            ),
        ),
        "contracts": Listed(
            "contracts", "Contract",
            {
                "NUMBER": lambda row: row.number, "STARTS_ON": lambda row: row.starts_on,
                "PACKAGE_NAME": lambda row: _bytes(folded(row.package.name)),
            },
            (("NUMBER", False),), contracts,
            searched=lambda row: f"{row.number}\n{row.package.name}\n{row.package.identification}",
        ),
        "invoices": Listed("invoices", "Invoice", invoice_keys, latest, invoices, searched=lambda row: str(row.number)),
        "sessions": Listed(
            "sessions", "Session",
            {"CREATED": lambda row: row.created_at, "LAST_USED": lambda row: row.last_used_at},
            (("CREATED", True),), await Session.filter(**mine),
        ),
        "domains of a package": Listed(
            "domains", "Domain",
            {"NAME": lambda row: _bytes(row.ascii_name), "CREATED": lambda row: row.created_at},
            (("NAME", False),), await Domain.filter(package_id=full.id), full.id,
            searched=lambda row: f"{row.name}\n{row.ascii_name}",
        ),
        "mailboxes of a package": Listed(
            "mailboxes", "Mailbox",
            {"ADDRESS": lambda row: _bytes(row.address), "CREATED": lambda row: row.created_at},
            (("ADDRESS", False),), await Mailbox.filter(package_id=full.id), full.id,
            searched=lambda row: str(row.address),
        ),
        "invoices of a package": Listed(
            "invoices", "Invoice", invoice_keys, latest,
            [row for row in invoices if row.id in bills], billed.id,
        ),
    }  # fmt: skip
