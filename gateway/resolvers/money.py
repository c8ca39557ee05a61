"""Amounts as people read them."""

from __future__ import annotations

from typing import Any

from gateway.context import Context
from models.rules.money import format_money


def formatted(context: Context, minor_units: int, currency: str, language: Any = None) -> str:
    """`12,34 €` or `€12.34`, in the language asked for or else that of the request."""
    return format_money(minor_units, currency, context.language if language is None else language.value)


def percent(context: Context, basis_points: int) -> float:
    """1900 basis points are 19.0 percent."""
    return basis_points / 100
