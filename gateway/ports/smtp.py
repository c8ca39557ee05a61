"""Mail by SMTP (RFC 5321): one connection for each mail, encrypted and verified unless it is turned off."""

from __future__ import annotations

import logging
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from gateway.ports.delivery import Undeliverable
from gateway.ports.mail import Mail, ascii_domain

_log = logging.getLogger(__name__)

_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)", re.ASCII)  # RFC 3463
_AUTHENTICATION_REQUIRED = 530  # RFC 4954: the fault of our settings, not of the mail


class Encryption(StrEnum):
    """How the connection is protected."""

    STARTTLS = "starttls"
    """Encrypted before anything is said (RFC 3207); a server that does not offer it gets no mail."""
    TLS = "tls"
    """Encrypted from the first byte (RFC 8314)."""
    NONE = "none"
    """In the clear: for a receiver on the same machine."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Whom mails are handed to. `authorities` is a file of certificates trusted instead of the system's."""

    host: str
    port: int
    encryption: Encryption = Encryption.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    authorities: Path | None = None
    timeout: float = 20.0
    """Seconds the server may take for each answer."""


class SmtpMailer:
    """Hands mails to an SMTP server.

    What the server refuses for good (5yz) about the sender, a recipient or the content is `Undeliverable`. All else
    (4yz, no connection, no encryption, no sign-in) may be better later and is raised as it comes.
    """

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._server = server
        self._sender = sender
        # Read at start: a file that is missing or holds no certificate is told then, as `OSError`.
        self._tls = None
        if server.encryption is not Encryption.NONE:
            self._tls = ssl.create_default_context(cafile=server.authorities)
            self._tls.minimum_version = ssl.TLSVersion.TLSv1_2

    async def send(self, mail: Mail) -> None:
        """Hand the mail over for all its recipients. With some of them refused for now, all get it again later."""
        content = mail.encoded(self._sender)
        recipients = [ascii_domain(address) for address in mail.to]
        client = self._client()
        try:
            await client.connect()
            refused = await self._transaction(client, mail, recipients, content)
            with suppress(SMTPException, OSError):  # it is taken by now: an unfriendly goodbye changes nothing
                await client.quit()
        finally:
            client.close()
        for code, reason in refused:
            if code < 500:
                raise SMTPResponseException(code, "a recipient was refused for now")
            _log.warning("mail %s: a recipient was refused (%s)", mail.id, reason)

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            timeout=server.timeout,
            use_tls=server.encryption is Encryption.TLS,
            start_tls=server.encryption is Encryption.STARTTLS,
            tls_context=self._tls,
        )

    async def _transaction(
        self, client: SMTP, mail: Mail, recipients: list[str], content: bytes
    ) -> list[tuple[int, str]]:
        """Send; the codes of recipients who were refused where others were taken."""
        options = ["SMTPUTF8", "BODY=8BITMIME"] if mail.international else []
        try:
            refused, _ = await client.sendmail(ascii_domain(self._sender), recipients, content, mail_options=options)
        except SMTPNotSupported:
            raise Undeliverable("the server does not take addresses beyond ASCII") from None
        except SMTPRecipientsRefused as refusal:
            if all(one.code >= 500 for one in refusal.recipients):
                raise Undeliverable(_reason(refusal.recipients[0])) from None
            raise
        except (SMTPSenderRefused, SMTPDataError) as refusal:
            if refusal.code >= 500 and refusal.code != _AUTHENTICATION_REQUIRED:
                raise Undeliverable(_reason(refusal)) from None
            raise
        return [(code, _status(code, message)) for code, message in refused.values()]


def _reason(refusal: SMTPResponseException) -> str:
    return f"{type(refusal).__name__} {_status(refusal.code, refusal.message)}"


def _status(code: int, message: str) -> str:
    """The codes of an answer without its words, which often repeat the address."""
    enhanced = _ENHANCED.match(message)
    return f"{code} {enhanced.group()}" if enhanced else str(code)
