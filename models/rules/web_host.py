"""Host names of the web servers: what they can be called, what can be behind them, what can be done with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.rules.decision import Allowed, Decision, Refused
from models.rules.host_name import LONGEST, is_label
from models.rules.package import decide as decide_function
from models.rules.zone import APEX

FUNCTION = "DOMAINS"
"""The entry of a package's menu that host names belong to."""

RESERVED = frozenset({"autoconfig", "autodiscover", "mta-sts"})
"""First labels under which the host itself answers for a domain: mail programs and servers look for settings there."""

BAD_NAME, NAME_TOO_LONG, NAME_RESERVED, NAME_DECEPTIVE = "BAD_NAME", "NAME_TOO_LONG", "NAME_RESERVED", "NAME_DECEPTIVE"

PHP_UNKNOWN, PHP_ENDED = "PHP_UNKNOWN", "PHP_ENDED"

DOMAIN_NOT_ACTIVE, APP_INSTALLED, APP_NEEDS_PHP = "DOMAIN_NOT_ACTIVE", "APP_INSTALLED", "APP_NEEDS_PHP"

CHANGE, DELETE = "CHANGE", "DELETE"
ACTIONS = (CHANGE, DELETE)


def acceptable(name: str, domain: str, taken: Iterable[str] = ()) -> Decision:
    """Whether a host can be called `name` under `domain` (both in A-labels; `@`: the domain itself).

    `taken` are whole names of the host's own servers. Refuses with `BAD_NAME`, `NAME_TOO_LONG` or `NAME_RESERVED`.
    """
    whole = absolute(name, domain)
    if name != APEX:
        labels = name.split(".")
        if not all(is_label(label) and (label[2:4] != "--" or label.startswith("xn--")) for label in labels):
            return Refused(BAD_NAME)  # hyphens there are kept for what comes after `xn--` (RFC 5891 §4.2.3.1)
        if labels[0] in RESERVED:
            return Refused(NAME_RESERVED)
    if len(whole) > LONGEST:
        return Refused(NAME_TOO_LONG)
    return Refused(NAME_RESERVED) if whole in set(taken) else Allowed()


def absolute(name: str, domain: str) -> str:
    """The whole name: that of the domain for `@`."""
    return domain if name == APEX else f"{name}.{domain}"


def php_choosable(version: str | None, ends_on: date | None, before: str | None, today: date) -> Decision:
    """Whether a version of PHP can be chosen; `ends_on` is the last day it is repaired, null for one nobody offers.

    What a host name has already (`before`) it keeps. Refuses with `PHP_UNKNOWN` or `PHP_ENDED`.
    """
    if version is None or version == before:
        return Allowed()
    if ends_on is None:
        return Refused(PHP_UNKNOWN)
    return Refused(PHP_ENDED) if ends_on < today else Allowed()


def decide(action: str, functions: Iterable[str], package_state: str, domain_state: str, *, has_app: bool) -> Decision:
    """Whether a host name can be changed or deleted now: as the package's menu says, and not under a website app.

    Refuses with the menu's reasons, `DOMAIN_NOT_ACTIVE` (changing) or `APP_INSTALLED` (deleting).
    """
    decision = decide_function(FUNCTION, functions, package_state)
    if isinstance(decision, Refused):
        return decision
    if action == CHANGE:
        return Allowed() if domain_state == "ACTIVE" else Refused(DOMAIN_NOT_ACTIVE)
    return Refused(APP_INSTALLED) if has_app else Allowed()


def leads_back(start: str, target: str, redirects: dict[str, str]) -> bool:
    """Whether whoever is sent from the host `start` to `target` comes back to `start` by `redirects` (host to host)."""
    seen: set[str] = set()
    at: str | None = target
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = redirects.get(at)
    return False
