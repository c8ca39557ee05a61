"""Changing a tariff: at once for an upgrade, on its day for a downgrade, and taken back before (SECURITY MO4).

All of it holds the customer first and changes the contract only in the version that was read, so that of several at a time
one wins.
"""

from __future__ import annotations

from datetime import datetime

from tortoise.expressions import F

from gateway.auth import audit, visible
from gateway.auth.client import Client
from gateway.auth.idempotency import Attempt
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.auth.tariff_options import TariffOption, find_agreement, find_option
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import (
    Contract,
    ContractEvent,
    ContractEventKind,
    ContractState,
    Customer,
    Tariff,
    TariffChange,
    TariffChangeState,
)
from models.database import in_unit_of_work
from models.ids import prefix_of
from models.rules import tariff_change as rule
from models.rules.berlin import berlin_day

WHICH, TARIFF, PREVIEW, ID = (("input", name) for name in ("packageId", "tariffId", "previewToken", "id"))


async def change_tariff(
    viewer: Viewer, package_id: str, tariff_id: str, preview_token: str, attempt: Attempt, client: Client, now: datetime
) -> TariffChange:
    """Change as it was shown: the change, which is carried out already where it is an upgrade.

    Raises `NOT_FOUND`, `CONFLICT` in the words of the rule or because something is not as it was shown,
    `IDEMPOTENCY_KEY_REUSED`.
    """

    async def write() -> str:
        customer = await hold_customer(viewer.customer_id)
        option = await _decided(viewer, package_id, tariff_id, now)
        if option.token != preview_token:
            raise GatewayError(ErrorCode.CONFLICT, "tariff_change.stale", path=PREVIEW)
        change = await _store(option, now)
        if option.direction == rule.UPGRADE:
            await apply(viewer, change, option.agreement.contract, option.tariff)
            await _tell(viewer, customer, change, option.tariff, "done", ContractEventKind.TARIFF_CHANGED, client, now)
        else:
            kind = ContractEventKind.TARIFF_CHANGE_SCHEDULED
            await _hold_version(viewer, option.agreement.contract)
            await _tell(viewer, customer, change, option.tariff, "scheduled", kind, client, now)
        return str(change.id)

    made = await attempt.before() or await attempt.once(write)
    return await visible.tariff_changes(viewer).get(id=made)


async def revoke_change(viewer: Viewer, change_id: str, client: Client, now: datetime) -> TariffChange:
    """Take a change back before its day. Raises `NOT_FOUND`, `CONFLICT` when it waits no more."""

    async def write() -> TariffChange:
        customer = await hold_customer(viewer.customer_id)
        found = visible.tariff_changes(viewer).filter(id=change_id)
        change = await found.select_related("to_tariff").get_or_none() if prefix_of(change_id) == "tch" else None
        if change is None:
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=ID)
        waiting = found.filter(state=TariffChangeState.SCHEDULED, effective_on__gt=berlin_day(now))
        if not await waiting.update(state=TariffChangeState.REVOKED, pending_for_id=None, settled_at=now):
            raise GatewayError(ErrorCode.CONFLICT, f"refused.{rule.NO_CHANGE_PENDING}", path=ID)
        kind = ContractEventKind.TARIFF_CHANGE_REVOKED
        await _tell(viewer, customer, change, change.to_tariff, "revoked", kind, client, now)
        return await found.get()

    return await in_unit_of_work(write)


async def _decided(viewer: Viewer, package_id: str, tariff_id: str, now: datetime) -> TariffOption:
    agreement = await find_agreement(viewer, package_id, now)
    if agreement is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=WHICH)
    option = await find_option(viewer, agreement, tariff_id)
    if option is None:
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=TARIFF)
    if option.reason is not None:
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{option.reason}", path=TARIFF)
    return option


async def _store(option: TariffOption, now: datetime) -> TariffChange:
    contract, tariff = option.agreement.contract, option.tariff
    at_once = option.direction == rule.UPGRADE
    return await TariffChange.create(
        customer_id=contract.customer_id,
        package_id=contract.package_id,
        contract_id=contract.id,
        from_tariff_id=contract.tariff_id,
        to_tariff_id=tariff.id,
        pending_for_id=None if at_once else contract.id,
        direction=option.direction,
        state=TariffChangeState.CARRIED_OUT if at_once else TariffChangeState.SCHEDULED,
        effective_on=option.effective_on,
        net_minor=tariff.net_minor,
        gross_minor=tariff.gross_minor,
        credit_minor=option.credit_minor,
        charge_minor=option.charge_minor,
        currency=tariff.currency,
        requested_at=now,
        settled_at=now if at_once else None,
    )


async def apply(viewer: Viewer, change: TariffChange, contract: Contract, tariff: Tariff) -> None:
    """Make the contract and its package what the change says, at the price it was shown with: inside a unit of work.

    Raises `CONFLICT` when the contract is not as it was read.
    """
    unchanged = visible.contracts(viewer).filter(id=contract.id, version=contract.version, state=ContractState.ACTIVE)
    changed = await unchanged.update(
        tariff_id=tariff.id,
        net_minor=change.net_minor,
        gross_minor=change.gross_minor,
        vat_basis_points=tariff.vat_basis_points,
        billing_months=tariff.billing_months,
        version=F("version") + 1,
    )
    if not changed:
        raise GatewayError(ErrorCode.CONFLICT, "tariff_change.stale", path=PREVIEW)
    await (
        visible.packages(viewer).filter(id=contract.package_id).update(type_id=tariff.type_id, version=F("version") + 1)
    )


async def _hold_version(viewer: Viewer, contract: Contract) -> None:
    unchanged = visible.contracts(viewer).filter(id=contract.id, version=contract.version, state=ContractState.ACTIVE)
    if not await unchanged.update(version=F("version") + 1):
        raise GatewayError(ErrorCode.CONFLICT, "tariff_change.stale", path=PREVIEW)


async def _tell(
    viewer: Viewer,
    customer: Customer,
    change: TariffChange,
    tariff: Tariff,
    word: str,
    kind: ContractEventKind,
    client: Client,
    now: datetime,
) -> None:
    """The history of the contract, the mail, and the audit entry."""
    package = await visible.packages(viewer).get(id=change.package_id)
    await log_change(change, kind, now)
    await notify(
        customer,
        f"tariff_change_{word}",
        now,
        package=package.name,
        tariff=tariff.name,
        effective_on=change.effective_on.isoformat(),
    )
    await audit.record(
        audit.actor_of(viewer),
        client,
        now,
        "tariff_change.revoke" if word == "revoked" else "tariff_change.request",
        object_id=change.id,
        package_id=change.package_id,
        detail={"name": tariff.name, "value": change.direction},
    )


async def log_change(change: TariffChange, kind: ContractEventKind, now: datetime) -> None:
    """An entry in the history of the contract."""
    await ContractEvent.create(
        customer_id=change.customer_id,
        contract_id=change.contract_id,
        tariff_id=change.to_tariff_id,
        kind=kind,
        occurred_at=now,
        effective_on=change.effective_on,
    )
