"""Reports of everything stored about a customer (Art. 15 GDPR): asking for one, and what is told about each."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from gateway.auth import audit, visible
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Scope, Viewer
from gateway.context import Context
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.download import Kind
from gateway.resolvers.outcome import Outcome, done
from models import DataReport, DataReportState
from models.database import in_unit_of_work
from models.rules.data_report import report_due_on


def is_over(stored: DataReportState, expires_at: datetime | None, now: datetime) -> bool:
    """Whether a finished report cannot be downloaded any more."""
    return stored == DataReportState.READY and expires_at is not None and expires_at <= now


def has_file(stored: DataReportState, expires_at: datetime | None, now: datetime) -> bool:
    """Whether a report can be downloaded."""
    return stored == DataReportState.READY and not is_over(stored, expires_at, now)


def _available(report: DataReport, now: datetime) -> bool:
    return has_file(report.state, report.expires_at, now)


DATA_REPORTS = Kind(
    noun="data_report",
    prefix="rep",
    folder="data-reports",
    suffix="zip",
    media_type="application/zip",
    scope=Scope.ACCOUNT_READ,
    rows=visible.data_reports,
    available=_available,
)
"""The files of finished reports, until their time is over."""

WINDOW = timedelta(hours=24)
"""What the limit of requests is counted over."""


def state(context: Context, stored: DataReportState, expires_at: datetime | None) -> DataReportState:
    """The state of a report: one whose time is over counts as deleted, also when its file is still to be deleted."""
    return DataReportState.DELETED if is_over(stored, expires_at, context.now) else stored


def download_path(context: Context, report_id: str, stored: DataReportState, expires_at: datetime | None) -> str | None:
    """Where the file of a report is, as long as there is one."""
    return DATA_REPORTS.path(report_id) if has_file(stored, expires_at, context.now) else None


async def data_report_request(context: Context) -> Outcome:
    """Ask for a report: one at a time, and so many in a day. A job makes it."""
    viewer, now = context.signed_in, context.now

    async def request() -> DataReport:
        await hold_customer(viewer.customer_id)  # of requests at once each sees those before it
        await _refuse_more(viewer, context.parts.settings.data_reports_per_day, now)
        report = await DataReport.create(
            customer_id=viewer.customer_id,
            running_for=viewer.customer_id,
            state=DataReportState.QUEUED,
            requested_at=now,
            due_on=report_due_on(now.date()),
        )
        await audit.record(audit.actor_of(viewer), context.client, now, "data_report.request", object_id=report.id)
        return report

    return done(data_report=await in_unit_of_work(request))


async def _refuse_more(viewer: Viewer, most: int, now: datetime) -> None:
    """Raise `CONFLICT` while a report is being made, `RATE_LIMITED` after `most` of them. Failed ones do not count."""
    if await visible.data_reports(viewer).filter(running_for=viewer.customer_id).exists():
        raise GatewayError(ErrorCode.CONFLICT, "data_report.running")
    lately = visible.data_reports(viewer).filter(requested_at__gt=now - WINDOW).exclude(state=DataReportState.FAILED)
    counted = await lately.order_by("-requested_at").limit(most)
    if len(counted) < most:
        return
    seconds = max(ceil((counted[-1].requested_at + WINDOW - now).total_seconds()), 1)
    raise GatewayError(
        ErrorCode.RATE_LIMITED, "data_report.too_often", extensions={"retryAfter": seconds}, most=most, seconds=seconds
    )
