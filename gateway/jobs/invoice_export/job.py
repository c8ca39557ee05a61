"""The job that makes the exports of invoices that were asked for."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from gateway.jobs.invoice_export.making import make_export
from gateway.jobs.invoice_export.queue import LEASE, LeaseLost, note_progress, put_back, store, take_due
from gateway.jobs.periodic import reason
from gateway.resolvers.invoice_file import InvoiceFiles
from models import InvoiceExport

LIMIT_SECONDS = 3_600.0
"""How long one try may take; what it has drawn by then is stored, and the next try does not draw it again."""

RENEW_AFTER = LEASE / 8

_log = logging.getLogger(__name__)


class ExportMaker:
    """Makes exports, one at a time in each worker. `lifetime` is how long a finished one is kept."""

    def __init__(
        self,
        files: InvoiceFiles,
        lifetime: timedelta,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._files = files
        self._lifetime = lifetime
        self._clock = clock

    async def make_due(self, now: datetime) -> int:
        """Take an export that waits and make it; 0 when none waits. What goes wrong is noted with the export."""
        export = await take_due(now)
        if export is None:
            return 0
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                await self._make(export)
        except LeaseLost:
            _log.warning("invoice export %s: try %d was overtaken", export.id, export.attempts)
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):  # the lease ends by itself
                await put_back(export, self._clock(), failed=False)
            raise
        except Exception as error:
            _log.error("invoice export %s: try %d failed: %s", export.id, export.attempts, reason(error))
            await put_back(export, self._clock(), failed=True)
        return 1

    async def _make(self, export: InvoiceExport) -> None:
        noted, noted_at = 0, self._clock()

        async def note(progress: int) -> None:
            nonlocal noted, noted_at
            now = self._clock()
            if progress > noted or now - noted_at > RENEW_AFTER:
                noted, noted_at = progress, now
                await note_progress(export, progress, now)

        made = await make_export(export, self._files, note, self._clock())
        await store(export, made, self._lifetime, self._clock())
