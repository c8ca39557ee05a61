"""The receipt of a declaration: the bytes that were stored when it arrived, and no others ever (SECURITY R6)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.resolvers.declaration import DECLARATIONS
from gateway.resolvers.download import File
from models import Declaration, DeclarationReceipt


async def declaration_file(
    viewer: Viewer, declaration: Declaration, language: str | None, now: datetime
) -> File | None:
    """The receipt of a declaration of the customer."""
    stored = await visible.declaration_receipts(viewer).get_or_none(declaration_id=declaration.id)
    if stored is None:
        return None
    return File(
        declaration.id,
        DECLARATIONS.file_name(declaration.number),
        stored.sha256,
        len(stored.content),
        read=partial(_read, stored),
        noted={"name": declaration.number},
    )


async def _read(stored: DeclarationReceipt) -> bytes:
    return stored.content
