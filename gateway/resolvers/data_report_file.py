"""The file of a data report: the archive a job has made, as long as it is kept."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.data_report import DATA_REPORTS
from gateway.resolvers.download import File
from models import DataReport


async def data_report_file(viewer: Viewer, report: DataReport, language: str | None, now: datetime) -> File | None:
    """The file of a finished report; its bytes are read when they are wanted."""
    if report.sha256 is None or report.size_bytes is None:
        return None
    if not await visible.data_report_files(viewer).filter(report_id=report.id).exists():
        return None
    return File(
        report.id,
        DATA_REPORTS.file_name(report.requested_at.date().isoformat()),
        report.sha256,
        report.size_bytes,
        read=partial(_read, viewer, report.id),
    )


async def _read(viewer: Viewer, report_id: str) -> bytes:
    stored = await visible.data_report_files(viewer).get_or_none(report_id=report_id)
    if stored is None:  # deleted since it was looked for
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
    return stored.content
