"""Things a package has a number of: which function of its menu they belong to, and whether there is room for one more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.decision import Decision, Refused
from models.rules.package import decide

LIMIT_REACHED = "LIMIT_REACHED"


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of thing. `scope` is whom it is told to, `limit` the column of the type with the most there can be."""

    name: str
    function: str
    scope: str
    limit: str


MAILBOX = Resource("MAILBOX", "EMAILS", "MAIL_READ", "mailbox_limit")
MAIL_ADDRESS = Resource("MAIL_ADDRESS", "EMAILS", "MAIL_READ", "mail_address_limit")
WEB_HOST = Resource("WEB_HOST", "DOMAINS", "DOMAIN_READ", "web_host_limit")
DATABASE = Resource("DATABASE", "DATABASES", "DATABASE_READ", "database_limit")
SFTP_ACCOUNT = Resource("SFTP_ACCOUNT", "WEB_SPACE", "WEBSPACE_READ", "sftp_account_limit")
CRON_JOB = Resource("CRON_JOB", "WEB_SPACE", "WEBSPACE_READ", "cron_job_limit")
WEBSITE_APP = Resource("WEBSITE_APP", "WEBSITE_APPS", "APP_READ", "website_app_limit")
BACKUP = Resource("BACKUP", "BACKUPS", "BACKUP_READ", "backup_limit")

RESOURCES = (MAILBOX, MAIL_ADDRESS, WEB_HOST, DATABASE, SFTP_ACCOUNT, CRON_JOB, WEBSITE_APP, BACKUP)


def room_for(resource: Resource, functions: Iterable[str], state: str, used: int, limit: int) -> Decision:
    """Whether one more can be made: as its entry of the menu decides, and while there are fewer than `limit`."""
    decision = decide(resource.function, functions, state)
    return Refused(LIMIT_REACHED) if not isinstance(decision, Refused) and used >= limit else decision
