"""Cancelling a package with its contract, a single domain or an add-on: whether it can be, when it ends, what is given back.

The menus and the mutations ask here, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.rules.decision import Allowed, Decision, Refused
from models.rules.package import allowed_function, decide
from models.rules.term import add_months, last_day

CONTRACT_MISSING, CONTRACT_CANCELLED, CONTRACT_ENDED = "CONTRACT_MISSING", "CONTRACT_CANCELLED", "CONTRACT_ENDED"
ADD_ON_CANCELLED, ADD_ON_ENDED = "ADD_ON_CANCELLED", "ADD_ON_ENDED"
DOMAIN_CANCELLED, DOMAIN_NOT_REGISTERED, DOMAIN_TRANSFERRING, DOMAIN_PERIOD_UNKNOWN, DOMAIN_NOT_LEAVING = (
    "DOMAIN_CANCELLED",
    "DOMAIN_NOT_REGISTERED",
    "DOMAIN_TRANSFERRING",
    "DOMAIN_PERIOD_UNKNOWN",
    "DOMAIN_NOT_LEAVING",
)
NOT_CANCELLED, CARRIED_OUT, UNDO_OVER, CHANGED_SINCE, ENDS_WITH_CONTRACT = (
    "NOT_CANCELLED",
    "CANCELLATION_CARRIED_OUT",
    "UNDO_OVER",
    "CHANGED_SINCE_CANCELLATION",
    "ENDS_WITH_CONTRACT",
)
(
    FATE_MISSING,
    NOTHING_TO_KEEP_IT_IN,
    KEEP_PACKAGE_MISSING,
    KEEP_PACKAGE_UNSUITABLE,
    KEEP_PACKAGE_FULL,
    KEEP_NOT_ASKED,
) = (
    "DOMAIN_FATE_MISSING",
    "NO_PACKAGE_TO_KEEP_IN",
    "KEEP_PACKAGE_MISSING",
    "KEEP_PACKAGE_UNSUITABLE",
    "KEEP_PACKAGE_FULL",
    "DOMAIN_ITSELF_CANCELLED",
)

REGISTRATION_MONTHS = 12
"""Months a registration is paid for, and renewed by."""


class EndingKind(StrEnum):
    """What ends with a package."""

    MAILBOXES = "MAILBOXES"
    DOMAINS = "DOMAINS"
    ADD_ONS = "ADD_ONS"
    WEB_SPACE = "WEB_SPACE"
    DATABASES = "DATABASES"
    BACKUPS = "BACKUPS"


def contract_runs(state: str | None, ends_on: date | None, today: date) -> Decision:
    """Whether there is a contract that can be cancelled; `ends_on` is an end that was agreed from the beginning."""
    if state is None:
        return Refused(CONTRACT_MISSING)
    if state == "CANCELLED":
        return Refused(CONTRACT_CANCELLED)
    if state == "ENDED" or (ends_on is not None and ends_on < today):
        return Refused(CONTRACT_ENDED)
    return Allowed()


def package_cancellable(
    functions: Iterable[str], package_state: str, contract_state: str | None, ends_on: date | None, today: date
) -> Decision:
    """Whether a package can be cancelled, with the contract over it."""
    decision = decide("CANCEL", functions, package_state)
    return decision if isinstance(decision, Refused) else contract_runs(contract_state, ends_on, today)


def add_on_cancellable(
    state: str, ends_on: date | None, contract_state: str | None, contract_ends_on: date | None, today: date
) -> Decision:
    """Whether an add-on can be cancelled for itself: it runs, and so does its contract."""
    if state == "CANCELLED":
        return Refused(ADD_ON_CANCELLED)
    if state == "ENDED" or (ends_on is not None and ends_on < today):
        return Refused(ADD_ON_ENDED)
    return contract_runs(contract_state, contract_ends_on, today)


def domain_cancellable(
    state: str,
    paid_until: date | None,
    package_state: str,
    contract_state: str | None,
    contract_ends_on: date | None,
    today: date,
) -> Decision:
    """Whether a domain can be cancelled for itself: it is registered, for a time that is known, in a package that runs."""
    if state == "CANCELLED":
        return Refused(DOMAIN_CANCELLED)
    decision = allowed_function("CANCEL", package_state)
    if isinstance(decision, Refused):
        return decision
    decision = contract_runs(contract_state, contract_ends_on, today)
    if isinstance(decision, Refused):
        return decision
    if state == "PENDING":
        return Refused(DOMAIN_NOT_REGISTERED)
    if state == "TRANSFERRING":
        return Refused(DOMAIN_TRANSFERRING)
    return Refused(DOMAIN_PERIOD_UNKNOWN) if paid_until is None else Allowed()


def holder_changeable(state: str, package_state: str) -> Decision:
    """Whether the form for another holder can be used: the domain stays, in a package that is not over."""
    if state == "CANCELLED":
        return Refused(DOMAIN_CANCELLED)
    if state == "PENDING":
        return Refused(DOMAIN_NOT_REGISTERED)
    if state == "TRANSFERRING":
        return Refused(DOMAIN_TRANSFERRING)
    return allowed_function("RENAME", package_state)  # also while it is suspended


def auth_info_revealable(state: str, ends_on: date | None, has_auth_info: bool, today: date) -> Decision:
    """Whether the AuthInfo (RFC 5731) is told: to whoever chose to take the domain elsewhere, until that is over."""
    leaving = state == "TRANSFERRING" or (state == "CANCELLED" and ends_on is not None and ends_on >= today)
    return Allowed() if leaving and has_auth_info else Refused(DOMAIN_NOT_LEAVING)


def undoable(
    state: str | None,
    undo_until: datetime | None,
    ends_on: date | None,
    found_state: str,
    found_ends_on: date | None,
    now: datetime,
    *,
    contract_state: str | None = "ACTIVE",
) -> Decision:
    """Whether a cancellation can be taken back. `state`, `undo_until` and `ends_on` are its own, null where there is none.

    `found_state` and `found_ends_on` are what is stored with what it cancelled: where that is not what the cancellation made
    of it, somebody else has decided since. A domain or an add-on whose contract was cancelled after it has to wait for that:
    `contract_state` is the contract's.
    """
    if state is None or undo_until is None:
        return Refused(
            ENDS_WITH_CONTRACT if found_state == "CANCELLED" and contract_state != "ACTIVE" else NOT_CANCELLED
        )
    if state == "CARRIED_OUT":
        return Refused(CARRIED_OUT)
    if now >= undo_until:
        return Refused(UNDO_OVER)
    if contract_state != "ACTIVE":
        return Refused(CONTRACT_ENDED if contract_state == "ENDED" else CONTRACT_CANCELLED)
    if found_state != "CANCELLED" or found_ends_on != ends_on:
        return Refused(CHANGED_SINCE)
    return Allowed()


def fate_possible(fate: str, domain_state: str, *, of_package: bool, packages: bool) -> Decision:
    """Whether a domain can have a fate. `of_package`: it ends with its package; `packages`: there is one it can move to.

    What is being registered has no AuthInfo yet, and what is on its way to or from another provider cannot move inside.
    """
    if fate == "DELETE":
        return Allowed()
    if domain_state == "TRANSFERRING":
        return Refused(DOMAIN_TRANSFERRING)
    if fate == "TRANSFER":
        return Refused(DOMAIN_NOT_REGISTERED) if domain_state == "PENDING" else Allowed()
    if not of_package:
        return Refused(KEEP_NOT_ASKED)
    return Allowed() if packages else Refused(NOTHING_TO_KEEP_IT_IN)


def can_keep(functions: Iterable[str], state: str, limit: int, taken: int) -> Decision:
    """Whether a package can take one more domain that is to be kept: it runs, and of its `limit` not all are `taken`."""
    if state != "ACTIVE" or "DOMAINS" not in functions:
        return Refused(KEEP_PACKAGE_UNSUITABLE)
    return Allowed() if taken < limit else Refused(KEEP_PACKAGE_FULL)


def domain_end(paid_until: date, today: date, notice_months: int) -> date:
    """The last day of a domain that is cancelled `today`: its registration period, or the next while notice is too late.

    Notice counts until `notice_months` before the end. Periods follow each other without a gap, a year each.
    """
    begins = paid_until + timedelta(days=1)
    periods = 0
    while True:
        end = last_day(begins, REGISTRATION_MONTHS * periods)
        if today <= add_months(end + timedelta(days=1), -notice_months) - timedelta(days=1):
            return end
        periods += 1


def refund(gross_minor: int, first: date, last: date, ends_on: date, today: date) -> int:
    """What is given back of a billing period from `first` to `last` when the contract ends on `ends_on`, in minor units.

    Periods are paid in advance: of one that has begun, the days after the end are given back in proportion to its days, half a
    unit rounded up. A period that has not begun is not paid for yet, and one that ends with the contract has nothing left.
    """
    unused = (last - ends_on).days
    if first > today or unused <= 0:
        return 0
    days = (last - first).days + 1
    return (2 * gross_minor * unused + days) // (2 * days)
