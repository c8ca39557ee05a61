"""The PDF of an invoice: drawn when it is first asked for, stored, and the same bytes ever after (SECURITY R6)."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from weakref import WeakValueDictionary

from gateway.auth import audit, visible
from gateway.auth.client import Client
from gateway.auth.tickets import Ticket, use_ticket
from gateway.auth.viewer import Scope, Viewer
from gateway.documents.company import Company
from gateway.documents.drawing import draw_invoice
from gateway.documents.render import Overloaded, Renderer
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.invoice import PATH_NAME
from gateway.resolvers.invoice_document import InvoiceRows, invoice_document
from models import Invoice, InvoiceFile
from models.database import in_unit_of_work
from models.ids import prefix_of

LANGUAGES = ("de", "en")
"""What invoices are written in."""


@dataclass(frozen=True, slots=True)
class File:
    """An invoice ready to be handed out. `name` matches `[A-Za-z0-9._-]{1,64}` (SECURITY HT4)."""

    invoice_id: str
    name: str
    language: str
    sha256: str
    content: bytes


class InvoiceFiles:
    """Finds, and where there is none yet makes, the files of invoices."""

    def __init__(self, renderer: Renderer, company: Company) -> None:
        self._renderer = renderer
        self._company = company
        # Many who want a file that nobody has drawn yet wait for one drawing; a lock lasts as long as somebody holds it.
        self._drawing: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def find(self, viewer: Viewer, name: str, language: str | None, now: datetime) -> File | None:
        """The file of the invoice that `name` (its number, or its id) stands for in a path.

        `None` when the viewer has no such invoice. `language` `None` is the customer's own. Raises `UNAVAILABLE` when too
        many files are being drawn.
        """
        invoice = await _find_invoice(viewer, name)
        if invoice is None:
            return None
        language = language or await _language(viewer)
        stored = await _stored(viewer, invoice, language)
        if stored is None:
            lock = self._drawing.setdefault((invoice.id, language), asyncio.Lock())
            async with lock:
                stored = await _stored(viewer, invoice, language) or await self._issue(viewer, invoice, language, now)
        return File(invoice.id, file_name(invoice.number), language, stored.sha256, stored.content)

    async def _issue(self, viewer: Viewer, invoice: Invoice, language: str, now: datetime) -> InvoiceFile:
        """Draw and store. Of two processes that do so at once, one stores and both have what it stored."""
        document = invoice_document(await _rows(viewer, invoice), self._company, language)
        try:
            content = await self._renderer.render(draw_invoice, document)
        except Overloaded:
            raise GatewayError(ErrorCode.UNAVAILABLE, "unavailable") from None

        async def store() -> InvoiceFile:
            # Whoever stores a file of this invoice waits here for the other.
            await visible.invoices(viewer).select_for_update(no_key=True).get(id=invoice.id)
            return await _stored(viewer, invoice, language) or await InvoiceFile.create(
                customer_id=invoice.customer_id,
                invoice_id=invoice.id,
                language=language,
                sha256=sha256(content).hexdigest(),
                content=content,
                created_at=now,
            )

        return await in_unit_of_work(store)


async def hand_out(file: File, viewer: Viewer, ticket: Ticket | None, client: Client, now: datetime) -> bool:
    """Note a download, and use up the ticket it was made with: both or neither. False when the ticket was used before."""

    async def note() -> bool:
        if ticket is not None and not await use_ticket(ticket, now):
            return False
        await audit.record(
            audit.actor_of(viewer),
            client,
            now,
            "invoice.download",
            object_id=file.invoice_id,
            detail={"language": file.language, "ticket": ticket is not None},
        )
        return True

    return await in_unit_of_work(note)


def file_name(number: str) -> str:
    """What the file is called: `invoice-2026-104711.pdf`. Numbers have 32 characters at most, and any of ASCII."""
    return f"invoice-{re.sub('[^A-Za-z0-9._-]', '-', number)[:48]}.pdf"


async def _find_invoice(viewer: Viewer, name: str) -> Invoice | None:
    if Scope.INVOICE_READ not in viewer.scopes or not PATH_NAME.fullmatch(name):
        return None
    invoice = await visible.invoices(viewer).get_or_none(number=name)
    if invoice is None and prefix_of(name) == "inv":
        invoice = await visible.invoices(viewer).get_or_none(id=name)
    return invoice


async def _language(viewer: Viewer) -> str:
    customer = await visible.customers(viewer).get()
    return customer.language if customer.language in LANGUAGES else "en"


async def _stored(viewer: Viewer, invoice: Invoice, language: str) -> InvoiceFile | None:
    return await visible.invoice_files(viewer).get_or_none(invoice_id=invoice.id, language=language)


async def _rows(viewer: Viewer, invoice: Invoice) -> InvoiceRows:
    return InvoiceRows(
        invoice=invoice,
        customer=await visible.customers(viewer).get(),
        lines=await visible.invoice_lines(viewer).filter(invoice_id=invoice.id).order_by("position"),
        taxes=await visible.invoice_taxes(viewer).filter(invoice_id=invoice.id).order_by("-vat_basis_points"),
        payments=await visible.payments(viewer).filter(invoice_id=invoice.id).order_by("paid_on", "id"),
        bank_account=await visible.bank_accounts(viewer).first(),
    )
