"""What an API token may be: which scopes it can have, and how long it lasts."""

from __future__ import annotations

from collections.abc import Collection

from models.rules.decision import Allowed, Decision, Refused

DAYS = 90
"""How long a token lasts when nothing is said."""

MOST_DAYS = 365
"""How long it lasts at most."""

MOST_TOKENS = 50
"""Tokens of one customer that are good at the same time."""

MOST_DOMAINS = 50
"""Domains that a token can be limited to."""

NO_SCOPE, SCOPE_TOO_WIDE, SCOPE_BESIDE_DOMAINS, DAYS_OUT_OF_RANGE = (
    "NO_SCOPE",
    "SCOPE_TOO_WIDE",
    "SCOPE_BESIDE_DOMAINS",
    "DAYS_OUT_OF_RANGE",
)


def scopes_allowed(wanted: Collection[str], most: Collection[str], of_domains: Collection[str] | None) -> Decision:
    """Whether a token can have these scopes: some, none beyond `most`, and beside chosen domains only those about domains.

    `of_domains` are the scopes about domains, `None` where no domains were chosen.
    """
    if not wanted:
        return Refused(NO_SCOPE)
    if not set(wanted) <= set(most):
        return Refused(SCOPE_TOO_WIDE)
    if of_domains is not None and not set(wanted) <= set(of_domains):
        return Refused(SCOPE_BESIDE_DOMAINS)
    return Allowed()


def days_allowed(days: int) -> Decision:
    """Whether a token can last so many days."""
    return Allowed() if 1 <= days <= MOST_DAYS else Refused(DAYS_OUT_OF_RANGE)
