"""Which way mails take, and where their links lead, is decided by settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.jobs.mailing import mailer_of
from gateway.ports.mail import FileMailer
from gateway.ports.smtp import SmtpMailer
from gateway.settings import Settings, SettingsError, load_settings
from tests.mail.placed import AT
from tests.mail.receiver import HOST, Receiver, receiving
from tests.mail.test_message import mail


async def test_without_an_smtp_server_mails_become_files_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    mailer = mailer_of(Settings(mail_directory=folder, mail_from="service@host.example"))
    assert isinstance(mailer, FileMailer)
    await mailer.send(mail())
    await mailer.send(mail())
    (file,) = folder.iterdir()
    assert (file.name, file.stat().st_mode & 0o077) == (f"{mail().id}.eml", 0)
    assert file.read_bytes() == mail().encoded("service@host.example")


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the receiver's own word
async def test_with_an_smtp_server_they_go_there() -> None:
    async with receiving(Receiver(), authentication=True) as receiver:
        settings = Settings(
            smtp_host=HOST,
            smtp_port=receiver.port,
            smtp_tls="none",
            smtp_user="gateway",
            smtp_password="Birke-9",
            mail_from="service@host.example",
        )
        mailer = mailer_of(settings)
        assert isinstance(mailer, SmtpMailer)
        await mailer.send(mail())
    assert receiver.mails[0]["Date"].datetime == AT
    assert receiver.passwords == [(b"gateway", b"Birke-9")]


def test_the_password_is_shown_with_no_settings() -> None:
    assert "Birke" not in repr(Settings(smtp_password="Birke-9"))


def test_links_lead_to_the_portal_and_without_one_to_the_gateway() -> None:
    assert Settings(portal_url="https://my.host.example/").portal == "https://my.host.example"
    assert Settings(public_url="https://api.host.example/").portal == "https://api.host.example"


@pytest.mark.parametrize(
    "address", ["my.host.example", "javascript:alert(1)", "https://a b", 'https://a"b', "https://a?b"]
)
def test_a_portal_that_is_no_address_stops_the_start(address: str) -> None:
    with pytest.raises(SettingsError, match="PORTAL_URL"):
        load_settings({}, portal_url=address)


@pytest.mark.parametrize("host", ["mail.host.example", "192.0.2.1"])
def test_a_login_is_never_sent_in_the_clear_to_another_machine(host: str) -> None:
    login = {"smtp_host": host, "smtp_user": "gateway", "smtp_password": "Birke-9"}
    with pytest.raises(SettingsError, match=r"SMTP_USER.*SMTP_TLS"):
        load_settings({}, smtp_tls="none", **login)
    assert load_settings({}, **login).smtp_tls == "starttls"
