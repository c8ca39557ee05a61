"""Mailboxes of packages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from gateway.jobs.importing.batch import Batch, Changes
from gateway.jobs.importing.record import Record
from gateway.jobs.importing.values import UNSAID, Count, Identification, Instant, MailboxAddress, Text80, ascii_domain
from models import Domain, MailAddress, Mailbox, Package


class MailboxRecord(Record):
    """Found by `address`. Sizes are mebibytes."""

    kind: Literal["mailbox"] = "mailbox"
    address: MailboxAddress
    package: Identification
    quota_mb: Count
    used_mb: Count = 0
    display_name: Text80 | None = None
    created_at: Instant = UNSAID

    @property
    def domain(self) -> str:
        """The domain of the address in A-labels."""
        return ascii_domain(self.address.rpartition("@")[2])

    def claims(self) -> Iterator[str]:
        """The address."""
        yield self.address


async def store_mailboxes(batch: Batch[MailboxRecord]) -> None:
    """Insert or update the mailboxes of a batch. A domain that is another customer's takes no mailbox from here."""
    records = [entry.record for entry in batch.entries]
    locked = Package.filter(identification__in={r.package for r in records}).order_by("id").select_for_update()
    packages = {row.identification: row for row in await locked}  # as whoever makes a mail address there locks it
    owners = {
        row.ascii_name: row.customer_id for row in await Domain.filter(ascii_name__in={r.domain for r in records})
    }
    found = await Mailbox.filter(address__in=[r.address for r in records]).order_by("id").select_for_update()
    known = {row.address: row for row in found}
    taken = {row.address for row in await MailAddress.filter(address__in=[r.address for r in records])}

    changes = Changes(batch.now)
    for entry in batch.entries:
        record = entry.record
        row, package = known.get(record.address), packages.get(record.package)
        if package is None:
            batch.refuse(entry, "package", "there is no such package")
        elif row is not None and row.customer_id != package.customer_id:
            batch.refuse(entry, "package", "a mailbox cannot move to another customer")
        elif owners.get(record.domain, package.customer_id) != package.customer_id:
            batch.refuse(entry, "address", "is under a domain of another customer")
        elif row is None and record.address in taken:
            batch.refuse(entry, "address", "is a mail address without a mailbox already")
        else:
            values = record.given("used_mb", "display_name", "created_at")
            values |= {"package_id": package.id, "quota_mb": record.quota_mb}
            if row is not None:
                changes.change(row, values)
                continue
            changes.add(
                Mailbox(**{"created_at": batch.now} | values, customer_id=package.customer_id, address=record.address)
            )
    await changes.write()
