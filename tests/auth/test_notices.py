"""Mails that wait in the outbox (SECURITY AU9): to whom, and nothing in them that a copy of the database should tell."""

from __future__ import annotations

import pytest

from gateway.auth.notices import notify, sealed, unsealed
from gateway.keys import Keyring
from models import OutboxMessage
from models.database import in_unit_of_work
from tests.auth.conftest import KEYRING, Door, People
from tests.auth.test_secrets_at_rest import dump

LINK = "/reset-password?code=gwl_0123456789"


async def test_a_notice_goes_to_the_address_of_the_customer_or_to_the_one_that_is_named(
    door: Door, people: People
) -> None:
    await in_unit_of_work(lambda: notify(people.eve, "told", door.now, device="Notebook"))
    await in_unit_of_work(lambda: notify(people.eve, "told", door.now, to="new@example.com"))
    first, second = await OutboxMessage.all().order_by("id")
    assert first.kind == "mail.told"
    assert first.payload == {
        "to": ["eve@example.com"],
        "language": "de",
        "at": door.now.isoformat(),
        "device": "Notebook",
    }
    assert second.payload["to"] == ["new@example.com"]


async def test_what_only_the_receiver_may_know_is_sealed_until_the_mail_is_written(door: Door, people: People) -> None:
    secrets = sealed(KEYRING, link=LINK)
    await in_unit_of_work(lambda: notify(people.eve, "told", door.now, secrets=secrets, device="Notebook"))
    everything = await dump()
    assert "Notebook" in everything
    assert LINK not in everything
    assert LINK[-10:] not in everything
    message = await OutboxMessage.get()
    assert unsealed(KEYRING, message.payload) == {"link": LINK}


async def test_a_notice_without_secrets_has_none(door: Door, people: People) -> None:
    await in_unit_of_work(lambda: notify(people.eve, "told", door.now))
    assert unsealed(KEYRING, (await OutboxMessage.get()).payload) == {}


def test_secrets_are_read_with_older_keys_and_not_with_others() -> None:
    payload = {"secrets": sealed(KEYRING, link=LINK)}
    assert unsealed(Keyring({1: b"1" * 32, 2: b"2" * 32}), payload) == {"link": LINK}
    for stranger in (Keyring({1: b"3" * 32}), Keyring({2: b"1" * 32})):
        with pytest.raises(ValueError, match="unsealed"):
            unsealed(stranger, payload)
