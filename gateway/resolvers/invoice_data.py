"""The XML of an invoice (EN 16931): written from its rows, or refused."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from hashlib import sha256

from gateway.documents.company import Company
from gateway.documents.e_invoice import NotAnEInvoice, write_e_invoice
from gateway.resolvers.invoice import LANGUAGES
from gateway.resolvers.invoice_document import InvoiceRows, invoice_document
from models import Customer, Invoice, InvoiceXml

_log = logging.getLogger(__name__)


def own_language(customer: Customer) -> str:
    """The language of a customer's invoices; what the XML says in words is in it."""
    return customer.language if customer.language in LANGUAGES else "en"


async def written(rows: InvoiceRows, company: Company) -> bytes | None:
    """The XML, or `None` where the invoice breaks a rule of the standard. The log says loudly which one."""
    document = invoice_document(rows, company, own_language(rows.customer))
    try:
        return await asyncio.to_thread(write_e_invoice, document)  # thousands of positions take 0.1 s
    except NotAnEInvoice as refusal:
        _log.error("The invoice %s has no XML: it breaks %s of EN 16931.", rows.invoice.id, refusal.rule)
        return None


async def store_data(invoice: Invoice, content: bytes, now: datetime) -> InvoiceXml:
    """Keep the XML: within a unit of work that holds the lock of the invoice, where there is none yet."""
    return await InvoiceXml.create(
        customer_id=invoice.customer_id,
        invoice_id=invoice.id,
        sha256=sha256(content).hexdigest(),
        content=content,
        created_at=now,
    )
