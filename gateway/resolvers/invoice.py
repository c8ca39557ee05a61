"""Invoices."""

from __future__ import annotations

from gateway.auth import visible
from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.resolvers.download import Kind

LANGUAGES = ("de", "en")
"""What invoices are written in."""

INVOICES = Kind(
    noun="invoice",
    prefix="inv",
    folder="invoices",
    suffix="pdf",
    media_type="application/pdf",
    scope=Scope.INVOICE_READ,
    rows=visible.invoices,
    named_by="number",
    languages=LANGUAGES,
)
"""The files of invoices: under their number, in either language."""

INVOICE_DATA = Kind(
    noun="invoice",
    prefix="inv",
    folder="invoices",
    suffix="xml",
    media_type="application/xml",
    scope=Scope.INVOICE_READ,
    rows=visible.invoices,
    named_by="number",
)
"""The same invoices as data (EN 16931)."""


def quantity(context: Context, thousandths: int) -> float:
    """500 thousandths are 0.5 units."""
    return thousandths / 1000


def pdf_path(context: Context, number: str, invoice_id: str) -> str:
    """Where the PDF of an invoice is."""
    return INVOICES.path(invoice_id, number)


def xml_path(context: Context, number: str, invoice_id: str) -> str:
    """Where the XML of an invoice is."""
    return INVOICE_DATA.path(invoice_id, number)
