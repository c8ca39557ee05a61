"""A worker's process: `python -m tests.mail.sending_process DATABASE_URL SMTP_PORT NOW MOMENT`.

It looks into the outbox once, at the instant NOW (ISO 8601). With MOMENT "sent" it kills itself the hard way when the mail
was taken and nothing has been noted yet; with "never" it lives.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import datetime

from gateway.jobs.worker import Worker, handlers
from gateway.ports.mail import Mail
from gateway.ports.smtp import Encryption, SmtpMailer, SmtpServer
from models.database import close, connect
from tests.mail.placed import KEYRING, PORTAL


class DyingMailer:
    """Sends a mail and is gone."""

    def __init__(self, mailer: SmtpMailer) -> None:
        self._mailer = mailer

    async def send(self, mail: Mail) -> None:
        await self._mailer.send(mail)
        os.kill(os.getpid(), signal.SIGKILL)


async def send(url: str, port: int, now: datetime, moment: str) -> None:
    """Send what is due."""
    await connect(url, pool_size=2)
    mailer = SmtpMailer(SmtpServer("127.0.0.1", port, Encryption.NONE), "service@host.example")
    sender = DyingMailer(mailer) if moment == "sent" else mailer
    await Worker(handlers(sender, PORTAL, KEYRING), clock=lambda: now).run_once()
    await close()


if __name__ == "__main__":
    asyncio.run(send(sys.argv[1], int(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), sys.argv[4]))
