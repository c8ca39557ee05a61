"""The data report of the demo: the first customer asked for one two days ago, and it was ready soon after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from gateway.documents.company import Company
from gateway.documents.data_report import DataReportDocument
from gateway.jobs.data_report.job import ReportMaker
from gateway.jobs.demo.people import CAST
from models import Customer, DataReport, DataReportState, OutboxMessage
from models.database import in_unit_of_work
from models.rules.data_report import report_due_on

AGO = timedelta(days=2)


class _Here:
    """Draws in this process, which has nothing else to do."""

    async def render(self, function: Callable[[DataReportDocument], bytes], document: DataReportDocument) -> bytes:
        return function(document)


async def make_data_report(company: Company, lifetime: timedelta, now: datetime) -> None:
    """Have a report made as it is for everybody, unless there is one. The database is connected."""
    customer = await Customer.get_or_none(number=CAST[0].number)
    if customer is None or await DataReport.filter(customer_id=customer.id).exists():
        return
    requested_at = now - AGO

    async def request() -> None:
        await DataReport.create(
            customer_id=customer.id,
            running_for=customer.id,
            state=DataReportState.QUEUED,
            requested_at=requested_at,
            due_on=report_due_on(requested_at.date()),
        )

    async def mail_was_sent() -> None:
        told = OutboxMessage.filter(customer_id=customer.id, kind="mail.data_report_ready")
        await told.update(sent_at=requested_at)

    await in_unit_of_work(request)
    finished_at = requested_at + timedelta(minutes=1)
    await ReportMaker(_Here(), company, lifetime, clock=lambda: finished_at).make_due(requested_at)
    await in_unit_of_work(mail_was_sent)
