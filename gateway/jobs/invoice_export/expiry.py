"""Deleting the files of exports whose time is over; the row stays and says that there was one."""

from __future__ import annotations

from datetime import datetime

from gateway.jobs.invoice_export.queue import record_for
from models import InvoiceExport, InvoiceExportFile, InvoiceExportState
from models.database import in_unit_of_work

AT_ONCE = 50


async def delete_expired(now: datetime) -> int:
    """Delete what is due, up to `AT_ONCE` exports; how many it were. Several workers share the work (SKIP LOCKED)."""

    async def delete() -> int:
        over = InvoiceExport.filter(state=InvoiceExportState.READY, expires_at__lte=now).order_by("expires_at", "id")
        due = await over.limit(AT_ONCE).select_for_update(skip_locked=True)
        ids = [export.id for export in due]
        if ids:
            await InvoiceExportFile.filter(export_id__in=ids).delete()
            await InvoiceExport.filter(id__in=ids).update(state=InvoiceExportState.DELETED)
        for export in due:
            await record_for(export, "invoice_export.delete", now)
        return len(ids)

    return await in_unit_of_work(delete)
