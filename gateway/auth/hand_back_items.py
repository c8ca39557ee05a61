"""What whoever had the care of a package may still have a way into: the items that a hand-back deals with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from models import ActorKind, ApiToken, HostedDatabase, Mailbox, Operation, Package, SftpAccount, SshKey, WebTarget
from models.ids import prefix_of
from models.rules.web_host import absolute


class HandBackKind(StrEnum):
    """What an item is. The last five are for a person to look at: nothing here can close them."""

    SESSION = "SESSION"
    PACKAGE_PASSWORD = "PACKAGE_PASSWORD"  # noqa: S105 - the name of a kind, no secret
    API_TOKEN = "API_TOKEN"  # noqa: S105 - the name of a kind, no secret
    MAILBOX = "MAILBOX"
    DATABASE = "DATABASE"
    SFTP_ACCOUNT = "SFTP_ACCOUNT"
    SSH_KEY = "SSH_KEY"
    FORWARD = "FORWARD"
    CRON_JOB = "CRON_JOB"
    WEBSITE_APP = "WEBSITE_APP"
    WEB_HOST = "WEB_HOST"
    DNS = "DNS"


@dataclass(slots=True)
class Item:
    """One of them. `done`: it is closed by now, with `secret` and `operation` where there are any. `touched`: whoever had the
    care of the package made or changed it."""

    kind: HandBackKind
    object_id: str | None
    name: str
    touched: bool
    done: bool = False
    secret: str | None = None
    operation: Operation | None = None


@dataclass(frozen=True, slots=True)
class Entrances:
    """The rows behind the items of a package."""

    sessions: int
    tokens: list[ApiToken]
    mailboxes: list[Mailbox]
    databases: list[HostedDatabase]
    accounts: list[SftpAccount]
    keys: list[SshKey]
    touched: frozenset[str]


async def find_entrances(viewer: Viewer, package: Package, now: datetime) -> Entrances:
    """Every way into a package there is. The viewer is the customer."""
    of_package = {"package_id": package.id}
    events = visible.audit_events(viewer).filter(
        **of_package, actor_kind__in=(ActorKind.PACKAGE_LOGIN, ActorKind.API_TOKEN), object_id__isnull=False
    )
    return Entrances(
        await visible.sessions(viewer).filter(**of_package, expires_at__gt=now).count(),
        await visible.api_tokens(viewer).filter(**of_package, expires_at__gt=now).order_by("id"),
        await visible.mailboxes(viewer).filter(**of_package).order_by("address"),
        await visible.hosted_databases(viewer).filter(**of_package).order_by("name"),
        await visible.sftp_accounts(viewer).filter(**of_package).order_by("username"),
        await visible.ssh_keys(viewer).filter(**of_package).order_by("account_id", "id"),
        frozenset(str(id) for id in await events.distinct().values_list("object_id", flat=True)),
    )


async def to_look_at(viewer: Viewer, package: Package, touched: frozenset[str]) -> list[Item]:
    """What only a person can judge: mail and visitors that go elsewhere, jobs, accounts inside of website apps, records."""
    of_package = {"package_id": package.id}
    addresses = await visible.mail_addresses(viewer).filter(**of_package).order_by("address")
    jobs = await visible.cron_jobs(viewer).filter(**of_package).order_by("created_at", "id")
    apps = await visible.website_apps(viewer).filter(**of_package).order_by("created_at", "id")
    hosts = await visible.web_hosts(viewer).filter(**of_package).select_related("domain").order_by("domain_id", "name")
    domains = await visible.domains(viewer).filter(**of_package).order_by("name")
    return [
        *(_item(HandBackKind.FORWARD, one.id, one.address, touched) for one in addresses if one.targets),
        *(_item(HandBackKind.CRON_JOB, one.id, one.label or one.target, touched) for one in jobs),
        *(_item(HandBackKind.WEBSITE_APP, one.id, f"{one.app}: {one.username}", touched) for one in apps),
        *(
            _item(HandBackKind.WEB_HOST, one.id, absolute(one.name, one.domain.ascii_name), touched)
            for one in hosts
            if one.target is WebTarget.REDIRECT or one.id in touched
        ),
        *(_item(HandBackKind.DNS, one.id, one.name, touched) for one in domains if one.id in touched),
    ]


def items_of(found: Entrances, package: Package) -> list[Item]:
    """The items behind rows, none of them done."""
    touched, names = found.touched, {one.id: one.username for one in found.accounts}
    return [
        *([Item(HandBackKind.SESSION, None, str(found.sessions), True)] if found.sessions else []),
        *([_item(HandBackKind.PACKAGE_PASSWORD, package.id, package.name, touched)] if package.password_hash else []),
        *(_item(HandBackKind.API_TOKEN, one.id, one.name, touched) for one in found.tokens),
        *(_item(HandBackKind.MAILBOX, one.id, one.address, touched) for one in found.mailboxes),
        *(_item(HandBackKind.DATABASE, one.id, one.name, touched) for one in found.databases),
        *(_item(HandBackKind.SFTP_ACCOUNT, one.id, one.username, touched) for one in found.accounts if _opens(one)),
        *(
            _item(HandBackKind.SSH_KEY, one.id, f"{names.get(one.account_id, '')}: {one.fingerprint}", touched)
            for one in found.keys
        ),
    ]


def _opens(account: SftpAccount) -> bool:
    """Whether there is a password that opens it."""
    return account.password_changed_at is not None


def _item(kind: HandBackKind, id: str, name: str, touched: frozenset[str]) -> Item:
    return Item(kind, id, name, id in touched)


async def checklist(viewer: Viewer, package_id: str, now: datetime) -> list[Item]:
    """What a hand-back of a package would deal with and what it leaves to look at; nothing for one that is not there."""
    package = None
    if prefix_of(package_id) == "pkg":
        package = await visible.packages(viewer).get_or_none(id=package_id)
    if package is None:
        return []
    found = await find_entrances(viewer, package, now)
    return [*items_of(found, package), *await to_look_at(viewer, package, found.touched)]
