"""The settings of mailboxes as mail programs read them, read back by parsers of their own."""

from __future__ import annotations

import plistlib
from uuid import UUID
from xml.dom import minidom

import pytest

from gateway.auth.host_name import ascii_host
from gateway.documents.mail_client import MailAccount, MailServer, autoconfig, profile
from models.rules.mail_client import domain_of

IMAP = MailServer("imap.host.example", 993, tls=True)
SMTP = MailServer("smtp.host.example", 587, tls=False)
ACCOUNT = MailAccount("mbx_1", "info@bücher.example", "Büro <& Söhne>", "Host & Co. <AG>", IMAP, SMTP)


def text_of(element: minidom.Element, name: str) -> str:
    (found,) = element.getElementsByTagName(name)
    return "".join(node.data for node in found.childNodes if isinstance(node, minidom.Text))


def test_the_autoconfiguration_has_the_parts_that_thunderbird_asks_for() -> None:
    root = minidom.parseString(autoconfig("bücher.example", 'A<&>"\x00 GmbH', IMAP, SMTP)).documentElement
    assert root is not None
    assert (root.tagName, root.getAttribute("version")) == ("clientConfig", "1.1")
    (provider,) = root.getElementsByTagName("emailProvider")
    assert (provider.getAttribute("id"), text_of(provider, "domain")) == ("bücher.example", "bücher.example")
    assert text_of(provider, "displayName") == 'A<&>" GmbH'
    (incoming,), (outgoing,) = (provider.getElementsByTagName(name) for name in ("incomingServer", "outgoingServer"))
    assert [one.getAttribute("type") for one in (incoming, outgoing)] == ["imap", "smtp"]
    seen = [
        [text_of(one, name) for name in ("hostname", "port", "socketType", "username", "authentication")]
        for one in (incoming, outgoing)
    ]
    assert seen == [
        ["imap.host.example", "993", "SSL", "%EMAILADDRESS%", "password-cleartext"],
        ["smtp.host.example", "587", "STARTTLS", "%EMAILADDRESS%", "password-cleartext"],
    ]


def test_a_profile_has_the_account_and_no_password() -> None:
    made = plistlib.loads(profile(ACCOUNT))
    (mail,) = made["PayloadContent"]
    assert (made["PayloadType"], made["PayloadVersion"]) == ("Configuration", 1)
    assert made["PayloadOrganization"] == "Host & Co. <AG>"
    assert mail["PayloadType"] == "com.apple.mail.managed"
    assert mail["EmailAccountType"] == "EmailTypeIMAP"
    assert (mail["EmailAddress"], mail["EmailAccountName"]) == ("info@bücher.example", "Büro <& Söhne>")
    assert {name: value for name, value in mail.items() if "MailServer" in name} == {
        "IncomingMailServerAuthentication": "EmailAuthPassword", "IncomingMailServerHostName": "imap.host.example",
        "IncomingMailServerPortNumber": 993, "IncomingMailServerUseSSL": True,
        "IncomingMailServerUsername": "info@bücher.example",
        "OutgoingMailServerAuthentication": "EmailAuthPassword", "OutgoingMailServerHostName": "smtp.host.example",
        "OutgoingMailServerPortNumber": 587, "OutgoingMailServerUseSSL": True,
        "OutgoingMailServerUsername": "info@bücher.example",
    }  # fmt: skip
    assert not [name for name in mail if name.endswith("Password") and mail[name] is not True]


def test_profiles_of_a_mailbox_are_the_same_and_of_two_differ() -> None:
    assert profile(ACCOUNT) == profile(ACCOUNT)
    other = MailAccount("mbx_2", *[getattr(ACCOUNT, name) for name in ("address", "name", "provider", "imap", "smtp")])
    uuids = [
        one["PayloadUUID"]
        for made in map(plistlib.loads, (profile(ACCOUNT), profile(other)))
        for one in (made, *made["PayloadContent"])
    ]
    assert len(set(uuids)) == 4
    for uuid in uuids:
        assert str(UUID(uuid)).upper() == uuid


def test_control_characters_of_a_name_break_nothing() -> None:
    account = MailAccount("mbx_1", "a@b.example", "A\x00\x1b[31m\ud800B", "P\x07", IMAP, SMTP)
    assert plistlib.loads(profile(account))["PayloadContent"][0]["EmailAccountName"] == "A[31mB"
    assert plistlib.loads(profile(MailAccount("m", "a@b.example", None, "P", IMAP, SMTP)))["PayloadContent"][0][
        "EmailAccountName"
    ] == "a@b.example"  # fmt: skip


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("info@laden.example", "laden.example"), ("a.b+c@BÜCHER.example", "xn--bcher-kva.example"),
        ("o'hara@laden.example", "laden.example"), (f"{'a' * 64}@b.example", "b.example"),
        ("", None), ("@laden.example", None), ("info@", None), ("info", None), ("a b@laden.example", None),
        (".a@b.example", None), ("a..b@b.example", None), ('"a b"@b.example', None), ("a@localhost", None),
        ("a@[192.0.2.1]", None), ("a@b_c.example", None), (f"{'a' * 65}@b.example", None), ("a@b@c.example", None),
        ("a<b>@c.example", None), ("ä@b.example", None), ("a@раypal.example", None), ("a\x00@b.example", None),
        ("a@b.example\n", None), (f"a@{'b.' * 130}example", None), ("a@b.example<x>", None), ("a@%EMAILDOMAIN%", None),
    ],
)  # fmt: skip
def test_addresses_and_what_is_none(address: str, domain: str | None) -> None:
    assert domain_of(address, ascii_host) == domain
