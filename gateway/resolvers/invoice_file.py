"""The files of an invoice: made when first asked for, stored, and the same bytes ever after (SECURITY R6).

The XML is stored with the first PDF, in one unit of work, and every PDF of the invoice carries those bytes. An invoice whose
amounts break a rule of EN 16931 has a PDF without XML: paper is what the law asks for, and a wrong XML would be believed.
"""

from __future__ import annotations

from dataclasses import replace
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
from gateway.resolvers.invoice import INVOICE_DATA, INVOICES
from gateway.resolvers.invoice_data import own_language, store_data, written
from gateway.resolvers.invoice_document import InvoiceRows, invoice_document
from gateway.resolvers.invoice_rows import invoice_rows, stored_data, stored_file
from models import Invoice, InvoiceFile, InvoiceXml
from models.database import in_unit_of_work


class InvoiceFiles:
    """Finds, and where there is none yet makes, the files of invoices."""

    def __init__(self, renderer: Renderer, company: Company) -> None:
        self._renderer = renderer
        self._company = company

    async def source(self, viewer: Viewer, invoice: Invoice, language: str | None, now: datetime) -> File:
        """The PDF of an invoice; `language` `None` is the customer's own.

        Raises `UNAVAILABLE` when too many files are being drawn.
        """
        language = language or own_language(await visible.customers(viewer).get())
        stored = await stored_file(viewer, invoice, language)
        if stored is None:
            async with self._renderer.turn((invoice.id, language)):
                stored = await stored_file(viewer, invoice, language) or await self._issue(
                    viewer, invoice, language, now
                )
        return File(
            invoice.id,
            INVOICES.file_name(invoice.number),
            stored.sha256,
            len(stored.content),
            read=partial(_read, stored),
            noted={"language": language},
        )

    async def data(self, viewer: Viewer, invoice: Invoice, language: str | None, now: datetime) -> File | None:
        """The XML of an invoice, which has no language; `None` where the invoice breaks a rule of EN 16931.

        Raises `UNAVAILABLE` when the PDF it comes with cannot be drawn now.
        """
        stored = await stored_data(viewer, invoice)
        if stored is None and not await visible.invoice_files(viewer).filter(invoice_id=invoice.id).exists():
            await self.source(viewer, invoice, None, now)
            stored = await stored_data(viewer, invoice)
        elif stored is None:  # its PDF is older than this, and stays as it is
            stored = await self._issue_data(viewer, invoice, now)
        if stored is None:
            return None
        return File(
            invoice.id,
            INVOICE_DATA.file_name(invoice.number),
            stored.sha256,
            len(stored.content),
            read=partial(_read, stored),
            noted={"format": "XML"},
        )

    async def _issue(self, viewer: Viewer, invoice: Invoice, language: str, now: datetime) -> InvoiceFile:
        """Draw and store. Of two processes that do so at once, one stores and both have what it stored."""
        rows = await invoice_rows(viewer, invoice)
        known = await stored_data(viewer, invoice)
        data = known.content if known else await written(rows, self._company)
        while True:
            content = await self._draw(rows, language, data)
            stored = await in_unit_of_work(partial(_store, viewer, invoice, language, content, data, now))
            if isinstance(stored, InvoiceFile):
                return stored
            data = stored.content  # another language was stored meanwhile: this file carries the same XML

    async def _draw(self, rows: InvoiceRows, language: str, data: bytes | None) -> bytes:
        document = replace(invoice_document(rows, self._company, language), data=data)
        try:
            return await self._renderer.render(draw_invoice, document)
        except Overloaded:
            raise GatewayError(ErrorCode.UNAVAILABLE, "unavailable") from None

    async def _issue_data(self, viewer: Viewer, invoice: Invoice, now: datetime) -> InvoiceXml | None:
        content = await written(await invoice_rows(viewer, invoice), self._company)
        if content is None:
            return None

        async def store() -> InvoiceXml:
            await _lock(viewer, invoice)
            return await stored_data(viewer, invoice) or await store_data(invoice, content, now)

        return await in_unit_of_work(store)


async def _store(
    viewer: Viewer, invoice: Invoice, language: str, content: bytes, data: bytes | None, now: datetime
) -> InvoiceFile | InvoiceXml:
    """The file that is stored; or, where another XML is stored than `content` carries, that one and nothing new."""
    await _lock(viewer, invoice)
    stored = await stored_file(viewer, invoice, language)
    if stored is not None:
        return stored
    kept = await stored_data(viewer, invoice)
    if kept is not None and kept.content != data:
        return kept
    if kept is None and data is not None:
        await store_data(invoice, data, now)
    return await InvoiceFile.create(
        customer_id=invoice.customer_id,
        invoice_id=invoice.id,
        language=language,
        sha256=sha256(content).hexdigest(),
        content=content,
        created_at=now,
    )


async def _lock(viewer: Viewer, invoice: Invoice) -> None:
    """Whoever stores a file of this invoice waits here for the other."""
    await visible.invoices(viewer).select_for_update(no_key=True).get(id=invoice.id)


async def _read(stored: InvoiceFile | InvoiceXml) -> bytes:
    return stored.content
