"""The settings of a mailbox as mail programs read them: Thunderbird's autoconfiguration, and profiles of Apple's systems."""

from __future__ import annotations

import plistlib
import re
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_DNS, uuid5
from xml.etree import ElementTree

AUTOCONFIG_TYPE = "text/xml; charset=utf-8"
PROFILE_TYPE = "application/x-apple-aspen-config"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where a service is. `tls` from the first byte on, or after a greeting in clear text (STARTTLS)."""

    host: str
    port: int
    tls: bool


@dataclass(frozen=True, slots=True)
class MailAccount:
    """A mailbox as a mail program needs it. `id` names it for good, `provider` is what the host is called."""

    id: str
    address: str
    name: str | None
    provider: str
    imap: MailServer
    smtp: MailServer


def autoconfig(domain: str, provider: str, imap: MailServer, smtp: MailServer) -> bytes:
    """The XML for addresses of `domain` (A-labels), the same for each of them.

    The format is that of https://www.bucksch.org/1/projects/thunderbird/autoconfiguration/config-file-format.html; the program
    puts the address in where `%EMAILADDRESS%` stands.
    """
    root = ElementTree.Element("clientConfig", version="1.1")
    mail = ElementTree.SubElement(root, "emailProvider", id=domain)
    name = _CONTROL.sub("", provider)
    for tag, text in (("domain", domain), ("displayName", name), ("displayShortName", name)):
        ElementTree.SubElement(mail, tag).text = text
    for tag, kind, server in (("incomingServer", "imap", imap), ("outgoingServer", "smtp", smtp)):
        element = ElementTree.SubElement(mail, tag, type=kind)
        for inner, text in (
            ("hostname", server.host),
            ("port", str(server.port)),
            ("socketType", "SSL" if server.tls else "STARTTLS"),
            ("username", "%EMAILADDRESS%"),
            ("authentication", "password-cleartext"),
        ):
            ElementTree.SubElement(element, inner).text = text
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def profile(account: MailAccount) -> bytes:
    """A configuration profile (`.mobileconfig`) with the one mailbox and no password: the device asks for it.

    The keys are those of `com.apple.mail.managed` in Apple's device management reference. The same account makes the same
    bytes: the UUIDs come from its id, so that a profile that is installed again takes the place of the old one.
    """
    name = _CONTROL.sub("", account.name or account.address)
    reversed_host = ".".join(reversed(account.imap.host.split(".")))
    identifier = f"{reversed_host}.mail.{account.id}"
    payload: dict[str, Any] = {
        "PayloadType": "com.apple.mail.managed",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{identifier}.account",
        "PayloadUUID": _uuid(f"{identifier}.account"),
        "PayloadDisplayName": account.address,
        "EmailAccountType": "EmailTypeIMAP",
        "EmailAccountDescription": account.address,
        "EmailAccountName": name,
        "EmailAddress": account.address,
        "OutgoingPasswordSameAsIncomingPassword": True,
        **_server("Incoming", account.imap, account.address),
        **_server("Outgoing", account.smtp, account.address),
    }
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": identifier,
            "PayloadUUID": _uuid(identifier),
            "PayloadDisplayName": account.address,
            "PayloadOrganization": _CONTROL.sub("", account.provider),
            "PayloadRemovalDisallowed": False,
            "PayloadContent": [payload],
        }
    )


def _server(way: str, server: MailServer, username: str) -> dict[str, Any]:
    return {
        f"{way}MailServerAuthentication": "EmailAuthPassword",
        f"{way}MailServerHostName": server.host,
        f"{way}MailServerPortNumber": server.port,
        f"{way}MailServerUseSSL": True,  # also for STARTTLS: the device tells by the port
        f"{way}MailServerUsername": username,
    }


def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_DNS, name)).upper()
