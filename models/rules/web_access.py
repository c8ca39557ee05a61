"""What can be done with the accounts and the jobs of a package's web space."""

from __future__ import annotations

from collections.abc import Iterable

from models.rules.decision import Allowed, Decision, Refused
from models.rules.package import decide as decide_function

FUNCTION = "WEB_SPACE"
"""The entry of a package's menu that they belong to."""

PASSWORD_MISSING, KEY_MISSING, KEY_LIMIT_REACHED = "PASSWORD_MISSING", "KEY_MISSING", "KEY_LIMIT_REACHED"

CHANGE, PASSWORD_ROTATE, PASSWORD_REMOVE, KEY_ADD, DELETE = (
    "CHANGE",
    "PASSWORD_ROTATE",
    "PASSWORD_REMOVE",
    "KEY_ADD",
    "DELETE",
)

MOST_KEYS = 10
"""Public keys of one account."""


def decide(action: str, functions: Iterable[str], state: str, *, has_password: bool = False, keys: int = 0) -> Decision:
    """Whether an account or a job can be changed so now: as the package's menu says.

    A password goes only where there is one (`PASSWORD_MISSING`) and a key opens the account besides (`KEY_MISSING`); an account
    has at most `MOST_KEYS` keys (`KEY_LIMIT_REACHED`).
    """
    decision = decide_function(FUNCTION, functions, state)
    if isinstance(decision, Refused):
        return decision
    if action == PASSWORD_REMOVE and not has_password:
        return Refused(PASSWORD_MISSING)
    if action == PASSWORD_REMOVE and not keys:
        return Refused(KEY_MISSING)
    return Refused(KEY_LIMIT_REACHED) if action == KEY_ADD and keys >= MOST_KEYS else Allowed()
