"""The receipt of a cancellation: the bytes that were stored when it was declared, and no others ever (SECURITY R6)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.resolvers.cancellation import CANCELLATIONS
from gateway.resolvers.download import File
from models import Cancellation, CancellationReceipt


async def cancellation_file(
    viewer: Viewer, cancellation: Cancellation, language: str | None, now: datetime
) -> File | None:
    """The receipt of a cancellation, also of one that was undone or carried out."""
    stored = await visible.cancellation_receipts(viewer).get_or_none(cancellation_id=cancellation.id)
    if stored is None:
        return None
    return File(
        cancellation.id,
        CANCELLATIONS.file_name(cancellation.number),
        stored.sha256,
        len(stored.content),
        read=partial(_read, stored),
    )


async def _read(stored: CancellationReceipt) -> bytes:
    return stored.content
