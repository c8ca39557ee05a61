"""Deleting the files of reports whose time is over; the row stays and says that there was one."""

from __future__ import annotations

from datetime import datetime

from gateway.jobs.data_report.queue import record_for
from models import DataReport, DataReportFile, DataReportState
from models.database import in_unit_of_work

AT_ONCE = 50


async def delete_expired(now: datetime) -> int:
    """Delete what is due, up to `AT_ONCE` reports; how many it were. Several workers share the work (SKIP LOCKED)."""

    async def delete() -> int:
        over = DataReport.filter(state=DataReportState.READY, expires_at__lte=now).order_by("expires_at", "id")
        due = await over.limit(AT_ONCE).select_for_update(skip_locked=True)
        ids = [report.id for report in due]
        if ids:
            await DataReportFile.filter(report_id__in=ids).delete()
            await DataReport.filter(id__in=ids).update(state=DataReportState.DELETED)
        for report in due:
            await record_for(report, "data_report.delete", now)
        return len(ids)

    return await in_unit_of_work(delete)
