"""Customers: the cast that people sign in as, and any number of others."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from gateway.jobs.demo.names import FIRST_NAMES, IBANS, LAST_NAMES, MOBILE_NUMBERS, STREETS, TOWNS, TRADES
from gateway.jobs.demo.times import Times
from gateway.jobs.importing.customer import BankAccountRecord, CustomerRecord, PhoneRecord
from models import CustomerKind, PhoneKind


@dataclass(frozen=True)
class Login:
    """What people sign in with; `kind` is "customer" or "package". `totp_secret` sets up an app for the second step."""

    kind: str
    login: str
    password: str
    totp_secret: str | None = None


@dataclass(frozen=True)
class Role:
    """One customer. `sites` are the packages that are known by name; `packages` counts them and those made up."""

    number: str
    kind: CustomerKind
    password: str
    first_name: str
    last_name: str
    company_name: str | None
    packages: int
    years: int
    username: str | None = None
    sites: tuple[Site, ...] = ()
    fate: tuple[str, ...] = field(default=())
    """States of the newest invoices that are due, newest first; older ones are paid."""
    single_invoices: bool = False
    """Whether there are invoices beside the monthly ones: for work, for a branch abroad, and a credit note."""


@dataclass(frozen=True)
class Site:
    """A package that somebody signs in to, or that people look for by name."""

    name: str
    product: str
    domains: tuple[str, ...]
    password: str | None = None


CAST = (
    Role(
        number="20481937",
        kind=CustomerKind.PERSON,
        password="Apfelbaum-Regen-73",
        first_name="Katharina",
        last_name="Weiß",
        company_name=None,
        packages=2,
        years=4,
        sites=(
            Site("Familie Weiß", "hosting-start", ("familie-weiss.example",), "Kirsche-Wolke-18"),
            Site("Chor am Mühlbach", "homepage", ("chor-am-mühlbach.example",)),
        ),
        fate=("PAID", "DEBIT_RETURNED"),
    ),
    Role(
        number="20517764",
        kind=CustomerKind.COMPANY,
        password="Leuchtturm-Tee-46",
        first_name="Jörg",
        last_name="Bäumler",
        company_name="Teehaus Bäumler e. K.",
        packages=12,
        years=5,
        username="teehaus",
        sites=(
            Site(
                "Teehaus Bäumler",
                "shop-l",
                ("teehaus-bäumler.example", "teehaus-baeumler.example"),
                "Darjeeling-Kanne-29",
            ),
            Site("Großhandel", "shop-s", ("bäumler-großhandel.example",)),
            Site("Newsletter & Post", "mail-team", ("post-teehaus.example",)),
        ),
        fate=("OVERDUE", "PAID", "CANCELLED"),
        single_invoices=True,
    ),
    Role(
        number="20660128",
        kind=CustomerKind.COMPANY,
        password="Nordlicht-Kutter-58",
        first_name="Ayşe",
        last_name="Köhler",
        company_name="Agentur Nordlicht GmbH",
        packages=400,
        years=3,
        username="nordlicht",
        sites=(Site("Agentur Nordlicht", "hosting-pro", ("agentur-nordlicht.example",), "Fjord-Anker-64"),),
        fate=("DEBIT_PENDING", "DEBIT_RETURNED", "OVERDUE"),
    ),
    Role(
        number="20733591",
        kind=CustomerKind.PERSON,
        password="Sommerabend-Zimt-91",
        first_name="Mehmet",
        last_name="Jørgensen",
        company_name=None,
        packages=1,
        years=2,
        sites=(Site("Foto Jørgensen", "homepage", ("foto-jørgensen.example",)),),
        fate=("PAID",),
    ),
)

TOTP_SECRET = "MRSW23Z2EBZWKY3PNZSCAZTBMN2G64RB"  # noqa: S105 - of a made-up person, there to be read

LOGINS = (
    Login("customer", CAST[0].number, CAST[0].password),
    Login("customer", CAST[1].number, CAST[1].password),
    Login("customer", "teehaus", CAST[1].password),
    Login("customer", CAST[2].number, CAST[2].password),
    Login("customer", CAST[3].number, CAST[3].password, TOTP_SECRET),
    Login("package", "familie-weiss.example", "Kirsche-Wolke-18"),
    Login("package", "teehaus-bäumler.example", "Darjeeling-Kanne-29"),
)


EXTRAS = 5
"""Further customers of the demo, whom its logins must never see."""


def extra_number(index: int) -> str:
    """The customer number of a further customer."""
    return str(30_000_000 + index)


def extra(index: int, random: Random) -> Role:
    """A customer like many others: nobody knows the password."""
    company = random.random() < 0.4
    last_name = random.choice(LAST_NAMES)
    return Role(
        number=extra_number(index),
        kind=CustomerKind.COMPANY if company else CustomerKind.PERSON,
        password="",
        first_name=random.choice(FIRST_NAMES),
        last_name=last_name,
        company_name=f"{random.choice(TRADES)} {last_name}" if company else None,
        packages=random.choice((1, 1, 2, 2, 3, 5)),
        years=random.randint(1, 4),
        fate=random.choice(((), ("OVERDUE",), ("PAID", "DEBIT_RETURNED"))),
    )


def customer(role: Role, random: Random, times: Times) -> CustomerRecord:
    """The master data of a role."""
    town = random.choice(TOWNS)
    phones = [PhoneRecord(kind=PhoneKind.LANDLINE, number=f"{town.numbers}{random.randint(0, 999):03}")]
    if random.random() < 0.6:
        phones.append(PhoneRecord(kind=PhoneKind.MOBILE, number=f"{MOBILE_NUMBERS}{random.randint(0, 99):02}"))
    signed = times.years_ago(role.years)
    domain = role.sites[0].domains[0] if role.sites else "mail.example"
    return CustomerRecord(
        number=role.number,
        customer_kind=role.kind,
        first_name=role.first_name,
        last_name=role.last_name,
        company_name=role.company_name,
        street=f"{random.choice(STREETS)} {random.randint(1, 180)}",
        postcode=town.postcode,
        city=town.name,
        country="DE",
        email=f"kunde-{role.number}@{domain}",
        username=role.username,
        password=role.password or None,
        created_at=times.morning(signed),
        phones=tuple(phones),
        bank_account=BankAccountRecord(
            holder=role.company_name or f"{role.first_name} {role.last_name}",
            iban=random.choice(IBANS),
            mandate_reference=f"MANDAT-{role.number}-01",
            mandate_signed_on=signed,
        ),
    )
