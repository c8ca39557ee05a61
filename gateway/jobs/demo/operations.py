"""Technical changes of the demo's packages that the host's systems have carried out, and a few that they refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import Mailbox, Operation, OperationState, Package, WebHost
from models.database import in_unit_of_work

AT_ONCE = 500
OF_A_KIND = 2
"""Changes of each kind that a package shows at most."""

EVERY = 5
"""One package of so many has a change that was refused."""


@dataclass(frozen=True, slots=True)
class Past:
    """A change of long ago."""

    kind: str
    subject_id: str
    desired: dict[str, object]
    at: datetime
    error: str | None = None


async def make_operations(now: datetime) -> int:
    """Give each package that has none the changes its mailboxes and host names came by; how many they were."""
    pasts: defaultdict[str, list[Past]] = defaultdict(list)
    for mailbox in await Mailbox.filter(created_at__lt=now).order_by("created_at", "id"):
        pasts[mailbox.package_id].append(_mailbox(mailbox))
    for host in await WebHost.filter(name="@", created_at__lt=now).select_related("domain").order_by("id"):
        name = host.domain.ascii_name
        pasts[host.package_id].append(Past("web_host.create", host.id, {"name": name}, host.created_at))
    new = await Package.filter(package_operations=None, id__in=list(pasts)).order_by("id")
    rows = [row for number, package in enumerate(new) for row in _rows(package, pasts[package.id], number, now)]

    async def write() -> None:
        await Operation.bulk_create(rows, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(rows)


def _mailbox(mailbox: Mailbox) -> Past:
    desired: dict[str, object] = {"address": mailbox.address, "quotaMb": mailbox.quota_mb}
    return Past("mailbox.create", mailbox.id, desired, mailbox.created_at)


def _rows(package: Package, pasts: list[Past], place: int, now: datetime) -> Iterator[Operation]:
    shown = [past for kind in sorted({past.kind for past in pasts}) for past in _few(pasts, kind)]
    if place % EVERY == 0:
        last = max(shown, key=lambda past: past.at)
        at = (last.at + (now - last.at) / 2).replace(microsecond=0)
        kind = f"{last.kind.partition('.')[0]}.change"
        shown.append(
            Past(kind, last.subject_id, last.desired, at, "QUOTA_TOO_LARGE" if "mail" in kind else "NO_CERTIFICATE")
        )
    for number, past in enumerate(sorted(shown, key=lambda past: past.at), 1):
        yield Operation(
            customer_id=package.customer_id,
            package_id=package.id,
            number=number,
            kind=past.kind,
            subject_id=past.subject_id,
            state=OperationState.SUCCEEDED if past.error is None else OperationState.FAILED,
            progress=100 if past.error is None else 0,
            desired=past.desired,
            attempts=1,
            error=past.error,
            requested_at=past.at,
            available_at=past.at,
            started_at=past.at + timedelta(seconds=1),
            finished_at=past.at + timedelta(seconds=3 + number),
        )


def _few(pasts: list[Past], kind: str) -> list[Past]:
    return [past for past in pasts if past.kind == kind][:OF_A_KIND]
