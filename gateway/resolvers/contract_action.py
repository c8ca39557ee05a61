"""The menu of a contract, by the same rules as behind the mutations."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.resolvers.cancellation_action import Action, entry
from models.rules import cancellation, declaration, tariff_change
from models.rules.berlin import berlin_day


class ContractActionName(StrEnum):
    """The entries of a contract's menu."""

    CANCEL = "CANCEL"
    CANCELLATION_UNDO = "CANCELLATION_UNDO"
    TARIFF_CHANGE = "TARIFF_CHANGE"
    TARIFF_CHANGE_REVOKE = "TARIFF_CHANGE_REVOKE"
    EXTRAORDINARY_CANCELLATION = "EXTRAORDINARY_CANCELLATION"


NEEDS = (
    "state",
    "ends_on",
    "package.state",
    "package.type.functions",
    "cancellation.state",
    "cancellation.undo_until",
    "cancellation.ends_on",
    "pending_tariff_change.state",
    "pending_tariff_change.effective_on",
)


def contract_actions(
    context: Context,
    state: str,
    ends_on: date | None,
    package_state: str,
    functions: list[str],
    cancellation_state: str | None,
    undo_until: datetime | None,
    cancelled_to: date | None,
    pending: str | None,
    pending_from: date | None,
) -> list[Action]:
    """What can be done with it; nothing for a caller who may not change contracts."""
    if context.viewer is None or Scope.CONTRACT_WRITE not in context.viewer.scopes:
        return []
    name, today = ContractActionName, berlin_day(context.now)
    cancel = cancellation.package_cancellable(functions, package_state, state, ends_on, today)
    undo = cancellation.undoable(cancellation_state, undo_until, cancelled_to, state, ends_on, context.now)
    change = tariff_change.changeable(functions, package_state, state, pending is not None)
    revoke = tariff_change.revocable(pending_from is not None and pending_from > today)
    return [
        entry(context, name.CANCEL, cancel),
        entry(context, name.CANCELLATION_UNDO, undo),
        entry(context, name.TARIFF_CHANGE, change),
        entry(context, name.TARIFF_CHANGE_REVOKE, revoke),
        entry(context, name.EXTRAORDINARY_CANCELLATION, declaration.extraordinary_possible(state)),
    ]
