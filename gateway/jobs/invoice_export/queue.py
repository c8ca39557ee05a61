"""Who makes which export of invoices: taking it with a lease, noting how far it is, storing it, and what happens when it fails.

An export belongs to whoever took it last: `attempts` counts the takings, and nothing an older one notes is stored. A
worker that dies loses its lease, and another one begins anew; after `MOST_ATTEMPTS` the export has failed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from gateway.auth import audit
from gateway.auth.client import Client
from gateway.auth.notices import notify
from gateway.jobs.invoice_export.making import Made
from models import ActorKind, Customer, InvoiceExport, InvoiceExportFile, InvoiceExportState
from models.database import in_unit_of_work

LEASE = timedelta(minutes=2)
"""How long nobody else takes a export after its progress was last noted."""

MOST_ATTEMPTS = 5
"""Over about a quarter of an hour when each fails at once."""

_FIRST_WAIT = timedelta(seconds=30)

_WAITING = (InvoiceExportState.QUEUED, InvoiceExportState.RUNNING)


class LeaseLost(Exception):
    """Somebody else has the export by now, or there is none any more."""


async def take_due(now: datetime) -> InvoiceExport | None:
    """The export that has waited longest and is nobody's, now the caller's until `now + LEASE`; `None`: none waits.

    One that was tried too often fails here instead. On PostgreSQL a row that another worker is just taking is passed
    over (SKIP LOCKED); on SQLite one unit of work excludes the other.
    """

    async def take() -> InvoiceExport | None:
        while True:
            free = InvoiceExport.filter(Q(leased_until=None) | Q(leased_until__lte=now), state__in=_WAITING)
            export = await free.order_by("requested_at", "id").limit(1).select_for_update(skip_locked=True).first()
            if export is None:
                return None
            if export.attempts >= MOST_ATTEMPTS:
                await _fail(export, now)
                continue
            export.attempts += 1
            export.started_at = export.started_at or now
            await InvoiceExport.filter(id=export.id).update(
                state=InvoiceExportState.RUNNING,
                progress=0,
                attempts=export.attempts,
                started_at=export.started_at,
                leased_until=now + LEASE,
            )
            return export

    return await in_unit_of_work(take)


async def note_progress(export: InvoiceExport, progress: int, now: datetime) -> None:
    """How far it is, in per cent; renews the lease. Raises `LeaseLost`."""

    async def note() -> None:
        if not await _mine(export).update(progress=progress, leased_until=now + LEASE):
            raise LeaseLost

    await in_unit_of_work(note)


async def store(export: InvoiceExport, made: Made, lifetime: timedelta, now: datetime) -> None:
    """Keep the finished export, say so in the audit log and by mail. Raises `LeaseLost`, and then nothing is kept."""

    async def keep() -> None:
        finished = await _mine(export).update(
            state=InvoiceExportState.READY,
            progress=100,
            running_for=None,
            leased_until=None,
            finished_at=now,
            expires_at=now + lifetime,
            invoices=made.invoices,
            size_bytes=len(made.content),
            sha256=made.sha256,
        )
        if not finished:
            raise LeaseLost
        await InvoiceExportFile.create(
            customer_id=export.customer_id, export_id=export.id, content=made.content, created_at=now
        )
        await record_for(export, "invoice_export.finish", now)
        await notify(
            await Customer.get(id=export.customer_id), "invoice_export_ready", now, **_told(export, now + lifetime)
        )

    await in_unit_of_work(keep)


async def put_back(export: InvoiceExport, now: datetime, *, failed: bool) -> None:
    """It did not come to an end: another try later, at once when nothing is to blame (the worker is stopped).

    After the last try the export has failed.
    """

    async def put() -> None:
        if failed and export.attempts >= MOST_ATTEMPTS:
            if await _mine(export).exists():
                await _fail(export, now)
            return
        wait = _FIRST_WAIT * 2 ** (export.attempts - 1) if failed else timedelta()
        await _mine(export).update(state=InvoiceExportState.QUEUED, progress=0, leased_until=now + wait)

    await in_unit_of_work(put)


async def _fail(export: InvoiceExport, now: datetime) -> None:
    """Given up: the customer is told, and can ask for another. Inside a unit of work."""
    await InvoiceExport.filter(id=export.id).update(
        state=InvoiceExportState.FAILED, running_for=None, leased_until=None, finished_at=now
    )
    await record_for(export, "invoice_export.fail", now, result="INTERNAL")
    await notify(await Customer.get(id=export.customer_id), "invoice_export_failed", now, **_told(export))


def _told(export: InvoiceExport, expires_at: datetime | None = None) -> dict[str, Any]:
    """What the mail about an export says."""
    times = {"requested_at": export.requested_at, "expires_at": expires_at}
    return {"year": export.year} | {name: time.isoformat() for name, time in times.items() if time is not None}


def _mine(export: InvoiceExport) -> QuerySet[InvoiceExport]:
    """The export while it belongs to this taking."""
    return InvoiceExport.filter(id=export.id, attempts=export.attempts, state=InvoiceExportState.RUNNING)


async def record_for(export: InvoiceExport, action: str, now: datetime, result: str = "OK") -> None:
    """An entry of what the house did with a export. Inside a unit of work."""
    actor = audit.Actor(ActorKind.SYSTEM, "gateway", export.customer_id)
    await audit.record(actor, Client("", None, export.id), now, action, object_id=export.id, result=result)
