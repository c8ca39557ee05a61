"""What can be done with a package in which state: the menu, and later the mutations behind it, ask here."""

from __future__ import annotations

from collections.abc import Iterable

from models.rules.decision import Allowed, Decision, Refused

SCOPE_OF_FUNCTION: dict[str, str] = {
    "SELECT": "PACKAGE_READ",
    "RENAME": "PACKAGE_WRITE",
    "UPGRADE": "CONTRACT_WRITE",
    "EMAILS": "MAIL_READ",
    "DOMAINS": "DOMAIN_READ",
    "WEBSITE_APPS": "APP_READ",
    "DATABASES": "DATABASE_READ",
    "WEB_SPACE": "WEBSPACE_READ",
    "BACKUPS": "BACKUP_READ",
    "SECURITY": "PACKAGE_ACCESS",
    "CANCEL": "CONTRACT_WRITE",
}
"""Whom a function is for: a caller without the scope is not offered it at all."""

_ALWAYS = frozenset({"SELECT"})
_CHANGES_THE_CONTRACT = frozenset({"UPGRADE", "CANCEL"})

PROVISIONING, SUSPENDED, CANCELLED, ENDED, NOT_INCLUDED = (
    "PACKAGE_NOT_READY",
    "PACKAGE_SUSPENDED",
    "PACKAGE_CANCELLED",
    "PACKAGE_ENDED",
    "FUNCTION_NOT_INCLUDED",
)


def allowed_function(function: str, state: str) -> Decision:
    """Whether a function of the package's type can be used in `state`.

    A package that is being set up or has ended can only be looked at; a suspended one can be renamed and secured, but neither
    used nor changed in its contract; a cancelled one works until its end, but its contract cannot change any more.
    """
    if function in _ALWAYS:
        return Allowed()
    if state == "PROVISIONING":
        return Refused(PROVISIONING)
    if state == "ENDED":
        return Refused(ENDED)
    if state == "SUSPENDED" and function not in {"RENAME", "SECURITY"}:
        return Refused(SUSPENDED)
    if state == "CANCELLED" and function in _CHANGES_THE_CONTRACT:
        return Refused(CANCELLED)
    return Allowed()


def decide(function: str, functions: Iterable[str], state: str) -> Decision:
    """Whether a function can be used on a package whose type has `functions`: what the mutation behind an entry asks."""
    return allowed_function(function, state) if function in functions else Refused(NOT_INCLUDED)


def menu(functions: Iterable[str], state: str, scopes: frozenset[str]) -> list[tuple[str, Decision]]:
    """The functions of a type that this caller is offered, in the order of the type, with the decision on each."""
    return [
        (function, allowed_function(function, state)) for function in functions if SCOPE_OF_FUNCTION[function] in scopes
    ]
