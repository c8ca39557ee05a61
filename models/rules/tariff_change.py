"""Changing the tariff of a contract: whether it can be, in which direction, from which day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules import resource, term
from models.rules.decision import Allowed, Decision, Refused
from models.rules.package import decide
from models.rules.resource import Resource
from models.rules.term import Terms

UPGRADE, DOWNGRADE = "UPGRADE", "DOWNGRADE"

FUNCTION = "UPGRADE"
"""The entry of a package's menu that this belongs to."""

(
    CONTRACT_MISSING,
    CONTRACT_CANCELLED,
    CONTRACT_ENDED,
    CHANGE_PENDING,
    SAME_TARIFF,
    OTHER_FAMILY,
    TARIFF_UNAVAILABLE,
    NO_CHANGE_PENDING,
) = (
    "CONTRACT_MISSING",
    "CONTRACT_CANCELLED",
    "CONTRACT_ENDED",
    "TARIFF_CHANGE_PENDING",
    "TARIFF_IS_THE_SAME",
    "TARIFF_OF_ANOTHER_FAMILY",
    "TARIFF_UNAVAILABLE",
    "NO_TARIFF_CHANGE_PENDING",
)

(
    MAILBOXES,
    MAIL_ADDRESSES,
    DOMAINS,
    WEB_HOSTS,
    DATABASES,
    WEB_SPACE,
    SFTP_ACCOUNTS,
    CRON_JOBS,
    WEBSITE_APPS,
    BACKUPS,
) = (
    "MAILBOXES",
    "MAIL_ADDRESSES",
    "DOMAINS",
    "WEB_HOSTS",
    "DATABASES",
    "WEB_SPACE_MB",
    "SFTP_ACCOUNTS",
    "CRON_JOBS",
    "WEBSITE_APPS",
    "BACKUPS",
)

COUNTED: Mapping[str, Resource] = {
    MAILBOXES: resource.MAILBOX,
    MAIL_ADDRESSES: resource.MAIL_ADDRESS,
    WEB_HOSTS: resource.WEB_HOST,
    DATABASES: resource.DATABASE,
    SFTP_ACCOUNTS: resource.SFTP_ACCOUNT,
    CRON_JOBS: resource.CRON_JOB,
    WEBSITE_APPS: resource.WEBSITE_APP,
    BACKUPS: resource.BACKUP,
}
"""What a package has a number of, as the functions that make them count it."""

LIMITS: Mapping[str, str] = {
    **{name: one.limit for name, one in COUNTED.items()},
    DOMAINS: "domain_limit",
    WEB_SPACE: "web_space_mb",
}
"""The column of a kind of package with the most there can be."""

TOO_MUCH = {name: f"TOO_MANY_{name}" for name in LIMITS} | {WEB_SPACE: "WEB_SPACE_IN_USE"}
"""Why a tariff is too small, by what there is too much of."""


@dataclass(frozen=True, slots=True)
class Product:
    """A tariff with what its kind of package has. Prices are gross, for one billing period."""

    id: str
    family: str
    available: bool
    gross_minor: int
    billing_months: int
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """What there is too much of for a tariff."""

    resource: str
    used: int
    limit: int


def changeable(functions: Iterable[str], package_state: str, contract_state: str | None, pending: bool) -> Decision:
    """Whether the tariff of a package can be changed at all."""
    decision = decide(FUNCTION, functions, package_state)
    if isinstance(decision, Refused):
        return decision
    if contract_state is None:
        return Refused(CONTRACT_MISSING)
    if contract_state == "CANCELLED":
        return Refused(CONTRACT_CANCELLED)
    if contract_state == "ENDED":
        return Refused(CONTRACT_ENDED)
    return Refused(CHANGE_PENDING) if pending else Allowed()


def revocable(pending: bool) -> Decision:
    """Whether there is a change that can be taken back."""
    return Allowed() if pending else Refused(NO_CHANGE_PENDING)


def suitable(now: Product, wanted: Product, used: Mapping[str, int]) -> Decision:
    """Whether a package can have another tariff with what is in it."""
    if wanted.id == now.id:
        return Refused(SAME_TARIFF)
    if wanted.family != now.family:
        return Refused(OTHER_FAMILY)
    if not wanted.available:
        return Refused(TARIFF_UNAVAILABLE)
    gaps = too_much(wanted, used)
    return Refused(TOO_MUCH[gaps[0].resource]) if gaps else Allowed()


def too_much(wanted: Product, used: Mapping[str, int]) -> list[Gap]:
    """Everything that a tariff has no room for."""
    return [Gap(name, used[name], limit) for name, limit in wanted.limits.items() if used.get(name, 0) > limit]


def direction(now: Product, wanted: Product) -> str:
    """Upgrades cost as much or more a month; they begin at once, downgrades with a period."""
    dearer = wanted.gross_minor * now.billing_months >= now.gross_minor * wanted.billing_months
    return UPGRADE if dearer else DOWNGRADE


def begins_on(direction: str, terms: Terms, today: date) -> date:
    """The first day of the new tariff: today, or the first day of a billing period once the minimum term is over."""
    if direction == UPGRADE:
        return today
    return term.period(terms, max(today, term.minimum_term_ends_on(terms)))[1] + timedelta(days=1)
