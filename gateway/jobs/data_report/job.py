"""The two jobs of data reports: making those that were asked for, and deleting those whose time is over."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from gateway.documents.company import Company
from gateway.jobs.data_report.making import Draws, make_report
from gateway.jobs.data_report.queue import LEASE, LeaseLost, note_progress, put_back, store, take_due
from gateway.jobs.data_report.subject import subject_of
from gateway.jobs.periodic import reason
from models import DataReport

LIMIT_SECONDS = 3_600.0
"""How long one try may take; an account of 84,000 rows takes a minute on a machine that is not busy."""

RENEW_AFTER = LEASE / 8
"""When the lease is renewed, also without progress."""

_log = logging.getLogger(__name__)


class ReportMaker:
    """Makes reports, one at a time in each worker. `lifetime` is how long a finished one is kept."""

    def __init__(
        self,
        renderer: Draws,
        company: Company,
        lifetime: timedelta,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._renderer = renderer
        self._company = company
        self._lifetime = lifetime
        self._clock = clock

    async def make_due(self, now: datetime) -> int:
        """Take a report that waits and make it; 0 when none waits. What goes wrong is noted with the report."""
        report = await take_due(now)
        if report is None:
            return 0
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                await self._make(report)
        except LeaseLost:
            _log.warning("data report %s: try %d was overtaken", report.id, report.attempts)
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):  # the lease ends by itself
                await put_back(report, self._clock(), failed=False)
            raise
        except Exception as error:
            _log.error("data report %s: try %d failed: %s", report.id, report.attempts, reason(error))
            await put_back(report, self._clock(), failed=True)
        return 1

    async def _make(self, report: DataReport) -> None:
        noted, noted_at = 0, self._clock()

        async def note(progress: int) -> None:
            nonlocal noted, noted_at
            now = self._clock()
            if progress > noted or now - noted_at > RENEW_AFTER:
                noted, noted_at = progress, now
                await note_progress(report, progress, now)

        subject = await subject_of(report, self._company, self._clock())
        made = await make_report(subject, self._renderer, note)
        await store(report, made, self._lifetime, self._clock())
