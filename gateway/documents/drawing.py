"""What a worker process is asked to draw. The server imports this and nothing that draws."""

from __future__ import annotations

from gateway.documents.invoice import InvoiceDocument


def draw_invoice(document: InvoiceDocument) -> bytes:
    """The PDF of an invoice: `gateway.documents.invoice_pdf.render_invoice`, imported where it is drawn."""
    from gateway.documents.invoice_pdf import render_invoice

    return render_invoice(document)
