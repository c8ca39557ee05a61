"""Master data."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.context import Context
from gateway.messages import message


def display_name(context: Context, company: str | None, first: str | None, last: str | None) -> str:
    """The name a letter starts with."""
    return company or " ".join(part for part in (first, last) if part)


@dataclass(frozen=True, slots=True)
class HolderChange:
    """Why the contract holder cannot be changed online, and where the form is."""

    message: str
    form_url: str


def holder_change(context: Context) -> HolderChange:
    """The same for every customer."""
    portal = context.parts.settings.portal
    return HolderChange(message("customer.holder_change", context.language), f"{portal}/forms/contract-transfer")
