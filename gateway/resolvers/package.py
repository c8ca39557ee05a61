"""Packages and their menu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gateway.context import Context
from gateway.messages import message
from models import PackageFunction
from models.rules import package as rule
from models.rules.decision import Refused


class RefusalReason(StrEnum):
    """Codes a menu can act on."""

    PACKAGE_NOT_READY = rule.PROVISIONING
    PACKAGE_SUSPENDED = rule.SUSPENDED
    PACKAGE_CANCELLED = rule.CANCELLED
    PACKAGE_ENDED = rule.ENDED
    FUNCTION_NOT_INCLUDED = rule.NOT_INCLUDED


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of the menu."""

    name: PackageFunction
    allowed: bool
    reason: RefusalReason | None
    message: str | None


def actions(context: Context, state: str, functions: list[str]) -> list[Action]:
    """The menu of a package for the caller."""
    viewer = context.viewer
    scopes = frozenset(scope.value for scope in viewer.scopes) if viewer else frozenset()
    entries = []
    for name, decision in rule.menu(functions, state, scopes):
        if isinstance(decision, Refused):
            reason = RefusalReason(decision.reason)
            text = message(f"refused.{reason.value}", context.language)
            entries.append(Action(PackageFunction(name), False, reason, text))
        else:
            entries.append(Action(PackageFunction(name), True, None, None))
    return entries


def functions(context: Context, functions: list[str]) -> list[PackageFunction]:
    """The functions of a kind of package."""
    return [PackageFunction(name) for name in functions]


def has_password(context: Context, changed_at: datetime | None) -> bool:
    """Whether a package password is set: it has a time of change as long as it is."""
    return changed_at is not None
