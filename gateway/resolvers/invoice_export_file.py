"""The file of an export of invoices: the archive a job has made, as long as it is kept."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.download import File
from gateway.resolvers.invoice_export import INVOICE_EXPORTS
from models import InvoiceExport


async def invoice_export_file(
    viewer: Viewer, export: InvoiceExport, language: str | None, now: datetime
) -> File | None:
    """The file of a finished export; its bytes are read when they are wanted."""
    if export.sha256 is None or export.size_bytes is None:
        return None
    if not await visible.invoice_export_files(viewer).filter(export_id=export.id).exists():
        return None
    return File(
        export.id,
        INVOICE_EXPORTS.file_name(str(export.year)),
        export.sha256,
        export.size_bytes,
        read=partial(_read, viewer, export.id),
    )


async def _read(viewer: Viewer, export_id: str) -> bytes:
    stored = await visible.invoice_export_files(viewer).get_or_none(export_id=export_id)
    if stored is None:  # deleted since it was looked for
        raise GatewayError(ErrorCode.NOT_FOUND, "not_found")
    return stored.content
