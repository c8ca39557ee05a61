"""Master data."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.context import Context
from gateway.messages import message
from gateway.resolvers.form import HOLDER_CHANGE


def display_name(context: Context, company: str | None, first: str | None, last: str | None) -> str:
    """The name a letter starts with."""
    return company or " ".join(part for part in (first, last) if part)


@dataclass(frozen=True, slots=True)
class HolderChange:
    """Why the contract holder cannot be changed online, and where the form is."""

    message: str
    form_url: str


def holder_change(context: Context, id: str, number: str) -> HolderChange:
    """The same for every customer, but for the form, which is filled in."""
    address = f"{context.parts.settings.url}{HOLDER_CHANGE.path(id, number)}"
    return HolderChange(message("customer.holder_change", context.language), address)
