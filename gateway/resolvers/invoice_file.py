"""The PDF of an invoice: drawn when it is first asked for, stored, and the same bytes ever after (SECURITY R6)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from hashlib import sha256

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.documents.company import Company
from gateway.documents.drawing import draw_invoice
from gateway.documents.render import Overloaded, Renderer
from gateway.errors import ErrorCode, GatewayError
from gateway.resolvers.download import File
from gateway.resolvers.invoice import INVOICES, LANGUAGES
from gateway.resolvers.invoice_document import InvoiceRows, invoice_document
from models import Invoice, InvoiceFile
from models.database import in_unit_of_work


class InvoiceFiles:
    """Finds, and where there is none yet makes, the files of invoices."""

    def __init__(self, renderer: Renderer, company: Company) -> None:
        self._renderer = renderer
        self._company = company

    async def source(self, viewer: Viewer, invoice: Invoice, language: str | None, now: datetime) -> File:
        """The file of an invoice; `language` `None` is the customer's own.

        Raises `UNAVAILABLE` when too many files are being drawn.
        """
        language = language or await _language(viewer)
        stored = await _stored(viewer, invoice, language)
        if stored is None:
            async with self._renderer.turn((invoice.id, language)):
                stored = await _stored(viewer, invoice, language) or await self._issue(viewer, invoice, language, now)
        return File(
            invoice.id,
            INVOICES.file_name(invoice.number),
            stored.sha256,
            len(stored.content),
            read=partial(_read, stored),
            noted={"language": language},
        )

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


async def _read(stored: InvoiceFile) -> bytes:
    return stored.content


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
