"""Master data."""

from __future__ import annotations

from gateway.context import Context


def display_name(context: Context, company: str | None, first: str | None, last: str | None) -> str:
    """The name a letter starts with."""
    return company or " ".join(part for part in (first, last) if part)
