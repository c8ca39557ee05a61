"""A report is made by one worker at a time, taken up again when that dies, and given up in the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from gateway.documents.company import DEMO_COMPANY
from gateway.documents.render import Overloaded
from gateway.jobs.data_report import job
from gateway.jobs.data_report.expiry import delete_expired
from gateway.jobs.data_report.job import ReportMaker
from gateway.jobs.data_report.making import Made
from gateway.jobs.data_report.queue import LEASE, MOST_ATTEMPTS, LeaseLost, note_progress, put_back, store, take_due
from models import AuditEvent, DataReport, DataReportFile, OutboxMessage
from tests.data_report.conftest import InPlace
from tests.world import NOW, World

WEEK = timedelta(days=7)


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def request(customer_id: str, at: datetime = NOW) -> DataReport:
    """A report that waits."""
    return await DataReport.create(
        customer_id=customer_id, running_for=customer_id, state="QUEUED", requested_at=at, due_on=at.date()
    )


async def lately(customer_id: str) -> DataReport:
    """The report a customer asked for last."""
    report = await DataReport.filter(customer_id=customer_id).order_by("-id").first()
    assert report is not None
    return report


def maker(renderer: InPlace, clock: Callable[[], datetime] = Clock()) -> ReportMaker:  # noqa: B008 - never moved
    """A worker."""
    return ReportMaker(renderer, DEMO_COMPANY, WEEK, clock=clock)


async def test_a_report_is_made_noted_and_told(world: World, renderer: InPlace) -> None:
    customer = world.owner.customer
    await request(customer)
    assert await maker(renderer).make_due(NOW) == 1
    assert await maker(renderer).make_due(NOW) == 0
    report = await lately(customer)
    assert (report.state, report.progress, report.running_for) == ("READY", 100, None)
    assert (report.started_at, report.finished_at, report.expires_at) == (NOW, NOW, NOW + WEEK)
    file = await DataReportFile.get(report_id=report.id)
    assert (file.customer_id, len(file.content)) == (customer, report.size_bytes)
    (mail,) = await OutboxMessage.filter(customer_id=customer, kind="mail.data_report_ready")
    assert set(mail.payload) == {"to", "language", "at", "requested_at", "due_on", "expires_at"}
    (entry,) = await AuditEvent.filter(action="data_report.finish", object_id=report.id)
    assert (entry.customer_id, entry.actor_kind, entry.object_id) == (customer, "SYSTEM", report.id)


async def test_a_worker_that_dies_loses_the_report_to_another_after_the_lease(world: World, renderer: InPlace) -> None:
    await request(world.owner.customer)
    first = await take_due(NOW)
    assert first is not None
    assert await take_due(NOW + LEASE - timedelta(seconds=1)) is None
    second = await take_due(NOW + LEASE)
    assert second is not None
    assert (second.id, second.attempts, second.started_at) == (first.id, 2, NOW)
    with pytest.raises(LeaseLost):
        await note_progress(first, 50, NOW)
    with pytest.raises(LeaseLost):
        await store(first, Made(b"PK", "0" * 64), WEEK, NOW)
    assert not await DataReportFile.filter(report_id=first.id).exists()
    assert not await OutboxMessage.filter(kind="mail.data_report_ready").exists()
    await note_progress(second, 50, NOW + LEASE)
    assert (await lately(world.owner.customer)).leased_until == NOW + 2 * LEASE
    await store(second, Made(b"PK", "0" * 64), WEEK, NOW + LEASE)
    with pytest.raises(LeaseLost):
        await store(second, Made(b"PK", "0" * 64), WEEK, NOW + LEASE)


async def test_many_workers_at_once_take_each_report_once(world: World) -> None:
    for house in (world.owner, world.other):
        await request(house.customer)
    taken = await asyncio.gather(*(take_due(NOW) for _ in range(8)))
    ids = [report.id for report in taken if report is not None]
    assert len(ids) == len(set(ids)) == 2


class Failing(InPlace):
    """Fails as often as it is told to, with words nobody should read."""

    def __init__(self, failures: int, error: Exception) -> None:
        super().__init__()
        self.failures = failures
        self.error = error

    async def render(self, function: Callable[..., bytes], document: object) -> bytes:
        if self.failures:
            self.failures -= 1
            raise self.error
        return await super().render(function, document)


@pytest.mark.parametrize("error", [ValueError("SENTINEL of a customer"), Overloaded()])
async def test_what_fails_is_tried_again_later(
    error: Exception, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    clock, renderer = Clock(), Failing(2, error)
    await request(world.owner.customer)
    assert await maker(renderer, clock).make_due(clock.now) == 1
    waiting = await lately(world.owner.customer)
    assert (waiting.state, waiting.progress, waiting.attempts) == ("QUEUED", 0, 1)
    assert await maker(renderer, clock).make_due(clock.now) == 0
    for _ in range(2):
        clock.now += timedelta(minutes=2)
        assert await maker(renderer, clock).make_due(clock.now) == 1
    assert (await lately(world.owner.customer)).state == "READY"
    assert waiting.id in caplog.text
    assert "SENTINEL" not in caplog.text


async def test_what_fails_again_and_again_has_failed_and_can_be_asked_for_anew(world: World) -> None:
    clock, renderer, customer = Clock(), Failing(1_000, ValueError()), world.owner.customer
    await request(customer)
    for _ in range(MOST_ATTEMPTS + 2):
        await maker(renderer, clock).make_due(clock.now)
        clock.now += timedelta(hours=1)
    report = await lately(customer)
    assert (report.state, report.attempts, report.running_for) == ("FAILED", MOST_ATTEMPTS, None)
    assert report.finished_at == NOW + timedelta(hours=MOST_ATTEMPTS - 1)
    assert renderer.failures == 1_000 - MOST_ATTEMPTS
    assert await OutboxMessage.filter(customer_id=customer, kind="mail.data_report_failed").count() == 1
    (entry,) = await AuditEvent.filter(action="data_report.fail", object_id=report.id)
    assert (entry.object_id, entry.result) == (report.id, "INTERNAL")
    await request(customer, clock.now)
    await maker(InPlace(), clock).make_due(clock.now)
    assert (await lately(customer)).state == "READY"


async def test_a_report_whose_workers_died_too_often_has_failed(world: World) -> None:
    await request(world.owner.customer)
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        assert await take_due(now) is not None
        now += LEASE
    assert await take_due(now) is None
    assert (await lately(world.owner.customer)).state == "FAILED"


async def test_a_worker_that_is_stopped_puts_the_report_back_at_once(world: World) -> None:
    begun = asyncio.Event()

    class Hanging(InPlace):
        async def render(self, function: Callable[..., bytes], document: object) -> bytes:
            begun.set()
            await asyncio.Event().wait()
            raise AssertionError

    await request(world.owner.customer)
    working = asyncio.create_task(maker(Hanging()).make_due(NOW))
    await asyncio.wait_for(begun.wait(), 20)
    assert (await lately(world.owner.customer)).progress > 50
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    report = await lately(world.owner.customer)
    assert (report.state, report.progress) == ("QUEUED", 0)
    assert await take_due(NOW) is not None


async def test_a_try_that_takes_too_long_is_a_failed_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hanging(InPlace):
        async def render(self, function: Callable[..., bytes], document: object) -> bytes:
            await asyncio.Event().wait()
            raise AssertionError

    monkeypatch.setattr(job, "LIMIT_SECONDS", 1.0)
    await request(world.owner.customer)
    assert await maker(Hanging()).make_due(NOW) == 1
    assert (await lately(world.owner.customer)).state == "QUEUED"


async def test_putting_back_what_somebody_else_has_changes_nothing(world: World) -> None:
    await request(world.owner.customer)
    first = await take_due(NOW)
    second = await take_due(NOW + LEASE)
    assert first is not None
    assert second is not None
    await put_back(first, NOW, failed=True)
    assert await take_due(NOW + LEASE) is None
    assert (await lately(world.owner.customer)).state == "RUNNING"


async def rows(report_id: str) -> tuple[Any, ...]:
    """What is left of a report: its state, and whether there is a file."""
    report = await DataReport.get(id=report_id)
    return report.state, await DataReportFile.filter(report_id=report_id).exists()


async def test_a_file_is_deleted_when_its_time_is_over_and_the_row_stays(world: World) -> None:
    ready, others = world.owner.reports["ready"], world.other.reports["ready"]
    over = (await DataReport.get(id=ready)).expires_at
    assert over is not None
    await DataReport.filter(id=others).update(expires_at=over + timedelta(days=1))
    assert await delete_expired(over - timedelta(seconds=1)) == 0
    assert await rows(ready) == ("READY", True)
    assert await delete_expired(over) == 1
    assert await delete_expired(over) == 0
    assert await rows(ready) == ("DELETED", False)
    assert await rows(others) == ("READY", True)
    (entry,) = await AuditEvent.filter(action="data_report.delete", object_id=ready)
    assert (entry.object_id, entry.actor_kind) == (ready, "SYSTEM")
    report = await DataReport.get(id=ready)
    assert (report.size_bytes, report.sha256) == (2, "e" * 64)
