"""Notices from the outbox to a real SMTP server: at least once, with one Message-ID, whatever the server or a crash does."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from gateway.jobs.worker import LEASE, Worker, handlers
from gateway.ports.smtp import Encryption, SmtpMailer, SmtpServer
from models import OutboxMessage
from tests.mail.placed import AT, KEYRING, PORTAL, placed
from tests.mail.receiver import HOST, Receiver, receiving

SENDER = "service@host.example"


@pytest.fixture
async def waiting(database: str) -> OutboxMessage:
    """A notice in the outbox."""
    message = placed("new_device_sign_in", "de", device="Notebook")
    await message.save()
    return message


async def look(receiver: Receiver, now: datetime) -> None:
    """A worker looks into the outbox once."""
    mailer = SmtpMailer(SmtpServer(HOST, receiver.port, Encryption.NONE, timeout=2), SENDER)
    await Worker(handlers(mailer, PORTAL, KEYRING), clock=lambda: now).run_once()


async def test_a_notice_arrives_and_is_noted_as_sent(waiting: OutboxMessage) -> None:
    async with receiving(Receiver()) as receiver:
        await look(receiver, AT)
        await look(receiver, AT + timedelta(days=1))
    (mail,) = receiver.mails
    assert mail["Message-ID"] == f"<{waiting.id}@host.example>"
    assert mail["To"] == "katharina@host.example"
    assert (await OutboxMessage.get()).sent_at == AT


async def test_a_notice_that_is_refused_for_good_is_given_up_without_naming_anybody(
    waiting: OutboxMessage, caplog: pytest.LogCaptureFixture
) -> None:
    async with receiving(Receiver(recipient=lambda address: f"550 5.1.1 <{address}> is unknown")) as receiver:
        await look(receiver, AT)
    dead = await OutboxMessage.get()
    assert (dead.sent_at, dead.failed_at, dead.attempts) == (None, AT, 1)
    assert "given up: SMTPRecipientRefused 550 5.1.1" in caplog.text
    assert "katharina" not in caplog.text


@pytest.mark.parametrize(
    "trouble",
    [
        Receiver(recipient=lambda address: f"450 4.2.1 <{address}> is greylisted"),
        Receiver(data="451 4.3.0 later, katharina"),
        Receiver(hangs_up=True),
        Receiver(silent=True),
    ],
)
async def test_a_notice_that_meets_trouble_is_sent_again_with_the_same_message_id(
    waiting: OutboxMessage, trouble: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    async with receiving(trouble):
        await look(trouble, AT)
    assert (await OutboxMessage.get()).failed_at is None
    async with receiving(Receiver()) as receiver:
        await look(receiver, AT + timedelta(minutes=1))
    ids = {mail["Message-ID"] for mail in trouble.mails + receiver.mails}
    assert ids == {f"<{waiting.id}@host.example>"}
    assert len(receiver.mails) == 1
    assert (await OutboxMessage.get()).sent_at == AT + timedelta(minutes=1)
    assert "katharina" not in caplog.text


async def worker_process(url: str, port: int, now: datetime, moment: str) -> asyncio.subprocess.Process:
    arguments = [url, str(port), now.isoformat(), moment]
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.mail.sending_process", *arguments)


async def killed_while_the_server_has_it(url: str, receiver: Receiver) -> int:
    """The process dies when the server holds the mail and has not answered yet."""
    process: asyncio.subprocess.Process | None = None

    def kill() -> None:
        assert process is not None
        process.kill()

    receiver.at_data = kill
    process = await worker_process(url, receiver.port, AT, "never")
    status = await process.wait()
    receiver.at_data = lambda: None
    return status


async def killed_before_it_is_noted(url: str, receiver: Receiver) -> int:
    """The process dies when the server has said yes."""
    return await (await worker_process(url, receiver.port, AT, "sent")).wait()


@pytest.mark.parametrize("killed", [killed_while_the_server_has_it, killed_before_it_is_noted])
async def test_a_worker_that_is_killed_between_sending_and_noting_sends_it_again_with_the_same_message_id(
    waiting: OutboxMessage, database_url: str, killed: Callable[[str, Receiver], Awaitable[int]]
) -> None:
    async with receiving(Receiver()) as receiver:
        assert await killed(database_url, receiver) == -signal.SIGKILL
        assert len(receiver.mails) == 1
        assert (await OutboxMessage.get()).sent_at is None
        await look(receiver, AT + LEASE - timedelta(seconds=1))
        assert len(receiver.mails) == 1  # somebody may still be sending it
        process = await worker_process(database_url, receiver.port, AT + LEASE, "never")
        assert await process.wait() == 0
    assert [mail.as_bytes() for mail in receiver.mails] == [receiver.mails[0].as_bytes()] * 2
    assert receiver.mails[0]["Message-ID"] == f"<{waiting.id}@host.example>"
    assert (await OutboxMessage.get()).sent_at == AT + LEASE
