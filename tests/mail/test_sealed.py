"""What only the receiver may know is in the mail, and in the outbox only sealed and only until then (SECURITY SE1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gateway.auth.notices import sealed
from gateway.jobs.worker import Worker, handlers
from gateway.keys import Keyring
from gateway.ports.mail import Mail
from models import OutboxMessage
from tests.auth.test_secrets_at_rest import dump
from tests.mail.placed import AT, KEYRING, PORTAL, placed

pytestmark = pytest.mark.usefixtures("database")

PATH = "/confirm?code=gwl_0123456789"
LINKED = "password_reset_link"


class Kept:
    """A mailer that keeps what it is given, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.mails: list[Mail] = []
        self.failures = failures

    async def send(self, mail: Mail) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        self.mails.append(mail)


async def waiting(keyring: Keyring = KEYRING) -> OutboxMessage:
    """A notice whose link is sealed."""
    message = placed(LINKED, "en")
    del message.payload["link"]
    message.payload["secrets"] = sealed(keyring, link=PATH)
    await message.save()
    return message


async def look(mailer: Kept, minutes: int = 0, keyring: Keyring = KEYRING) -> None:
    """A worker looks into the outbox once."""
    await Worker(handlers(mailer, PORTAL, keyring), clock=lambda: AT + timedelta(minutes=minutes)).run_once()


async def test_the_mail_has_the_secret_and_the_row_has_it_no_more() -> None:
    message, mailer = await waiting(), Kept()
    assert PATH not in await dump()
    await look(mailer)
    assert f"{PORTAL}{PATH}" in mailer.mails[0].text
    sent = await OutboxMessage.get()
    assert sent.sent_at == AT
    assert sent.payload == {name: value for name, value in message.payload.items() if name != "secrets"}


async def test_a_mail_that_could_not_be_sent_keeps_its_secret_for_the_next_try() -> None:
    await waiting()
    mailer = Kept(failures=1)
    await look(mailer)
    assert mailer.mails == []
    assert "secrets" in (await OutboxMessage.get()).payload
    await look(mailer, minutes=1)
    assert f"{PORTAL}{PATH}" in mailer.mails[0].text


async def test_a_mail_whose_key_this_worker_has_not_yet_is_left_for_later() -> None:
    await waiting(Keyring({1: b"k" * 32, 2: b"n" * 32}))
    mailer = Kept()
    await look(mailer)
    message = await OutboxMessage.get()
    assert (mailer.mails, message.sent_at, message.failed_at) == ([], None, None)
    await look(mailer, minutes=1, keyring=Keyring({1: b"k" * 32, 2: b"n" * 32}))
    assert f"{PORTAL}{PATH}" in mailer.mails[0].text
