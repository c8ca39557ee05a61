"""Invoices."""

from __future__ import annotations

from gateway.context import Context


def quantity(context: Context, thousandths: int) -> float:
    """500 thousandths are 0.5 units."""
    return thousandths / 1000


def pdf_path(context: Context, number: str) -> str:
    """Where the PDF of an invoice is; numbers hold nothing that a path would need to escape."""
    return f"/invoices/{number}.pdf"
