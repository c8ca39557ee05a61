"""Mails handed to a real SMTP server: encrypted and verified, given up when refused for good, and otherwise tried again."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiosmtplib import SMTPException

from gateway.ports.delivery import Undeliverable
from gateway.ports.mail import Mail
from gateway.ports.smtp import Encryption, SmtpMailer, SmtpServer
from tests.mail.authority import Authority
from tests.mail.placed import AT
from tests.mail.receiver import HOST, TAKEN, Receiver, receiving

SENDER = "dienst@größe.example"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the receiver's own word
ASCII_SENDER = "dienst@xn--gre-6ka8i.example"
MAIL = Mail("out_1", ("katharina@müller.example",), AT, "Ihr Paßwort", ".\r\n..Grüße\r\n", "<p>Grüße</p>")
TWO = Mail("out_2", ("a@host.example", "b@host.example"), AT, "Two", "Two\n", "<p>Two</p>")


def mailer(receiver: Receiver, encryption: Encryption = Encryption.NONE, **others: Any) -> SmtpMailer:
    return SmtpMailer(SmtpServer(HOST, receiver.port, encryption, timeout=2, **others), SENDER)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


async def test_a_mail_arrives_as_it_was_written() -> None:
    async with receiving(Receiver()) as receiver:
        await mailer(receiver).send(MAIL)
    (mail,), (envelope,) = receiver.mails, receiver.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (ASCII_SENDER, ["katharina@xn--mller-kva.example"])
    assert mail["Subject"] == "Ihr Paßwort"
    assert mail["Message-ID"] == "<out_1@xn--gre-6ka8i.example>"
    assert [part.get_content().split() for part in mail.iter_parts()] == [[".", "..Grüße"], ["<p>Grüße</p>"]]


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
async def test_an_encrypted_connection_to_a_server_that_proves_itself_takes_the_mail(
    authority: Authority, encryption: Encryption
) -> None:
    name = encryption.value
    async with receiving(Receiver(), **{name: authority.server(HOST)}) as receiver:  # type: ignore[arg-type]  # one of two
        await mailer(receiver, encryption, authorities=authority.file).send(MAIL)
    assert receiver.encrypted == [True]


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
@pytest.mark.parametrize("fault", ["another authority", "the system's authorities", "another name", "run out"])
async def test_a_server_that_cannot_prove_itself_gets_neither_mail_nor_password(
    authority: Authority, encryption: Encryption, fault: str, tmp_path: Path
) -> None:
    contexts: dict[str, Callable[[], ssl.SSLContext]] = {
        "another name": lambda: authority.server("127.0.0.2"),
        "run out": lambda: authority.server(HOST, days=-1),
    }
    context = contexts.get(fault, lambda: authority.server(HOST))()
    trusted = {"another authority": Authority(tmp_path, "others").file, "the system's authorities": None}
    async with receiving(Receiver(), **{encryption.value: context}) as receiver:  # type: ignore[arg-type]  # one of two
        sender = mailer(
            receiver, encryption, authorities=trusted.get(fault, authority.file), user="gateway", password="Birke-9"
        )
        with pytest.raises((SMTPException, OSError)):
            await sender.send(MAIL)
    assert (receiver.mails, receiver.passwords) == ([], [])


async def test_a_server_that_does_not_offer_encryption_gets_neither_mail_nor_password() -> None:
    async with receiving(Receiver(), authentication=True) as receiver:
        with pytest.raises(SMTPException):
            await mailer(receiver, Encryption.STARTTLS, user="gateway", password="Birke-9").send(MAIL)
    assert (receiver.mails, receiver.passwords) == ([], [])


async def test_a_login_is_used_where_one_is_set(authority: Authority) -> None:
    async with receiving(Receiver(), starttls=authority.server(HOST), authentication=True) as receiver:
        sender = mailer(receiver, Encryption.STARTTLS, authorities=authority.file, user="gateway", password="Birke-9")
        await sender.send(MAIL)
    assert receiver.passwords == [(b"gateway", b"Birke-9")]
    assert len(receiver.mails) == 1


@pytest.mark.parametrize("login", [{"user": "gateway", "password": "wrong"}, {}])
async def test_a_login_the_server_refuses_is_our_fault_and_not_the_mails(login: dict[str, Any]) -> None:
    async with receiving(Receiver(), authentication=True) as receiver:
        with pytest.raises(SMTPException) as refusal:
            await mailer(receiver, **login).send(MAIL)
    assert not isinstance(refusal.value, Undeliverable)
    assert receiver.mails == []


@pytest.mark.parametrize(
    ("receiver", "said"),
    [
        (Receiver(sender="553 5.1.8 dienst is not welcome"), "SMTPSenderRefused 553 5.1.8"),
        (Receiver(recipient=lambda address: f"550 5.1.1 {address} is unknown"), "SMTPRecipientRefused 550 5.1.1"),
        (Receiver(recipient=lambda address: f"550 {address} 5.1.1"), "SMTPRecipientRefused 550"),
        (Receiver(data="554 5.7.1 katharina does not want this"), "SMTPDataError 554 5.7.1"),
    ],
)
async def test_what_is_refused_for_good_is_undeliverable_and_nobody_is_named(receiver: Receiver, said: str) -> None:
    async with receiving(receiver):
        with pytest.raises(Undeliverable) as refusal:
            await mailer(receiver).send(MAIL)
    assert str(refusal.value) == said


@pytest.mark.parametrize(
    "receiver",
    [
        Receiver(sender="451 4.3.0 later"),
        Receiver(recipient=lambda address: "450 4.2.1 greylisted"),
        Receiver(recipient=lambda address: "421 4.3.2 going down"),
        Receiver(data="452 4.3.1 full"),
        Receiver(hangs_up=True),
        Receiver(silent=True),
    ],
)
async def test_what_may_work_later_is_not_given_up(receiver: Receiver) -> None:
    async with receiving(receiver):
        with pytest.raises((SMTPException, OSError)):
            await mailer(receiver).send(MAIL)


async def test_a_server_that_is_away_or_never_greets_may_come_back() -> None:
    with socket.socket() as nobody:
        nobody.bind((HOST, 0))  # taken, and not listened at
        with pytest.raises((SMTPException, OSError)):
            await mailer(Receiver(port=nobody.getsockname()[1])).send(MAIL)
    with socket.create_server((HOST, 0)) as mute, pytest.raises((SMTPException, OSError)):
        await mailer(Receiver(port=mute.getsockname()[1])).send(MAIL)


async def test_a_mail_one_of_two_recipients_refuses_for_good_is_sent(caplog: pytest.LogCaptureFixture) -> None:
    receiver = Receiver(recipient=lambda address: "550 5.1.1 b is unknown" if address[0] == "b" else TAKEN)
    async with receiving(receiver):
        await mailer(receiver).send(TWO)
    assert [envelope.rcpt_tos for envelope in receiver.envelopes] == [["a@host.example"]]
    assert "a recipient was refused (550 5.1.1)" in caplog.text
    assert "host.example" not in caplog.text


async def test_a_mail_one_of_two_recipients_refuses_for_now_is_sent_again() -> None:
    receiver = Receiver(recipient=lambda address: "450 4.2.1 greylisted" if address[0] == "b" else TAKEN)
    async with receiving(receiver):
        with pytest.raises(SMTPException) as refusal:
            await mailer(receiver).send(TWO)
    assert "host.example" not in str(refusal.value)


async def test_a_mailbox_beyond_ascii_needs_a_server_that_knows_them() -> None:
    mail = Mail("out_3", ("müller@host.example",), AT, "Hi", "Hi\n", "<p>Hi</p>")
    async with receiving(Receiver(), utf8=True) as receiver:
        await mailer(receiver).send(mail)
    assert receiver.envelopes[0].rcpt_tos == ["müller@host.example"]
    async with receiving(Receiver(), utf8=False) as receiver:
        with pytest.raises(Undeliverable):
            await mailer(receiver).send(mail)


async def test_a_connection_that_is_cut_off_by_us_is_closed() -> None:
    arrived, gone = asyncio.Event(), asyncio.Event()
    receiver = Receiver(silent=True, at_data=arrived.set)
    async with receiving(receiver):
        sending = asyncio.create_task(mailer(receiver).send(MAIL))
        await asyncio.wait_for(arrived.wait(), 5)
        (connection,) = (task for task in asyncio.all_tasks() if "_handle_client" in repr(task))
        connection.add_done_callback(lambda _: gone.set())
        sending.cancel()
        await asyncio.wait_for(gone.wait(), 5)


def test_the_password_is_not_shown_with_the_server() -> None:
    assert "Birke" not in repr(SmtpServer(HOST, 25, password="Birke-9"))


def test_a_file_of_authorities_that_is_none_is_told_at_once(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    for file in (empty, tmp_path / "missing.pem"):
        with pytest.raises((FileNotFoundError, ssl.SSLError)):
            SmtpMailer(SmtpServer(HOST, 25, authorities=file), SENDER)
