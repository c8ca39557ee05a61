"""Who makes which report: taking it with a lease, noting how far it is, storing it, and what happens when it fails.

A report belongs to whoever took it last: `attempts` counts the takings, and nothing an older one notes is stored. A
worker that dies loses its lease, and another one begins anew; after `MOST_ATTEMPTS` the report has failed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from gateway.auth import audit
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.jobs.data_report.making import Made
from models import ActorKind, Customer, DataReport, DataReportFile, DataReportState
from models.database import in_unit_of_work

LEASE = timedelta(minutes=2)
"""How long nobody else takes a report after its progress was last noted."""

MOST_ATTEMPTS = 5
"""Over about a quarter of an hour when each fails at once."""

_FIRST_WAIT = timedelta(seconds=30)

_WAITING = (DataReportState.QUEUED, DataReportState.RUNNING)


class LeaseLost(Exception):
    """Somebody else has the report by now, or there is none any more."""


async def take_due(now: datetime) -> DataReport | None:
    """The report that has waited longest and is nobody's, now the caller's until `now + LEASE`; `None`: none waits.

    One that was tried too often fails here instead. On PostgreSQL a row that another worker is just taking is passed
    over (SKIP LOCKED); on SQLite one unit of work excludes the other.
    """

    async def take() -> DataReport | None:
        while True:
            free = DataReport.filter(Q(leased_until=None) | Q(leased_until__lte=now), state__in=_WAITING)
            report = await free.order_by("requested_at", "id").limit(1).select_for_update(skip_locked=True).first()
            if report is None:
                return None
            if report.attempts >= MOST_ATTEMPTS:
                await _fail(report, now)
                continue
            report.attempts += 1
            report.started_at = report.started_at or now
            await DataReport.filter(id=report.id).update(
                state=DataReportState.RUNNING,
                progress=0,
                attempts=report.attempts,
                started_at=report.started_at,
                leased_until=now + LEASE,
            )
            return report

    return await in_unit_of_work(take)


async def note_progress(report: DataReport, progress: int, now: datetime) -> None:
    """How far it is, in per cent; renews the lease. Raises `LeaseLost`."""

    async def note() -> None:
        if not await _mine(report).update(progress=progress, leased_until=now + LEASE):
            raise LeaseLost

    await in_unit_of_work(note)


async def store(report: DataReport, made: Made, lifetime: timedelta, now: datetime) -> None:
    """Keep the finished report, say so in the audit log and by mail. Raises `LeaseLost`, and then nothing is kept."""

    async def keep() -> None:
        finished = await _mine(report).update(
            state=DataReportState.READY,
            progress=100,
            running_for=None,
            leased_until=None,
            finished_at=now,
            expires_at=now + lifetime,
            size_bytes=len(made.content),
            sha256=made.sha256,
        )
        if not finished:
            raise LeaseLost
        await DataReportFile.create(
            customer_id=report.customer_id, report_id=report.id, content=made.content, created_at=now
        )
        await record_for(report, "data_report.finish", now)
        await notify(
            await Customer.get(id=report.customer_id), "data_report_ready", now, **_told(report, now + lifetime)
        )

    await in_unit_of_work(keep)


async def put_back(report: DataReport, now: datetime, *, failed: bool) -> None:
    """It did not come to an end: another try later, at once when nothing is to blame (the worker is stopped).

    After the last try the report has failed.
    """

    async def put() -> None:
        if failed and report.attempts >= MOST_ATTEMPTS:
            if await _mine(report).exists():
                await _fail(report, now)
            return
        wait = _FIRST_WAIT * 2 ** (report.attempts - 1) if failed else timedelta()
        await _mine(report).update(state=DataReportState.QUEUED, progress=0, leased_until=now + wait)

    await in_unit_of_work(put)


async def _fail(report: DataReport, now: datetime) -> None:
    """Given up: the customer is told, and can ask for another. Inside a unit of work."""
    await DataReport.filter(id=report.id).update(
        state=DataReportState.FAILED, running_for=None, leased_until=None, finished_at=now
    )
    await record_for(report, "data_report.fail", now, result="INTERNAL")
    await notify(await Customer.get(id=report.customer_id), "data_report_failed", now, **_told(report))


def _told(report: DataReport, expires_at: datetime | None = None) -> dict[str, Any]:
    """What the mail about a report says: when, and nothing of what is in it."""
    times = {"requested_at": report.requested_at, "due_on": report.due_on, "expires_at": expires_at}
    return {name: time.isoformat() for name, time in times.items() if time is not None}


def _mine(report: DataReport) -> QuerySet[DataReport]:
    """The report while it belongs to this taking."""
    return DataReport.filter(id=report.id, attempts=report.attempts, state=DataReportState.RUNNING)


async def record_for(report: DataReport, action: str, now: datetime, result: str = "OK") -> None:
    """An entry of what the house did with a report. Inside a unit of work."""
    actor = audit.Actor(ActorKind.SYSTEM, "gateway", report.customer_id)
    await audit.record(actor, Client("", None, report.id), now, action, object_id=report.id, result=result)
