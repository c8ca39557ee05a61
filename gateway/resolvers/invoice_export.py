"""A year's invoices in one file: asking for one, and what is told about each."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from gateway.auth import audit, visible
from gateway.auth.idempotency import Attempt
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Scope, Viewer
from gateway.context import Context
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.download import Kind
from gateway.resolvers.outcome import Outcome, done
from models import InvoiceExport, InvoiceExportState
from models.rules.berlin import berlin_day

FIRST_YEAR = 1990
WINDOW = timedelta(hours=24)
"""What the limit of requests is counted over."""


def is_over(stored: InvoiceExportState, expires_at: datetime | None, now: datetime) -> bool:
    """Whether a finished export cannot be downloaded any more."""
    return stored == InvoiceExportState.READY and expires_at is not None and expires_at <= now


def has_file(stored: InvoiceExportState, expires_at: datetime | None, now: datetime) -> bool:
    """Whether an export can be downloaded."""
    return stored == InvoiceExportState.READY and not is_over(stored, expires_at, now)


def _available(export: InvoiceExport, now: datetime) -> bool:
    return has_file(export.state, export.expires_at, now)


INVOICE_EXPORTS = Kind(
    noun="invoice_export",
    prefix="exp",
    folder="invoice-exports",
    suffix="zip",
    media_type="application/zip",
    scope=Scope.INVOICE_READ,
    rows=visible.invoice_exports,
    available=_available,
)
"""The files of finished exports, until their time is over."""


def state(context: Context, stored: InvoiceExportState, expires_at: datetime | None) -> InvoiceExportState:
    """The state of an export: one whose time is over counts as deleted, also when its file is still to be deleted."""
    return InvoiceExportState.DELETED if is_over(stored, expires_at, context.now) else stored


def download_path(
    context: Context, export_id: str, stored: InvoiceExportState, expires_at: datetime | None
) -> str | None:
    """Where the file of an export is, as long as there is one."""
    return INVOICE_EXPORTS.path(export_id) if has_file(stored, expires_at, context.now) else None


async def invoice_export_request(context: Context, input: Any) -> Outcome:
    """Ask for a year's invoices: one at a time, and so many in a day. A job makes the file."""
    viewer, now = context.signed_in, context.now
    attempt = Attempt.of(context.parts.keyring, viewer, "invoiceExportRequest", input, now)
    made = await attempt.before()
    if made is None:
        if not FIRST_YEAR <= input.year <= berlin_day(now).year:
            raise GatewayError(ErrorCode.BAD_USER_INPUT, "invoice_export.year", path=("input", "year"))

        async def request() -> str:
            customer = await hold_customer(viewer.customer_id)  # of requests at once each sees those before it
            await _refuse_more(viewer, context.parts.settings.invoice_exports_per_day, now)
            export = await InvoiceExport.create(
                customer_id=viewer.customer_id,
                running_for=viewer.customer_id,
                year=input.year,
                language="de" if customer.language == "de" else "en",
                state=InvoiceExportState.QUEUED,
                requested_at=now,
            )
            await audit.record(
                audit.actor_of(viewer), context.client, now, "invoice_export.request", object_id=export.id,
                detail={"year": input.year},
            )  # fmt: skip
            return str(export.id)

        made = await attempt.once(request)
    return done(invoice_export=await visible.invoice_exports(viewer).get_or_none(id=made))


async def _refuse_more(viewer: Viewer, most: int, now: datetime) -> None:
    """Raise `CONFLICT` while one is being made, `RATE_LIMITED` after `most` of them. Failed ones do not count."""
    exports = visible.invoice_exports(viewer)
    if await exports.filter(running_for=viewer.customer_id).exists():
        raise GatewayError(ErrorCode.CONFLICT, "invoice_export.running")
    lately = exports.filter(requested_at__gt=now - WINDOW).exclude(state=InvoiceExportState.FAILED)
    counted = await lately.order_by("-requested_at").limit(most)
    if len(counted) < most:
        return
    seconds = max(ceil((counted[-1].requested_at + WINDOW - now).total_seconds()), 1)
    raise GatewayError(
        ErrorCode.RATE_LIMITED,
        "invoice_export.too_often",
        extensions={"retryAfter": seconds},
        most=most,
        seconds=seconds,
    )
