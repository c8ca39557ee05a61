"""A worker that is killed in the middle of a report leaves nothing behind, and another one makes it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.documents.company import DEMO_COMPANY
from gateway.jobs.data_report.job import ReportMaker
from gateway.jobs.data_report.queue import LEASE
from models import AuditEvent, DataReport, DataReportFile, OutboxMessage
from tests.data_report.conftest import InPlace
from tests.running_demo import ROOT
from tests.world import NOW, World


async def killed_while_drawing(url: str, scratch: Path) -> None:
    """Start a worker, and kill it (SIGKILL) when everything is read and the PDF is being drawn."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.data_report.dying_process", url,
        cwd=ROOT, env=os.environ | {"TMPDIR": str(scratch)}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert await asyncio.wait_for(process.stdout.readline(), 60) == b"drawing\n"
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def test_what_a_killed_worker_held_is_made_by_another_after_the_lease(
    world: World, database_url: str, renderer: InPlace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    customer = world.owner.customer
    report = await DataReport.create(
        customer_id=customer, running_for=customer, state="QUEUED", requested_at=NOW, due_on=NOW.date()
    )
    scratch = tmp_path_factory.mktemp("scratch")
    await killed_while_drawing(database_url, scratch)
    left = await DataReport.get(id=report.id)
    assert (left.state, left.attempts, left.leased_until) == ("RUNNING", 1, NOW + LEASE)
    assert left.progress > 50
    assert os.listdir(scratch) == [], "nothing of the customer lies about"
    other = ReportMaker(renderer, DEMO_COMPANY, timedelta(days=7), clock=lambda: NOW + LEASE)
    assert await other.make_due(NOW + LEASE - timedelta(seconds=1)) == 0
    assert await other.make_due(NOW + LEASE) == 1
    made = await DataReport.get(id=report.id)
    assert (made.state, made.attempts) == ("READY", 2)
    assert await DataReportFile.filter(report_id=report.id).count() == 1
    assert await AuditEvent.filter(action="data_report.finish", object_id=report.id).count() == 1
    assert await OutboxMessage.filter(kind="mail.data_report_ready").count() == 1
