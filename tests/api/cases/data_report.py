"""Data reports."""

from __future__ import annotations

from typing import Any

from models import DataReport
from tests.api.cases.case import Case, nothing
from tests.api.service import Service
from tests.world import NOW


async def _one_is_being_made(service: Service) -> dict[str, Any]:
    await _report(service, "RUNNING", running_for=service.world.owner.customer)
    return {}


async def _three_today(service: Service) -> dict[str, Any]:
    for _ in range(3):
        await _report(service, "READY", expires_at=NOW)
    return {}


async def _report(service: Service, state: str, **more: Any) -> None:
    await DataReport.create(
        customer_id=service.world.owner.customer, state=state, requested_at=NOW, due_on=NOW.date(), **more
    )


CASES: dict[str, Case] = {
    "dataReportRequest": Case(nothing, None, {"CONFLICT": _one_is_being_made, "RATE_LIMITED": _three_today}),
}
