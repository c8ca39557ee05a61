"""Backups: what can be done with one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from models.rules.decision import Allowed, Decision, Refused
from models.rules.package import decide as decide_function

FUNCTION = "BACKUPS"
"""The entry of a package's menu that backups belong to."""

RESTORE, DELETE = "RESTORE", "DELETE"
ACTIONS = (RESTORE, DELETE)

BACKUP_NOT_READY, BACKUP_EXPIRED, SUBJECT_GONE, RESTORE_RUNNING, BACKUP_OF_THE_HOST = (
    "BACKUP_NOT_READY",
    "BACKUP_EXPIRED",
    "BACKUP_SUBJECT_GONE",
    "RESTORE_RUNNING",
    "BACKUP_OF_THE_HOST",
)

KEPT = timedelta(days=90)
"""How long a backup is kept that somebody here made."""

KEPT_BY_THE_HOST = timedelta(days=14)
"""How long one is kept that the host made."""


def decide(
    action: str,
    functions: Iterable[str],
    package_state: str,
    *,
    state: str,
    automatic: bool,
    subject_there: bool,
    expires_at: datetime,
    restoring: bool,
    now: datetime,
) -> Decision:
    """What can be done with a backup now.

    It is restored while it is good and what it was made of is there, one at a time into the same (`restoring`). Those that the
    host made are deleted by the host.
    """
    decision = decide_function(FUNCTION, functions, package_state)
    if isinstance(decision, Refused):
        return decision
    if action == DELETE and automatic:
        return Refused(BACKUP_OF_THE_HOST)
    if state == "RESTORING":
        return Refused(RESTORE_RUNNING)
    if action == DELETE:
        return Refused(BACKUP_NOT_READY) if state == "CREATING" else Allowed()
    if state != "READY":
        return Refused(BACKUP_NOT_READY)
    if expires_at <= now:
        return Refused(BACKUP_EXPIRED)
    if not subject_there:
        return Refused(SUBJECT_GONE)
    return Refused(RESTORE_RUNNING) if restoring else Allowed()
