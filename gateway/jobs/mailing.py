"""Which way mails take in this deployment."""

from __future__ import annotations

from gateway.ports.mail import FileMailer, Mailer
from gateway.ports.smtp import Encryption, SmtpMailer, SmtpServer
from gateway.settings import Settings


def mailer_of(settings: Settings) -> Mailer:
    """An SMTP server where one is set, files otherwise. Raises `OSError` when the file of authorities cannot be used."""
    if settings.smtp_host is None:
        return FileMailer(settings.mail_directory, settings.mail_from)
    secret = settings.smtp_password
    server = SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        encryption=Encryption(settings.smtp_tls),
        user=settings.smtp_user,
        password=None if secret is None else secret.get_secret_value(),
        authorities=settings.smtp_ca_file,
        timeout=settings.smtp_timeout,
    )
    return SmtpMailer(server, settings.mail_from)
