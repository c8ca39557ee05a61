"""The files that go with mails: a row of the outbox names them by their ids, their bytes stay where they are stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from gateway.auth.notices import ATTACHED
from gateway.ports.delivery import Undeliverable
from gateway.ports.mail import Attachment
from models import CancellationReceipt, DeclarationReceipt, OutboxMessage
from models.ids import prefix_of

PDF = "application/pdf"


async def _declaration_receipt(id: str) -> Attachment | None:
    stored = await DeclarationReceipt.get_or_none(id=id).select_related("declaration")
    return None if stored is None else Attachment(f"receipt-{stored.declaration.number}.pdf", PDF, stored.content)


async def _cancellation_receipt(id: str) -> Attachment | None:
    stored = await CancellationReceipt.get_or_none(id=id).select_related("cancellation")
    return None if stored is None else Attachment(f"cancellation-{stored.cancellation.number}.pdf", PDF, stored.content)


STORED: dict[str, Callable[[str], Awaitable[Attachment | None]]] = {
    "drc": _declaration_receipt,
    "crc": _cancellation_receipt,
}
"""Who has the files whose ids begin like this."""


async def attachments_of(message: OutboxMessage) -> tuple[Attachment, ...]:
    """The files that a row names. Raises `Undeliverable` when one is gone: the mail speaks of it."""
    found = [await STORED[prefix_of(id) or ""](id) for id in message.payload.get(ATTACHED, ())]
    if any(file is None for file in found):
        raise Undeliverable("a file that goes with it is gone")
    return tuple(file for file in found if file is not None)
