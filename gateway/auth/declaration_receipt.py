"""Receipts of declarations: drawn once, stored with the declaration, and fetched once by an address without signing in.

Nobody is signed in, so there is no session that a download ticket could be bound to: its hash stands with the receipt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.documents.company import Company
from gateway.documents.declaration import DeclarationDocument
from gateway.documents.drawing import draw_declaration
from gateway.documents.render import Overloaded, Renderer
from gateway.errors import ErrorCode, GatewayError
from models import Declaration, DeclarationReceipt
from models.database import in_unit_of_work
from models.rules.declaration import Content

FOLDER = "declaration-receipts"
"""Where receipts are fetched without signing in."""


@dataclass(frozen=True, slots=True)
class ReceiptAddress:
    """Where a receipt can be fetched once, until when."""

    path: str
    expires_at: datetime


def content_of(row: Declaration) -> Content:
    """What a stored declaration says."""
    return Content(
        row.number,
        row.kind.value,
        row.name,
        row.identification,
        row.contract_text,
        row.reason,
        row.requested_on,
        row.email,
        row.received_at,
    )


async def draw_receipt(renderer: Renderer, company: Company, content: Content, language: str) -> bytes:
    """The PDF. Raises `UNAVAILABLE` when too many files are being drawn: nothing was declared then."""
    try:
        return await renderer.render(draw_declaration, DeclarationDocument(language, company, content))
    except Overloaded:
        raise GatewayError(ErrorCode.UNAVAILABLE, "unavailable") from None


async def store_receipt(declaration: Declaration, content: bytes, now: datetime) -> DeclarationReceipt:
    """Keep it: inside the unit of work that keeps the declaration."""
    return await DeclarationReceipt.create(
        customer_id=declaration.customer_id,
        declaration_id=declaration.id,
        sha256=sha256(content).hexdigest(),
        content=content,
        created_at=now,
    )


async def issue_address(declaration: Declaration, lifetime: int, now: datetime) -> ReceiptAddress:
    """An address good for one download. The one that was given before is void."""
    token, expires_at = new_token(TokenKind.RECEIPT), now + timedelta(seconds=lifetime)
    stored = DeclarationReceipt.filter(declaration_id=declaration.id)

    async def write() -> None:
        await stored.update(ticket_hash=token_hash(TokenKind.RECEIPT, token), ticket_expires_at=expires_at)

    await in_unit_of_work(write)
    return ReceiptAddress(f"/{FOLDER}/{declaration.number}.pdf?ticket={token}", expires_at)


async def find_receipt(number: str, ticket: str, now: datetime) -> DeclarationReceipt | None:
    """The receipt at an address nobody has used yet; `None` for one that is used, expired, or none at all."""
    hashed = token_hash(TokenKind.RECEIPT, ticket)
    if hashed is None:
        return None
    found = await DeclarationReceipt.get_or_none(ticket_hash=hashed, ticket_expires_at__gt=now).select_related(
        "declaration"
    )
    return found if found is not None and found.declaration.number == number else None


async def use_address(receipt: DeclarationReceipt) -> bool:
    """Use it up. Of parallel downloads one gets True, since the update is conditional."""

    async def write() -> int:
        stored = DeclarationReceipt.filter(id=receipt.id, ticket_hash=receipt.ticket_hash)
        return await stored.update(ticket_hash=None, ticket_expires_at=None)

    return bool(await in_unit_of_work(write))
