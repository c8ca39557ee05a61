"""Changing tariffs as the gateway does it, without a server: for processes that are killed, and for many at the same time."""

from __future__ import annotations

from datetime import datetime

from strawberry import ID

from gateway.auth.idempotency import Attempt
from gateway.auth.tariff_change import change_tariff, revoke_change
from gateway.auth.tariff_options import TariffOption, find_agreement, find_option
from gateway.keys import Keyring
from gateway.schema.tariff_change import TariffChangeInput
from models import PackageType, Tariff, TariffChange
from tests.cancellation.acting import CLIENT, owner
from tests.world import KEYS, NOW


async def tariff(code: str, cents: int, mailboxes: int = 100) -> Tariff:
    """A tariff of the family of the world's packages, monthly."""
    kind = await PackageType.create(
        code=code, name=code.title(), family="web", functions=["SELECT", "UPGRADE", "EMAILS", "CANCEL"],
        mailbox_limit=mailboxes, domain_limit=20, database_limit=10, web_space_mb=1_000_000,
    )  # fmt: skip
    return await Tariff.create(
        code=f"{code}-1", type_id=kind.id, name=f"{code.title()} monatlich", net_minor=cents, gross_minor=cents * 119 // 100,
        vat_basis_points=1_900, currency="EUR", billing_months=1, minimum_term_months=1, renewal_months=0, notice_months=1,
    )  # fmt: skip


async def shown(customer: str, package: str, tariff_id: str, now: datetime = NOW) -> TariffOption:
    """The change as a preview shows it."""
    agreement = await find_agreement(owner(customer), package, now)
    assert agreement is not None
    option = await find_option(owner(customer), agreement, tariff_id)
    assert option is not None
    return option


async def change(
    customer: str, package: str, tariff_id: str, token: str, key: str, now: datetime = NOW
) -> TariffChange:
    """The change. Raises as the mutation does."""
    given = TariffChangeInput(package_id=ID(package), tariff_id=ID(tariff_id), preview_token=token, idempotency_key=key)
    attempt = Attempt.of(Keyring(KEYS), owner(customer), "tariffChange", given, now)
    return await change_tariff(owner(customer), package, tariff_id, token, attempt, CLIENT, now)


async def revoke(customer: str, id: str, now: datetime = NOW) -> TariffChange:
    """The change, taken back. Raises as the mutation does."""
    return await revoke_change(owner(customer), id, CLIENT, now)
