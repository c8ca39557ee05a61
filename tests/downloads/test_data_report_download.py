"""`GET /data-reports/{id}.zip`: the file of a data report, for seven days, by the same rules as every file."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from models import AuditEvent, Customer, DataReport, DataReportFile
from models.ids import new_id
from tests.downloads.billing import NOW, People
from tests.downloads.conftest import Gateway
from tests.downloads.test_invoice_download import told

CONTENT = b"PK" + bytes(range(256)) * 1_000
"""More than one piece."""

TICKET = "mutation($id: ID!) { dataReportTicketCreate(input: {dataReportId: $id}) { ticket { path } errors { code } } }"


async def report_of(customer: Customer, state: str = "READY", **more: Any) -> DataReport:
    """A report, with its file if it is ready."""
    ready = state == "READY"
    values = {
        "requested_at": NOW - timedelta(days=1), "due_on": NOW.date(), "expires_at": NOW + timedelta(days=6),
        "size_bytes": len(CONTENT) if ready else None, "sha256": sha256(CONTENT).hexdigest() if ready else None,
    }  # fmt: skip
    report = await DataReport.create(customer_id=customer.id, state=state, **values | more)
    if ready:
        await DataReportFile.create(customer_id=customer.id, report_id=report.id, content=CONTENT, created_at=NOW)
    return report


async def test_the_archive_is_served_and_each_download_is_audited(gateway: Gateway, people: People) -> None:
    report = await report_of(people.eve)
    path = f"/data-reports/{report.id}.zip"
    reply = await gateway.get(path, people.eve_token)
    assert (reply.status_code, reply.content) == (200, CONTENT)
    assert reply.headers["content-type"] == "application/zip"
    assert reply.headers["content-disposition"] == 'attachment; filename="data-report-2026-03-01.zip"'
    assert reply.headers["content-length"] == str(len(CONTENT))
    assert reply.headers["etag"] == f'"{report.sha256}"'
    assert (await gateway.get(path, people.eve_token, method="HEAD")).content == b""
    assert (await gateway.get(path, people.eve_token, If_None_Match=reply.headers["etag"])).status_code == 304
    entry = await AuditEvent.get()
    assert (entry.action, entry.object_id, entry.detail) == ("data_report.download", report.id, {"ticket": False})


async def test_a_ticket_opens_it_once(gateway: Gateway, people: People) -> None:
    report, other = await report_of(people.eve), await report_of(people.eve)
    given = await gateway.ask(TICKET, people.eve_token, id=report.id)
    path = given["data"]["dataReportTicketCreate"]["ticket"]["path"]
    assert (await gateway.get(f"/data-reports/{other.id}.zip?{path.partition('?')[2]}")).status_code == 404
    assert (await gateway.get(path)).content == CONTENT
    assert (await gateway.get(path)).status_code == 404
    assert (await AuditEvent.get()).detail == {"ticket": True}


async def test_what_is_not_there_is_the_same_whatever_the_reason(gateway: Gateway, people: People) -> None:
    over = await report_of(people.eve, expires_at=NOW)
    gone = await report_of(people.eve)
    await DataReportFile.filter(report_id=gone.id).delete()
    names = [
        (await report_of(people.otto)).id, over.id, gone.id, (await report_of(people.eve, "QUEUED")).id,
        (await report_of(people.eve, "FAILED")).id, (await report_of(people.eve, "DELETED")).id,
        new_id("rep"), people.first.id, "x", "x" * 33, "%00",
    ]  # fmt: skip
    answers = {repr(told(await gateway.get(f"/data-reports/{name}.zip", people.eve_token))) for name in names}
    (answer,) = answers
    assert "404" in answer
    for name in names:
        if name != gone.id:  # its row says that there is a file until somebody looks for it
            given = await gateway.ask(TICKET, people.eve_token, id=name)
            assert given["data"]["dataReportTicketCreate"]["errors"] == [{"code": "NOT_FOUND"}], name
    assert await AuditEvent.all().count() == 0
    assert (await gateway.get(f"/data-reports/{over.id}.zip")).status_code == 401


async def test_for_a_package_login_there_are_none(gateway: Gateway, people: People) -> None:
    report = await report_of(people.eve)
    assert (await gateway.get(f"/data-reports/{report.id}.zip", people.package_token)).status_code == 404
