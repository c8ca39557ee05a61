"""Tariffs a contract can change to, what a change would be, and changing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gateway.auth.idempotency import Attempt
from gateway.auth.tariff_change import change_tariff, revoke_change
from gateway.auth.tariff_options import Line, TariffOption, find_agreement, find_option, options
from gateway.context import Context
from gateway.messages import message
from gateway.resolvers.contract import Amount
from gateway.resolvers.outcome import Outcome, done
from gateway.resolvers.package import RefusalReason
from models import PackageFunction, Tariff, TariffDirection
from models.rules import tariff_change as rule


class Resource(StrEnum):
    """What tariffs have different amounts of."""

    MAILBOXES = rule.MAILBOXES
    MAIL_ADDRESSES = rule.MAIL_ADDRESSES
    DOMAINS = rule.DOMAINS
    WEB_HOSTS = rule.WEB_HOSTS
    DATABASES = rule.DATABASES
    WEB_SPACE_MB = rule.WEB_SPACE
    SFTP_ACCOUNTS = rule.SFTP_ACCOUNTS
    CRON_JOBS = rule.CRON_JOBS
    WEBSITE_APPS = rule.WEBSITE_APPS
    BACKUPS = rule.BACKUPS


@dataclass(frozen=True, slots=True)
class Difference:
    """How much of a resource there is now, there would be, and is used."""

    resource: Resource
    now: int
    then: int
    used: int


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """A position of the next invoice."""

    description: str
    first_day: date
    last_day: date
    days: int
    of_days: int
    net: Amount
    total: Amount


@dataclass(frozen=True, slots=True)
class Shown:
    """A tariff with what the change to it would be."""

    tariff: Tariff
    direction: TariffDirection
    allowed: bool
    reason: RefusalReason | None
    message: str | None
    differences: list[Difference]
    functions_gained: list[PackageFunction]
    functions_lost: list[PackageFunction]
    effective_on: date
    price: Amount
    price_net: Amount
    first_price: Amount
    lines: list[InvoiceLine]
    token: str | None


async def tariff_options(context: Context, package_id: str) -> list[Shown]:
    """Those of a package; none for one without a contract."""
    agreement = await find_agreement(context.signed_in, package_id, context.now)
    if agreement is None:
        return []
    return [_shown(context, found) for found in await options(context.signed_in, agreement)]


async def tariff_change_preview(context: Context, package_id: str, tariff_id: str) -> Shown | None:
    """The change to one tariff; `None` where there is no such package, contract or tariff."""
    agreement = await find_agreement(context.signed_in, package_id, context.now)
    found = None if agreement is None else await find_option(context.signed_in, agreement, tariff_id)
    return None if found is None else _shown(context, found)


async def tariff_change(context: Context, input: Any) -> Outcome:
    """Change as it was shown."""
    viewer = context.signed_in
    attempt = Attempt.of(context.parts.keyring, viewer, "tariffChange", input, context.now)
    change = await change_tariff(
        viewer, input.package_id, input.tariff_id, input.preview_token, attempt, context.client, context.now
    )
    return done(tariff_change=change)


async def tariff_change_revoke(context: Context, input: Any) -> Outcome:
    """Take a change back."""
    change = await revoke_change(context.signed_in, input.id, context.client, context.now)
    return done(tariff_change=change)


def _shown(context: Context, found: TariffOption) -> Shown:
    agreement, tariff, kind = found.agreement, found.tariff, found.tariff.type
    now = agreement.package.type
    reason = None if found.reason is None else RefusalReason(found.reason)
    text = None if reason is None else message(f"refused.{reason.value}", context.language)
    limits = {one: (getattr(now, rule.LIMITS[one.value]), getattr(kind, rule.LIMITS[one.value])) for one in Resource}
    at_once = sum(line.gross_minor for line in found.lines)
    return Shown(
        tariff,
        TariffDirection(found.direction),
        reason is None,
        reason,
        text,
        [Difference(one, *both, agreement.used[one.value]) for one, both in limits.items() if both[0] != both[1]],
        [PackageFunction(name) for name in kind.functions if name not in now.functions],
        [PackageFunction(name) for name in now.functions if name not in kind.functions],
        found.effective_on,
        Amount(tariff.gross_minor, tariff.currency),
        Amount(tariff.net_minor, tariff.currency),
        Amount(at_once if found.lines else tariff.gross_minor, tariff.currency),
        [_line(context, line, tariff.currency) for line in found.lines],
        found.token,
    )


def _line(context: Context, line: Line, currency: str) -> InvoiceLine:
    key = "tariff_change.line.credit" if line.credit else "tariff_change.line.charge"
    text = message(key, context.language, tariff=line.tariff, days=line.days, of=line.of_days)
    net, total = Amount(line.net_minor, currency), Amount(line.gross_minor, currency)
    return InvoiceLine(text, line.first_day, line.last_day, line.days, line.of_days, net, total)
