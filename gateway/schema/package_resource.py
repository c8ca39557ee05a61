"""What a package has a number of: mailboxes, databases and so on, with their limits."""

from typing import Any

import strawberry

from gateway.auth.permissions import ReadPackages
from gateway.resolvers import package_resource as resolve
from gateway.resolvers.package import RefusalReason
from gateway.resolvers.package_resource import ResourceName
from gateway.schema.enums import describe
from gateway.schema.field import column

describe(
    ResourceName,
    "Something a package can have a number of. Expect further values.",
    MAILBOX="Mailboxes.",
    MAIL_ADDRESS="Mail addresses without a mailbox: aliases, forwards, what catches all others.",
    WEB_HOST="Host names that the web servers answer for.",
    DATABASE="Databases.",
    SFTP_ACCOUNT="Accounts for the web space.",
    CRON_JOB="Jobs that run at times.",
    WEBSITE_APP="Website apps.",
    BACKUP="Backups that somebody here made.",
)


@strawberry.type(description="How much of one thing a package has, and whether there is room for one more.")
class PackageResource:
    name: ResourceName = column(ReadPackages, "What it is.")
    used: int = column(ReadPackages, "How many there are.")
    limit: int = column(ReadPackages, "How many there can be.")
    allowed: bool = column(ReadPackages, "Whether one more can be made now.")
    reason: RefusalReason | None = column(ReadPackages, "Why not; null when it is allowed.")
    message: str | None = column(ReadPackages, "The reason in the language of the request; null when it is allowed.")


async def package_resources(info: strawberry.Info, root: strawberry.Parent[Any]) -> list[PackageResource]:
    """For `Package.resources`."""
    return await resolve.package_resources(info.context, root.id)  # type: ignore[return-value]  # has the same attributes
