"""Invoices."""

from __future__ import annotations

import re

from gateway.context import Context

PATH_NAME = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)
"""What can stand for an invoice in a path without an escape: its id, and most numbers."""


def quantity(context: Context, thousandths: int) -> float:
    """500 thousandths are 0.5 units."""
    return thousandths / 1000


def pdf_path(context: Context, number: str, invoice_id: str) -> str:
    """Where the PDF of an invoice is: under its number, or its id when the number (`RE/2026/7`) would need escapes."""
    return f"/invoices/{number if PATH_NAME.fullmatch(number) else invoice_id}.pdf"
