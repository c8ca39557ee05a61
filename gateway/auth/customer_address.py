"""Changing the postal address and the language of letters: at once for everything under the customer number."""

from __future__ import annotations

from datetime import datetime

from gateway.auth import notices
from gateway.auth.address import shortened
from gateway.auth.client import Client
from gateway.auth.customer_change import changed, held_at
from gateway.auth.viewer import Viewer
from gateway.errors import bad_input
from models import Customer
from models.database import in_unit_of_work
from models.rules import address as rule
from models.rules.decision import Refused

_WORDS = {
    rule.MISSING: "address.missing",
    rule.TOO_LONG: "address.too_long",
    rule.CHARACTERS: "address.characters",
    rule.MIXED: "address.mixed",
    rule.POSTCODE: "address.postcode",
    rule.COUNTRY: "address.country",
}


async def change_address(
    viewer: Viewer, address: rule.PostalAddress, version: int, client: Client, now: datetime
) -> Customer:
    """Store another address. Raises `BAD_USER_INPUT` with the part that will not do, `CONFLICT`."""
    part, decision = rule.acceptable(address)
    if isinstance(decision, Refused):
        example = rule.postcode_rule(address.country).example
        values: dict[str, dict[str, object]] = {
            "address.too_long": {"longest": rule.LENGTHS.get(part)},
            "address.postcode": {"example": example},
        }
        key = _WORDS[decision.reason]
        raise bad_input(key, path=("input", part), **values.get(key, {}))

    async def write() -> Customer:
        customer = await held_at(viewer, version)
        await notices.notify(customer, "address_changed", now, address=shortened(client.address))
        return await changed(
            viewer,
            version,
            "customer.address_change",
            client,
            now,
            street=address.street,
            address_extra=address.extra,
            postcode=address.postcode,
            city=address.city,
            country=address.country,
        )

    return await in_unit_of_work(write)


async def change_language(viewer: Viewer, language: str, version: int, client: Client, now: datetime) -> Customer:
    """Letters and mails in another language ("de" or "en"). Raises `CONFLICT`."""

    async def write() -> Customer:
        await held_at(viewer, version)
        return await changed(viewer, version, "customer.language_change", client, now, language=language)

    return await in_unit_of_work(write)
