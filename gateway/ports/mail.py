"""Mail: what a mail is, and whom it is handed to. By default nothing leaves the machine: mails become files."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """A text mail. `id` is the same at every try to send it, so that a receiver can tell a repetition."""

    id: str
    to: tuple[str, ...]
    subject: str
    text: str

    def message(self, sender: str) -> EmailMessage:
        """The mail as RFC 5322 has it. Raises `ValueError` when a header would break out of its line."""
        message = EmailMessage(policy=policy.SMTP)
        message["From"] = sender
        message["To"] = ", ".join(self.to)
        message["Subject"] = self.subject
        message["Message-ID"] = f"<{self.id}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies to this
        message.set_content(self.text)
        return message


class Mailer(Protocol):
    """Sends mails. `send` returns when the mail is taken and raises when it may not be; it can be called again then."""

    async def send(self, mail: Mail) -> None:
        """Hand one mail over."""


class FileMailer:
    """Writes each mail into a directory as `{id}.eml`, readable for its owner only; the log says that, not what."""

    def __init__(self, directory: Path, sender: str = "gateway@localhost") -> None:
        self._directory = directory
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        """Write the file; a repetition replaces it."""
        content = mail.message(self._sender).as_bytes()
        await asyncio.to_thread(self._write, f"{mail.id}.eml", content)
        _log.info("mail %s written to %s", mail.id, self._directory)

    def _write(self, name: str, content: bytes) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self._directory / f".{name}"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(content)
        unfinished.replace(self._directory / name)
