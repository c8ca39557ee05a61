"""What a package has a number of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gateway.auth.resources import stocks
from gateway.context import Context
from gateway.messages import message
from gateway.resolvers.package import RefusalReason
from models.rules import resource as rule
from models.rules.decision import Refused


class ResourceName(StrEnum):
    """Things of which a package can have a number."""

    MAILBOX = rule.MAILBOX.name
    MAIL_ADDRESS = rule.MAIL_ADDRESS.name
    WEB_HOST = rule.WEB_HOST.name
    DATABASE = rule.DATABASE.name
    SFTP_ACCOUNT = rule.SFTP_ACCOUNT.name
    CRON_JOB = rule.CRON_JOB.name
    WEBSITE_APP = rule.WEBSITE_APP.name
    BACKUP = rule.BACKUP.name


@dataclass(frozen=True, slots=True)
class PackageResource:
    """One of them."""

    name: ResourceName
    used: int
    limit: int
    allowed: bool
    reason: RefusalReason | None
    message: str | None


async def package_resources(context: Context, package_id: str) -> list[PackageResource]:
    """All the caller is told of."""
    found = []
    for one in await stocks(context.signed_in, package_id):
        reason = RefusalReason(one.decision.reason) if isinstance(one.decision, Refused) else None
        text = None if reason is None else message(f"refused.{reason.value}", context.language)
        name = ResourceName(one.resource.name)
        found.append(PackageResource(name, one.used, one.limit, reason is None, reason, text))
    return found
