"""The file of an agreement: the bytes that were stored when it was concluded, and no others ever (SECURITY R6)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.resolvers.agreement import AGREEMENTS
from gateway.resolvers.download import File
from models import Agreement, AgreementFile


async def agreement_file(viewer: Viewer, agreement: Agreement, language: str | None, now: datetime) -> File | None:
    """The file of an agreement that was concluded."""
    stored = await visible.agreement_files(viewer).get_or_none(agreement_id=agreement.id)
    version = await visible.agreement_versions(viewer).get_or_none(id=agreement.version_id)
    if stored is None or version is None:
        return None
    return File(
        agreement.id,
        AGREEMENTS.file_name(version.number),
        stored.sha256,
        len(stored.content),
        read=partial(_read, stored),
        noted={"version": version.number},
    )


async def _read(stored: AgreementFile) -> bytes:
    return stored.content
