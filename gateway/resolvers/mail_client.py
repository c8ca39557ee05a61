"""The settings of mailboxes for mail programs: as data, and as profiles for Apple's systems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256

from gateway.auth import visible
from gateway.auth.viewer import Scope, Viewer
from gateway.context import Context
from gateway.documents.company import Company
from gateway.documents.mail_client import PROFILE_TYPE, MailAccount, MailServer, profile
from gateway.hosting import Hosting, Server, TransportSecurity
from gateway.resolvers.download import File, Kind
from models import Mailbox

MAIL_PROFILES = Kind(
    noun="mail_profile",
    prefix="mbx",
    folder="mail-profiles",
    suffix="mobileconfig",
    media_type=PROFILE_TYPE,
    scope=Scope.MAIL_READ,
    rows=visible.mailboxes,
)
"""The profiles of mailboxes, under their ids."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What a mail program asks for."""

    username: str
    imap: Server
    smtp: Server
    profile_path: str


def client_settings(context: Context, id: str, address: str) -> ClientSettings:
    """Those of one mailbox."""
    hosting = context.parts.hosting
    return ClientSettings(address, hosting.imap, hosting.smtp, MAIL_PROFILES.path(id))


class MailProfiles:
    """Makes profiles; they are kept nowhere."""

    def __init__(self, hosting: Hosting, company: Company) -> None:
        self._imap, self._smtp = mail_server(hosting.imap), mail_server(hosting.smtp)
        self._provider = company.name

    async def source(self, viewer: Viewer, mailbox: Mailbox, language: str | None, now: datetime) -> File:
        """The profile of a mailbox."""
        account = MailAccount(mailbox.id, mailbox.address, mailbox.display_name, self._provider, self._imap, self._smtp)
        content = profile(account)
        name = MAIL_PROFILES.file_name(mailbox.id)
        noted = {"name": mailbox.address}
        return File(mailbox.id, name, sha256(content).hexdigest(), len(content), partial(_read, content), noted)


def mail_server(server: Server) -> MailServer:
    """A server of the host as documents name it."""
    return MailServer(server.host, server.port, server.security is TransportSecurity.TLS)


async def _read(content: bytes) -> bytes:
    return content
