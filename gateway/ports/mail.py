"""Mail: what a mail is, and whom it is handed to. By default nothing leaves the machine: mails become files."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

import idna

from gateway.ports.delivery import Undeliverable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail. `name` is ASCII, `media_type` such as `application/pdf`."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as plain text and as HTML that says the same, with the files that go with it.

    `id` and `at` (aware, UTC) are the same at every try to send it, so that a receiver can tell a repetition.
    """

    id: str
    to: tuple[str, ...]
    at: datetime
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()

    @property
    def international(self) -> bool:
        """Whether the name of a mailbox needs SMTPUTF8 (RFC 6531); domains never do, they have an ASCII form."""
        return not all(address.rpartition("@")[0].isascii() for address in self.to)

    def encoded(self, sender: str) -> bytes:
        """The mail as it travels, the same bytes each time. Raises `Undeliverable` for what no mail can hold."""
        try:
            return self.message(sender).as_bytes()
        except ValueError as error:
            raise Undeliverable(f"no mail can be made of it ({type(error).__name__})") from error

    def message(self, sender: str) -> EmailMessage:
        """The mail as RFC 5322 has it. Raises `ValueError` for what is no address and where a header would break its line."""
        message = EmailMessage(policy=policy.SMTPUTF8 if self.international else policy.SMTP)
        message["From"] = _address(sender)
        message["To"] = [_address(address) for address in self.to]
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.at)
        message["Message-ID"] = f"<{self.id}@{_address(sender).domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies to this
        # Quoted-printable, since not every receiver takes 8 bits, and lines may be long.
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(self.html, subtype="html", cte="quoted-printable")
        if self.attachments:
            # None begins like another (RFC 2046 §5.1.1), and all are the same each time.
            message.set_boundary(f"=_text.{self.id}")
            for file in self.attachments:
                maintype, _, subtype = file.media_type.partition("/")
                message.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=file.name)
        message.set_boundary(
            f"=_{self.id}"
        )  # `=_` cannot stand in quoted-printable or Base64 text (RFC 2045 §6.7, 6.8)
        return message


def ascii_domain(address: str) -> str:
    """An address with the domain in its ASCII form. Raises `ValueError` for what is no address."""
    local, at, domain = address.rpartition("@")
    if not (local and at) or any(character.isspace() for character in address):
        raise ValueError("this is no address")
    return f"{local}@{idna.encode(domain, uts46=True).decode()}"


def _address(text: str) -> Address:
    local, _, domain = ascii_domain(text).rpartition("@")
    return Address(username=local, domain=domain)


class Mailer(Protocol):
    """Sends mails. `send` returns when the mail is taken. It raises `Undeliverable` when it never will be, and anything
    else when it may not have been; it can be called again then.
    """

    async def send(self, mail: Mail) -> None:
        """Hand one mail over."""


class FileMailer:
    """Writes each mail into a directory as `{id}.eml`, readable for its owner only; the log says that, not what."""

    def __init__(self, directory: Path, sender: str = "gateway@localhost") -> None:
        self._directory = directory
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        """Write the file; a repetition replaces it."""
        content = mail.encoded(self._sender)
        await asyncio.to_thread(self._write, f"{mail.id}.eml", content)
        _log.info("mail %s written to %s", mail.id, self._directory)

    def _write(self, name: str, content: bytes) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self._directory / f".{name}"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(content)
        unfinished.replace(self._directory / name)
