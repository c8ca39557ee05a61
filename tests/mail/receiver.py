"""An SMTP server that takes mails, or answers as a test wants it to."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

TAKEN = "250 OK"
HOST = "127.0.0.1"


@dataclass
class Receiver:
    """What it answers at each step, and what it was given. `sender`, `recipient` and `data` are answers."""

    sender: str = TAKEN
    recipient: Callable[[str], str] = lambda address: TAKEN
    data: str = TAKEN
    at_data: Callable[[], None] = lambda: None
    """Called when a mail is there, before it is answered."""
    silent: bool = False
    """Whether it never answers the mail."""
    hangs_up: bool = False
    """Whether it breaks the connection off instead of answering the mail."""
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    passwords: list[tuple[bytes, bytes]] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender == TAKEN:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return self.sender

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.recipient(address)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.envelopes.append(envelope)
        self.encrypted.append(server.transport is not None and server.transport.get_extra_info("cipher") is not None)
        self.at_data()
        if self.hangs_up:
            assert server.transport is not None
            server.transport.close()
        if self.silent:
            await asyncio.Event().wait()
        return self.data

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        self.passwords.append((given.login, given.password))
        return AuthResult(success=given.password == b"Birke-9")


@asynccontextmanager
async def receiving(
    receiver: Receiver,
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    authentication: bool = False,
    utf8: bool = True,
) -> AsyncIterator[Receiver]:
    """The server, on a free port, as long as the block runs."""

    def session() -> SMTP:
        return SMTP(
            receiver,
            hostname="receiver.example",
            ident="receiver",
            enable_SMTPUTF8=utf8,
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=authentication,
            auth_require_tls=False,
            authenticator=receiver.authenticate,
        )

    server = await asyncio.get_running_loop().create_server(session, HOST, 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
