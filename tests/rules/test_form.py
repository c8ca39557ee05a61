"""Which forms can be used for a contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models.rules import form as rule
from models.rules.decision import Allowed, Refused
from models.rules.form import FormKind

TODAY = date(2026, 3, 2)
ALL = ("UPGRADE", "CANCEL", "DOMAINS")


def decided(kind: FormKind, **changed: Any) -> Allowed | Refused:
    values = {
        "functions": ALL,
        "package_state": "ACTIVE",
        "contract_state": "ACTIVE",
        "ends_on": None,
        "has_domain": True,
    }
    values |= changed
    return rule.available(
        kind, values["functions"], values["package_state"], values["contract_state"], values["ends_on"], TODAY,
        has_domain=values["has_domain"], pending=changed.get("pending", False),
    )  # fmt: skip


@pytest.mark.parametrize("kind", list(FormKind))
def test_every_form_can_be_used_for_a_contract_that_runs(kind: FormKind) -> None:
    assert decided(kind) == Allowed()


@pytest.mark.parametrize("kind", list(FormKind))
def test_no_form_can_be_used_when_it_is_over(kind: FormKind) -> None:
    over = decided(kind, package_state="ENDED", contract_state="ENDED", ends_on=TODAY - timedelta(days=1))
    assert isinstance(over, Refused)


@pytest.mark.parametrize(
    ("kind", "changed", "reason"),
    [
        (FormKind.UPGRADE, {"functions": ("CANCEL",)}, "FUNCTION_NOT_INCLUDED"),
        (FormKind.DOWNGRADE, {"contract_state": "CANCELLED"}, "CONTRACT_CANCELLED"),
        (FormKind.UPGRADE, {"package_state": "SUSPENDED"}, "PACKAGE_SUSPENDED"),
        (FormKind.UPGRADE, {"pending": True}, "TARIFF_CHANGE_PENDING"),
        (FormKind.DOWNGRADE, {"pending": True}, "TARIFF_CHANGE_PENDING"),
        (FormKind.CANCELLATION, {"contract_state": "CANCELLED"}, "CONTRACT_CANCELLED"),
        (FormKind.CANCELLATION, {"package_state": "PROVISIONING"}, "PACKAGE_NOT_READY"),
        (FormKind.CONTRACT_TRANSFER, {"contract_state": "ENDED"}, "CONTRACT_ENDED"),
        (FormKind.DOMAIN_HOLDER_CHANGE, {"has_domain": False}, "NO_DOMAIN"),
        (FormKind.DOMAIN_HOLDER_CHANGE, {"has_domain": False, "package_state": "ENDED"}, "PACKAGE_ENDED"),
    ],
)
def test_a_form_is_refused_with_the_reason(kind: FormKind, changed: dict[str, Any], reason: str) -> None:
    assert decided(kind, **changed) == Refused(reason)


def test_a_change_of_holder_and_a_transfer_take_paper() -> None:
    assert {kind for kind in FormKind if kind not in rule.ONLINE} == {
        FormKind.DOMAIN_HOLDER_CHANGE,
        FormKind.CONTRACT_TRANSFER,
    }
