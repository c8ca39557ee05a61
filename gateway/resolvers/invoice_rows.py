"""The rows of an invoice that its documents are made of."""

from __future__ import annotations

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.resolvers.invoice_document import InvoiceRows
from models import Invoice, InvoiceFile, InvoiceXml


async def invoice_rows(viewer: Viewer, invoice: Invoice) -> InvoiceRows:
    """Everything that belongs on it."""
    corrects = None
    if invoice.corrects_id is not None:
        corrects = await visible.invoices(viewer).get_or_none(id=invoice.corrects_id)
    return InvoiceRows(
        invoice=invoice,
        customer=await visible.customers(viewer).get(),
        lines=await visible.invoice_lines(viewer).filter(invoice_id=invoice.id).order_by("position"),
        taxes=await visible.invoice_taxes(viewer).filter(invoice_id=invoice.id).order_by("-vat_basis_points", "id"),
        payments=await visible.payments(viewer).filter(invoice_id=invoice.id).order_by("paid_on", "id"),
        bank_account=await visible.bank_accounts(viewer).first(),
        discounts=await visible.invoice_discounts(viewer).filter(invoice_id=invoice.id).order_by("position"),
        corrects=corrects,
    )


async def stored_file(viewer: Viewer, invoice: Invoice, language: str) -> InvoiceFile | None:
    """The PDF in a language, if it was made."""
    return await visible.invoice_files(viewer).get_or_none(invoice_id=invoice.id, language=language)


async def stored_data(viewer: Viewer, invoice: Invoice) -> InvoiceXml | None:
    """The XML, if it was made."""
    return await visible.invoice_xmls(viewer).get_or_none(invoice_id=invoice.id)
