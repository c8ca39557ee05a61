"""Carrying changes of tariffs out on their day, if they can still be: once, whoever is stopped where."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from gateway.auth import audit
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.auth.sessions import hold_customer
from gateway.auth.tariff_change import apply, log_change
from gateway.auth.tariff_options import find_agreement, find_option
from gateway.auth.viewer import Scope, Viewer
from models import (
    ActorKind,
    ContractEventKind,
    ContractState,
    Customer,
    SessionKind,
    TariffChange,
    TariffChangeState,
)
from models.database import in_unit_of_work
from models.rules import tariff_change as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Refused

AT_ONCE = 20
"""Changes of one look; after each look others have their turn."""

_log = logging.getLogger(__name__)

NOBODY = Client(address="", user_agent=None, request_id="job")


async def change_due(now: datetime) -> int:
    """Carry out what is due: how many changes were settled. One that fails is left for the next look."""
    done, failed = 0, list[str]()
    for _ in range(AT_ONCE):
        taken: list[str] = []
        try:
            if not await in_unit_of_work(partial(_next, now, failed, taken)):
                break
            done += 1
        except Exception as error:
            if not taken:
                raise
            _log.error("tariff change %s: could not be carried out: %s", taken[0], type(error).__name__)
            failed += taken
    return done


async def _next(now: datetime, failed: Sequence[str], taken: list[str]) -> bool:
    """One unit of work; false when nothing is due. On PostgreSQL a row that another worker has is passed over."""
    due = TariffChange.filter(state=TariffChangeState.SCHEDULED, effective_on__lte=berlin_day(now))
    waiting = due.exclude(id__in=list(failed)).order_by("effective_on", "id").limit(1)
    found = await waiting.select_for_update(skip_locked=True).first()
    if found is None:
        return False
    taken.append(found.id)
    customer = await hold_customer(found.customer_id)
    change = await TariffChange.get(id=found.id)  # as it is by now: a cancellation may have taken it back
    if change.state is TariffChangeState.SCHEDULED:
        await _settle(change, customer, now)
    return True


async def _settle(change: TariffChange, customer: Customer, now: datetime) -> None:
    # The rules look at what is the customer's, and nothing else.
    scopes = frozenset({Scope.CONTRACT_READ, Scope.PACKAGE_READ})
    viewer = Viewer(SessionKind.CUSTOMER, customer.id, None, scopes, session_id="")
    # It waits no more: only so does the rule look at the tariff itself.
    await TariffChange.filter(id=change.id).update(
        state=TariffChangeState.CARRIED_OUT, pending_for_id=None, settled_at=now
    )
    agreement = await find_agreement(viewer, change.package_id, now)
    option = None if agreement is None else await find_option(viewer, agreement, change.to_tariff_id)
    reason = rule.CONTRACT_MISSING if option is None else _reason(option.decision)
    if option is not None and reason is None and option.agreement.contract.state is ContractState.ACTIVE:
        await apply(viewer, change, option.agreement.contract, option.tariff)
        await _tell(change, customer, "done", ContractEventKind.TARIFF_CHANGED, "OK", now)
        return
    await TariffChange.filter(id=change.id).update(state=TariffChangeState.REFUSED, refusal=reason)
    await _tell(change, customer, "refused", ContractEventKind.TARIFF_CHANGE_REFUSED, "CONFLICT", now)


def _reason(decision: object) -> str | None:
    """Why it cannot be; that the tariff is no longer sold does not count for what was agreed before."""
    if not isinstance(decision, Refused) or decision.reason == rule.TARIFF_UNAVAILABLE:
        return None
    return decision.reason


async def _tell(
    change: TariffChange, customer: Customer, word: str, kind: ContractEventKind, result: str, now: datetime
) -> None:
    await change.fetch_related("package", "to_tariff")
    await log_change(change, kind, now)
    day = change.effective_on.isoformat()
    package, tariff = change.package.name, change.to_tariff.name
    await notify(customer, f"tariff_change_{word}", now, package=package, tariff=tariff, effective_on=day)
    await audit.record(
        audit.Actor(ActorKind.SYSTEM, None, customer.id, change.package_id), NOBODY, now, "tariff_change.finish",
        object_id=change.id, package_id=change.package_id, result=result, detail={"name": tariff},
    )  # fmt: skip
