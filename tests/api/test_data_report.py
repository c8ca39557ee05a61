"""A customer asks for a report, one at a time and a few in a day, and sees how far it is."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from gateway.documents.company import DEMO_COMPANY
from gateway.jobs.data_report.job import ReportMaker
from models import AuditEvent, DataReport
from tests.api.conftest import Serve
from tests.api.service import Reply, Service
from tests.data_report.conftest import InPlace
from tests.world import NOW, Caller

REQUEST = (
    "mutation { dataReportRequest { dataReport { id state progress dueOn downloadPath } errors { code retryAfter } } }"
)
LIST = (
    "{ dataReports { totalCount nodes { id state progress requestedAt dueOn startedAt finishedAt expiresAt sizeBytes sha256"
    " downloadPath } } }"
)


async def requested(service: Service, caller: Caller = Caller.OWNER) -> Reply:
    """Ask with the password given just before."""
    return await service.ask(REQUEST, by=await service.token(caller, raised=True))


def code(reply: Reply) -> str | None:
    """The code of a payload that has one error, or none."""
    errors = reply.data["dataReportRequest"]["errors"]
    return errors[0]["code"] if errors else None


async def make(service: Service) -> None:
    """Let a worker make what waits."""
    maker = ReportMaker(InPlace(), DEMO_COMPANY, timedelta(days=7), clock=service.clock)
    assert await maker.make_due(service.clock.now) == 1


async def latest(service: Service) -> dict[str, object]:
    """The report asked for last, as both engines tell it."""
    nodes = (await service.both(LIST, by=await service.token(Caller.OWNER))).data["dataReports"]["nodes"]
    assert isinstance(nodes[0], dict)
    return nodes[0]


async def test_a_report_goes_from_waiting_to_deleted(service: Service) -> None:
    reply = await requested(service)
    report = reply.data["dataReportRequest"]["dataReport"]
    assert report == {"id": report["id"], "state": "QUEUED", "progress": 0, "dueOn": "2026-04-02", "downloadPath": None}
    (entry,) = await AuditEvent.filter(action="data_report.request", occurred_at=NOW)
    assert (entry.object_id, entry.customer_id) == (report["id"], service.world.owner.customer)
    service.clock.wait(minutes=3)
    await make(service)
    ready = await latest(service)
    assert ready | {"sizeBytes": 0, "sha256": ""} == {
        "id": report["id"], "state": "READY", "progress": 100, "requestedAt": "2026-03-02T12:00:00Z",
        "dueOn": "2026-04-02", "startedAt": "2026-03-02T12:03:00Z", "finishedAt": "2026-03-02T12:03:00Z",
        "expiresAt": "2026-03-09T12:03:00Z", "sizeBytes": 0, "sha256": "",
        "downloadPath": f"/data-reports/{report['id']}.zip",
    }  # fmt: skip
    service.clock.wait(days=7, seconds=-1)
    assert (await latest(service))["state"] == "READY"
    service.clock.wait(seconds=1)
    over = await latest(service)
    assert (over["state"], over["downloadPath"], over["sizeBytes"]) == ("DELETED", None, ready["sizeBytes"])


async def test_there_is_one_at_a_time_until_it_is_ready(service: Service) -> None:
    assert code(await requested(service)) is None
    service.clock.wait(days=2)
    assert code(await requested(service)) == "CONFLICT"
    assert code(await requested(service, Caller.OTHER)) is None
    await make(service)
    await make(service)
    assert code(await requested(service)) is None


async def test_of_fifty_requests_at_once_one_wins(service: Service) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    replies = await asyncio.gather(*(service.ask(REQUEST, by=token) for _ in range(50)))
    codes = [code(reply) if reply.status == 200 and "data" in reply.json else reply.code for reply in replies]
    assert codes.count(None) == 1
    assert set(codes) <= {None, "CONFLICT", "UNAVAILABLE"}
    assert await DataReport.filter(running_for=service.world.owner.customer).count() == 1
    assert await AuditEvent.filter(action="data_report.request", occurred_at=NOW).count() == 1


async def test_there_are_three_in_a_day_and_failed_ones_do_not_count(service: Service) -> None:
    customer = service.world.owner.customer
    for _ in range(3):
        assert code(await requested(service)) is None
        await DataReport.filter(running_for=customer).update(state="FAILED", running_for=None)
    for _ in range(3):
        assert code(await requested(service)) is None
        await make(service)
        service.clock.wait(hours=1)
    (error,) = (await requested(service)).data["dataReportRequest"]["errors"]
    assert error == {"code": "RATE_LIMITED", "retryAfter": 21 * 3_600}
    service.clock.wait(seconds=21 * 3_600 - 1)
    assert code(await requested(service)) == "RATE_LIMITED"
    service.clock.wait(seconds=1)
    assert code(await requested(service)) is None


async def test_the_limit_is_a_setting(serve: Serve) -> None:
    async with serve(data_reports_per_day=1) as service:
        assert code(await requested(service)) is None
        await make(service)
        assert code(await requested(service)) == "RATE_LIMITED"


@pytest.mark.parametrize("caller", [Caller.PACKAGE, Caller.SIBLING, Caller.NARROW_CONTRACTUAL], ids=str)
async def test_nobody_else_asks_for_or_sees_a_report(caller: Caller, service: Service) -> None:
    token = await service.token(caller, raised=True)
    assert (await service.ask(REQUEST, by=token)).code == "FORBIDDEN"
    seen = await service.both(
        f'{{ dataReports {{ totalCount }} dataReport(id: "{await _any(service)}") {{ id }} }}', by=token
    )
    assert seen.json["data"] == {"dataReports": None, "dataReport": None}
    assert await DataReport.filter(requested_at=NOW).count() == 0


async def _any(service: Service) -> str:
    return service.world.owner.reports["ready"]


async def test_a_customer_sees_its_own_reports_alone(service: Service) -> None:
    listed = {}
    for caller in (Caller.OWNER, Caller.OTHER):
        nodes = (await service.both(LIST, by=caller)).data["dataReports"]["nodes"]
        listed[caller] = [node["id"] for node in nodes]
    world = service.world
    assert listed == {
        Caller.OWNER: [world.owner.reports["ready"], world.owner.reports["old"]],
        Caller.OTHER: [world.other.reports["ready"]],
    }
