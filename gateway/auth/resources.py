"""How many of each thing a package has, and finding room for one more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tortoise.queryset import QuerySet

from gateway.auth import visible
from gateway.auth.package_function import find_package
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import Package
from models.rules import resource as rule
from models.rules.decision import Decision, Refused
from models.rules.resource import RESOURCES, Resource

_ROWS: Mapping[Resource, Callable[[Viewer], QuerySet[Any]]] = {
    rule.MAILBOX: visible.mailboxes,
    rule.MAIL_ADDRESS: visible.mail_addresses,
    rule.WEB_HOST: visible.web_hosts,
    rule.DATABASE: visible.hosted_databases,
    rule.SFTP_ACCOUNT: visible.sftp_accounts,
    rule.CRON_JOB: visible.cron_jobs,
    rule.WEBSITE_APP: visible.website_apps,
    rule.BACKUP: lambda viewer: visible.backups(viewer).filter(automatic=False),
}


@dataclass(frozen=True, slots=True)
class Stock:
    """How much of one thing there is, and whether one more can be made."""

    resource: Resource
    used: int
    limit: int
    decision: Decision


async def counted(viewer: Viewer, package_id: str, resource: Resource) -> int:
    """How many of `resource` a package has."""
    return await _ROWS[resource](viewer).filter(package_id=package_id).count()


async def stock(viewer: Viewer, package: Package, resource: Resource) -> Stock:
    """What there is of `resource`. The package comes with its type.

    A limit counts what the whole package has, also what lies in domains that an API token does not reach.
    """
    used = await counted(viewer, package.id, resource)
    there = used
    if viewer.domain_ids is not None:
        there = await counted(replace(viewer, domain_ids=None), package.id, resource)
    limit: int = getattr(package.type, resource.limit)
    return Stock(resource, used, limit, rule.room_for(resource, package.type.functions, package.state, there, limit))


async def stocks(viewer: Viewer, package_id: str) -> list[Stock]:
    """Those the viewer is told of; none for a package that is not there."""
    package = await visible.packages(viewer).select_related("type").get_or_none(id=package_id)
    if package is None:
        return []
    scopes = {scope.value for scope in viewer.scopes}
    return [await stock(viewer, package, resource) for resource in RESOURCES if resource.scope in scopes]


async def find_room(viewer: Viewer, package_id: str, resource: Resource, path: tuple[str, ...]) -> Package:
    """The package, locked until the unit of work ends, in which one more of `resource` can be made.

    Asked inside the unit that makes it, so that of two at once one finds the limit reached. Raises as `find_package`, and
    `CONFLICT` with `LIMIT_REACHED`.
    """
    await find_package(viewer, package_id, resource.function, path)
    await visible.packages(viewer).filter(id=package_id).select_for_update().first()
    package = await find_package(viewer, package_id, resource.function, path)
    decision = (await stock(viewer, package, resource)).decision
    if isinstance(decision, Refused):
        raise GatewayError(ErrorCode.CONFLICT, f"refused.{decision.reason}", path=path)
    return package
