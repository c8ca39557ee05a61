"""Changing the phone numbers: the whole list at once, in E.164 form (ITU-T E.164), read as people write them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.auth import visible
from gateway.auth.client import Client
from gateway.auth.customer_change import changed, held_at, stale
from gateway.auth.viewer import Viewer
from gateway.errors import GatewayError, bad_input
from models import Customer, PhoneKind, PhoneNumber
from models.database import in_unit_of_work

MOST = 10
LONGEST = 40
"""Characters of a number as it is typed."""

_TYPED = re.compile(r"\+?[0-9()/. -]+")
"""Digits of ASCII and what people put between them: no letters (`0800 FLOWERS`), no extension, no parameters (RFC 3966)."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as somebody wrote it."""

    kind: PhoneKind
    number: str


def _wrong(key: str, position: int, **values: object) -> GatewayError:
    return bad_input(key, path=("input", "phoneNumbers", str(position), "number"), **values)


def read_number(text: str, country: str) -> str | None:
    """`+4930123456` for `030 / 123456` in Germany; `None` for what is no number anybody could have."""
    import phonenumbers  # three megabytes of numbering plans, for the few who need them

    typed = text.strip(" ")
    if len(typed) > LONGEST or not _TYPED.fullmatch(typed):
        return None
    try:
        parsed = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return None
    if parsed.extension or not phonenumbers.is_valid_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _read(typed: Sequence[Typed], country: str) -> dict[str, PhoneKind]:
    numbers: dict[str, PhoneKind] = {}
    for position, entry in enumerate(typed):
        number = read_number(entry.number, country)
        if number is None:
            raise _wrong("phone.number", position)
        if number in numbers:
            raise _wrong("phone.twice", position)
        numbers[number] = entry.kind
    return numbers


async def change_phone_numbers(
    viewer: Viewer, typed: Sequence[Typed], version: int, client: Client, now: datetime
) -> Customer:
    """Replace the phone numbers; national ones are read as those of the customer's country.

    Raises `BAD_USER_INPUT` naming the entry, `CONFLICT`.
    """
    if len(typed) > MOST:
        raise bad_input("phone.too_many", path=("input", "phoneNumbers"), most=MOST)

    # Read before the unit of work, off the event loop: numbering plans take a moment to load. The version that is held below
    # is that of the country they were read in.
    seen = await visible.customers(viewer).get()
    if seen.version != version:
        raise stale()
    numbers = await asyncio.to_thread(_read, typed, seen.country)

    async def write() -> Customer:
        customer = await held_at(viewer, version)
        await visible.phone_numbers(viewer).delete()
        for number, kind in numbers.items():
            await PhoneNumber.create(customer_id=customer.id, kind=kind, number=number)
        return await changed(
            viewer, version, "customer.phone_numbers_change", client, now, detail={"count": len(numbers)}
        )

    return await in_unit_of_work(write)
