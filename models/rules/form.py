"""Forms on paper: which there are for a contract, and which of them can be used now.

A form asks for the same as the mutation behind it, where there is one, and so the same rules decide about both.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from models.rules.cancellation import contract_runs, holder_changeable, package_cancellable
from models.rules.decision import Allowed, Decision, Refused
from models.rules.tariff_change import changeable

NO_DOMAIN = "NO_DOMAIN"


class FormKind(StrEnum):
    """What a form is for."""

    UPGRADE = "UPGRADE"
    DOWNGRADE = "DOWNGRADE"
    DOMAIN_HOLDER_CHANGE = "DOMAIN_HOLDER_CHANGE"
    CONTRACT_TRANSFER = "CONTRACT_TRANSFER"
    CANCELLATION = "CANCELLATION"


ONLINE: dict[FormKind, str] = {
    FormKind.UPGRADE: "tariffChange",
    FormKind.DOWNGRADE: "tariffChange",
    FormKind.CANCELLATION: "cancellationDeclare",
}
"""The mutations that do the same without paper. The others need a second signature (§ 415 BGB), or the registry's consent."""


def available(
    kind: FormKind,
    functions: Collection[str],
    package_state: str,
    contract_state: str,
    ends_on: date | None,
    today: date,
    *,
    has_domain: bool,
    pending: bool,
) -> Decision:
    """Whether a form can be used for a contract and the package it is about; `pending`: another tariff is on its way."""
    match kind:
        case FormKind.UPGRADE | FormKind.DOWNGRADE:
            return changeable(functions, package_state, contract_state, pending)
        case FormKind.CANCELLATION:
            return package_cancellable(functions, package_state, contract_state, ends_on, today)
        case FormKind.DOMAIN_HOLDER_CHANGE:
            decision = holder_changeable("ACTIVE", package_state)
            return Refused(NO_DOMAIN) if isinstance(decision, Allowed) and not has_domain else decision
        case FormKind.CONTRACT_TRANSFER:
            return contract_runs(contract_state, ends_on, today)
