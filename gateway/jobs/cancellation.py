"""Carrying cancellations out: on the day after their last one, in Berlin.

Each in a unit of work of its own, which is whole or not at all: whoever is stopped in between is followed by somebody who finds
the row as it was. It is taken with its first statement, so that no two workers do the same.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from tortoise.expressions import F

from gateway.auth import audit
from gateway.auth.client import Client
from gateway.auth.ending import end_login
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.jobs.domain_move import take_along
from gateway.jobs.periodic import reason
from models import (
    ActorKind,
    AddOn,
    Cancellation,
    CancellationState,
    CancellationSubject,
    CancelledDomain,
    Contract,
    ContractEvent,
    ContractEventKind,
    ContractState,
    Customer,
    Domain,
    DomainFate,
    DomainState,
    Package,
    PackageState,
)
from models.database import in_unit_of_work
from models.rules.berlin import berlin_day

AT_ONCE = 20
"""Cancellations of one look; after each look others have their turn."""

_log = logging.getLogger(__name__)

_TO_MOVE = (PackageState.ACTIVE, PackageState.SUSPENDED, PackageState.CANCELLED)
"""States of a package that a domain can move to: it is there."""


async def carry_out_due(now: datetime) -> int:
    """Carry out what was due until yesterday: how many it were. One that fails is left for the next look."""
    done = 0
    failed: list[str] = []
    for _ in range(AT_ONCE):
        taken: list[str] = []
        try:
            if not await in_unit_of_work(partial(_next, now, failed, taken)):
                break
            done += 1
        except Exception as error:
            if not taken:
                raise
            _log.error("cancellation %s: could not be carried out: %s", taken[0], reason(error))
            failed += taken
    return done


async def _next(now: datetime, failed: Sequence[str], taken: list[str]) -> bool:
    """One unit of work; false when nothing is due. On PostgreSQL a row that another worker has is passed over."""
    due = Cancellation.filter(state=CancellationState.DECLARED, ends_on__lt=berlin_day(now)).exclude(id__in=failed)
    found = await due.order_by("ends_on", "id").limit(1).select_for_update(skip_locked=True).first()
    if found is None:
        return False
    taken.append(found.id)
    customer = await hold_customer(found.customer_id)
    # Holding the customer may have taken until somebody else had carried it out, as a part of its package.
    cancellation = await Cancellation.get(id=found.id)
    if cancellation.state is CancellationState.DECLARED:
        await _carry_out(cancellation, customer, now)
    return True


async def _carry_out(cancellation: Cancellation, customer: Customer, now: datetime) -> None:
    """End what was cancelled, if it is still as the cancellation left it; otherwise somebody has decided since."""
    left: list[str] = []
    match cancellation.subject:
        case CancellationSubject.PACKAGE:
            ended = await _end_package(cancellation, customer, now, left)
        case CancellationSubject.ADD_ON:
            ended = await _end_add_on(cancellation)
        case _:
            ended = await _end_domains(cancellation, left)
    state = CancellationState.CARRIED_OUT if ended else CancellationState.UNDONE
    gone = {} if ended else {"current_contract_id": None, "current_domain_id": None, "current_add_on_id": None}
    await Cancellation.filter(id=cancellation.id, state=CancellationState.DECLARED).update(
        state=state, settled_at=now, **gone
    )
    await _tell(cancellation, customer, now, ended, left)


async def _end_package(cancellation: Cancellation, customer: Customer, now: datetime, left: list[str]) -> bool:
    contract = Contract.filter(id=cancellation.contract_id, state=ContractState.CANCELLED, ends_on=cancellation.ends_on)
    if not await contract.update(state=ContractState.ENDED, version=F("version") + 1):
        return False
    package_id = cancellation.package_id
    await (
        Package.filter(id=package_id)
        .exclude(state=PackageState.ENDED)
        .update(
            state=PackageState.ENDED,
            ended_at=now,
            password_hash=None,
            password_changed_at=None,
            version=F("version") + 1,
        )
    )
    await end_login(customer.id, package_id, now)
    booked = AddOn.filter(contract_id=cancellation.contract_id).exclude(state=ContractState.ENDED)
    await booked.filter(ends_on=None).update(ends_on=cancellation.ends_on)
    await booked.filter(ends_on__gt=cancellation.ends_on).update(ends_on=cancellation.ends_on)
    await booked.update(state=ContractState.ENDED, version=F("version") + 1)
    parts = Cancellation.filter(contract_id=cancellation.contract_id, state=CancellationState.DECLARED)
    for part in await parts.exclude(id=cancellation.id).order_by("id"):
        await _end_domains(part, left)
        await Cancellation.filter(id=part.id).update(state=CancellationState.CARRIED_OUT, settled_at=now)
        await _record(part, now)
    await _end_domains(cancellation, left)
    return True


async def _end_add_on(cancellation: Cancellation) -> bool:
    add_on = AddOn.filter(id=cancellation.add_on_id, state=ContractState.CANCELLED, ends_on=cancellation.ends_on)
    return bool(await add_on.update(state=ContractState.ENDED, version=F("version") + 1))


async def _end_domains(cancellation: Cancellation, left: list[str]) -> bool:
    """Let each domain have its fate. What was not decided about, or cannot move, stays as it is and is told (`left`)."""
    fates = await CancelledDomain.filter(cancellation_id=cancellation.id).select_related("of_domain")
    changed = 0
    for fate in fates:
        rows = Domain.filter(id=fate.of_domain_id, package_id=cancellation.package_id)
        if fate.fate is DomainFate.KEEP:
            changed += await _move(fate, cancellation.package_id)
        elif fate.fate is DomainFate.TRANSFER:
            leaving = rows.filter(state=DomainState.CANCELLED)
            changed += await leaving.update(state=DomainState.TRANSFERRING, version=F("version") + 1)
        else:
            gone = rows.filter(state=DomainState.CANCELLED)
            changed += await gone.update(auth_info_sealed=None, main=False, version=F("version") + 1)
    if cancellation.subject is CancellationSubject.PACKAGE:
        staying = Domain.filter(package_id=cancellation.package_id, ends_on=None)
        left += map(str, await staying.order_by("ascii_name").values_list("name", flat=True))
    return changed > 0


async def _move(fate: CancelledDomain, package_id: str) -> int:
    """Put a domain into the package it is kept in, with its records and host names, if both are still there."""
    there = await Package.filter(id=fate.keep_in_id, customer_id=fate.customer_id, state__in=_TO_MOVE).exists()
    if not there:
        return 0
    rows = Domain.filter(id=fate.of_domain_id, customer_id=fate.customer_id, package_id=package_id)
    moved = await rows.update(package_id=fate.keep_in_id, main=False, version=F("version") + 1)
    if moved and fate.keep_in_id is not None:
        await take_along(fate.of_domain_id, fate.keep_in_id)
    return moved


async def _tell(
    cancellation: Cancellation, customer: Customer, now: datetime, ended: bool, left: Sequence[str]
) -> None:
    await _record(cancellation, now, "OK" if ended else "CONFLICT")
    if not ended:
        return
    await ContractEvent.create(
        customer_id=cancellation.customer_id, contract_id=cancellation.contract_id, kind=ContractEventKind.ENDED,
        add_on_id=cancellation.add_on_id, domain_id=cancellation.domain_id, occurred_at=now,
        effective_on=cancellation.ends_on,
    )  # fmt: skip
    told = {
        "number": cancellation.number,
        "subject": json.loads(cancellation.content)["subject"]["name"],
        "ends_on": cancellation.ends_on.isoformat(),
    }
    await notify(customer, "cancellation_carried_out", now, **told)
    if left:
        await notify(customer, "cancellation_domains_left", now, domains=list(left), **told)


async def _record(cancellation: Cancellation, now: datetime, result: str = "OK") -> None:
    actor = audit.Actor(ActorKind.SYSTEM, "gateway", cancellation.customer_id)
    await audit.record(
        actor, Client("", None, cancellation.id), now, "cancellation.carry_out", object_id=cancellation.id,
        package_id=cancellation.package_id, result=result, detail={"ends_on": cancellation.ends_on.isoformat()},
    )  # fmt: skip
