"""The menus of domains and add-ons: what can be done with them by contract, by the same rules as behind the mutations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.messages import message
from gateway.resolvers.package import RefusalReason
from models.rules import cancellation as rule
from models.rules.berlin import berlin_day
from models.rules.decision import Decision, Refused


class DomainActionName(StrEnum):
    """The entries of a domain's menu."""

    CANCEL = "CANCEL"
    CANCELLATION_UNDO = "CANCELLATION_UNDO"
    AUTH_INFO_REVEAL = "AUTH_INFO_REVEAL"
    HOLDER_CHANGE = "HOLDER_CHANGE"


class AddOnActionName(StrEnum):
    """The entries of an add-on's menu."""

    CANCEL = "CANCEL"
    CANCELLATION_UNDO = "CANCELLATION_UNDO"


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of a menu."""

    name: Any
    allowed: bool
    reason: RefusalReason | None
    message: str | None


def entry(context: Context, name: Any, decision: Decision) -> Action:
    """An entry with the decision on it."""
    if not isinstance(decision, Refused):
        return Action(name, True, None, None)
    reason = RefusalReason(decision.reason)
    return Action(name, False, reason, message(f"refused.{reason.value}", context.language))


DOMAIN_NEEDS = (
    "state",
    "ends_on",
    "paid_until",
    "auth_info_sealed",
    "package.state",
    "package.contract.state",
    "package.contract.ends_on",
    "cancellation.state",
    "cancellation.undo_until",
    "cancellation.ends_on",
)


def domain_actions(
    context: Context,
    state: str,
    ends_on: date | None,
    paid_until: date | None,
    auth_info: str | None,
    package_state: str,
    contract_state: str | None,
    contract_ends_on: date | None,
    cancellation_state: str | None,
    undo_until: datetime | None,
    cancelled_to: date | None,
) -> list[Action]:
    """The menu of a domain; nothing for a caller who may not change contracts, such as a package login."""
    if not _may_change(context):
        return []
    today, name = berlin_day(context.now), DomainActionName
    return [
        entry(context, action, decision)
        for action, decision in (
            (
                name.CANCEL,
                rule.domain_cancellable(state, paid_until, package_state, contract_state, contract_ends_on, today),
            ),
            (
                name.CANCELLATION_UNDO,
                rule.undoable(
                    cancellation_state, undo_until, cancelled_to, state, ends_on, context.now,
                    contract_state=contract_state,
                ),
            ),
            (name.AUTH_INFO_REVEAL, rule.auth_info_revealable(state, ends_on, auth_info is not None, today)),
            (name.HOLDER_CHANGE, rule.holder_changeable(state, package_state)),
        )
    ]  # fmt: skip


ADD_ON_NEEDS = (
    "state",
    "ends_on",
    "contract.state",
    "contract.ends_on",
    "cancellation.state",
    "cancellation.undo_until",
    "cancellation.ends_on",
)


def add_on_actions(
    context: Context,
    state: str,
    ends_on: date | None,
    contract_state: str | None,
    contract_ends_on: date | None,
    cancellation_state: str | None,
    undo_until: datetime | None,
    cancelled_to: date | None,
) -> list[Action]:
    """The menu of an add-on."""
    if not _may_change(context):
        return []
    today, name = berlin_day(context.now), AddOnActionName
    cancel = rule.add_on_cancellable(state, ends_on, contract_state, contract_ends_on, today)
    undo = rule.undoable(
        cancellation_state, undo_until, cancelled_to, state, ends_on, context.now, contract_state=contract_state
    )
    return [entry(context, name.CANCEL, cancel), entry(context, name.CANCELLATION_UNDO, undo)]


def _may_change(context: Context) -> bool:
    return context.viewer is not None and Scope.CONTRACT_WRITE in context.viewer.scopes
