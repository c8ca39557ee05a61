"""Mail addresses of the demo: an alias and a forward beside the mailboxes of a domain, and some automatic replies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from models import Domain, DomainState, MailAddress, Mailbox, PackageFunction, PackageState
from models.database import in_unit_of_work
from models.rules.berlin import berlin_day

AT_ONCE = 500

EVERY = 7
"""One mailbox of so many answers by itself."""


async def make_mail_addresses(now: datetime) -> int:
    """Give domains with mailboxes their aliases and forwards where they have none; how many they were."""
    known = Domain.filter(state=DomainState.ACTIVE, mail_addresses=None, package__state=PackageState.ACTIVE)
    domains = await known.select_related("package__type").order_by("name")
    boxes: dict[str, Mailbox] = {}
    for box in await Mailbox.all().order_by("address"):
        boxes.setdefault(box.address.partition("@")[2], box)
    used = [one for one in domains if one.name in boxes and PackageFunction.EMAILS.value in one.package.type.functions]
    rows = [row for domain in used for row in _addresses(domain, boxes[domain.name])]
    away = [boxes[domain.name].id for domain in used[::EVERY]]
    today = berlin_day(now)

    async def write() -> None:
        await MailAddress.bulk_create(rows, batch_size=AT_ONCE)
        await Mailbox.filter(id__in=away or [""]).update(
            auto_reply_subject="Ich bin nicht da",
            auto_reply_text="Guten Tag,\nich bin unterwegs und melde mich, sobald ich zurück bin.",
            auto_reply_from=today - timedelta(days=2),
            auto_reply_to=today + timedelta(days=12),
        )

    await in_unit_of_work(write)
    return len(rows)


def _addresses(domain: Domain, box: Mailbox) -> Iterator[MailAddress]:
    for local_part, into, targets in (("hallo", box.id, []), ("ablage", None, ["archiv@example.org", box.address])):
        yield MailAddress(
            customer_id=domain.customer_id,
            package_id=domain.package_id,
            domain_id=domain.id,
            mailbox_id=into,
            address=f"{local_part}@{domain.name}",
            targets=targets,
            created_at=box.created_at,
        )
