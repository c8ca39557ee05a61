"""A worker that takes a report, makes half of it, says so and waits: to be killed. Started by a test."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import timedelta

from gateway.auth.audit_chain import seal_with
from gateway.documents.company import DEMO_COMPANY
from gateway.jobs.data_report.job import ReportMaker
from gateway.keys import Keyring
from models.database import close, connect
from tests.data_report.conftest import InPlace
from tests.world import KEYS, NOW


class Waiting(InPlace):
    """Draws nothing and never comes back."""

    async def render(self, function: Callable[..., bytes], document: object) -> bytes:
        print("drawing", flush=True)
        await asyncio.Event().wait()
        raise AssertionError


async def main(url: str) -> None:
    seal_with(Keyring(KEYS))
    await connect(url)
    try:
        await ReportMaker(Waiting(), DEMO_COMPANY, timedelta(days=7), clock=lambda: NOW).make_due(NOW)
    finally:
        await close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
