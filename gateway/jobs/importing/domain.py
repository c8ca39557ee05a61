"""Domain names of packages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from gateway.jobs.domain_move import take_along
from gateway.jobs.importing.batch import Batch, Changes
from gateway.jobs.importing.record import Record
from gateway.jobs.importing.values import UNSAID, Day, DomainName, Identification, Instant, ascii_domain
from models import Domain, DomainState, Package


class DomainRecord(Record):
    """Found by `name`, in Unicode or in A-labels. A package has one main domain: the last one that says so."""

    kind: Literal["domain"] = "domain"
    name: DomainName
    package: Identification
    state: DomainState
    main: bool = False
    registered_on: Day | None = None
    paid_until: Day | None = None
    created_at: Instant = UNSAID

    def claims(self) -> Iterator[str]:
        """The name, and the package whose main domain it becomes."""
        yield f"name {self.name}"
        if self.main:
            yield f"main {self.package}"


async def store_domains(batch: Batch[DomainRecord]) -> None:
    """Insert or update the domains of a batch."""
    packages = {
        row.identification: row
        for row in await Package.filter(identification__in={entry.record.package for entry in batch.entries})
        .order_by("id")
        .select_for_update()  # so that two imports at a time leave one main domain
    }
    names = {entry.line: ascii_domain(entry.record.name) for entry in batch.entries}
    found = await Domain.filter(ascii_name__in=list(names.values())).order_by("id").select_for_update()
    known = {row.ascii_name: row for row in found}

    changes = Changes(batch.now)
    mains: dict[str, str] = {}
    moved: dict[str, str] = {}
    for entry in batch.entries:
        record, ascii_name = entry.record, names[entry.line]
        row, package = known.get(ascii_name), packages.get(record.package)
        if package is None:
            batch.refuse(entry, "package", "there is no such package")
        elif row is not None and row.customer_id != package.customer_id:
            batch.refuse(entry, "package", "a domain cannot move to another customer")
        else:
            if record.main:
                mains[package.id] = ascii_name
            values = record.given("main", "registered_on", "paid_until", "created_at")
            values |= {"package_id": package.id, "state": record.state}
            if row is not None:
                if row.package_id != package.id:
                    values = {"main": False} | values
                    moved[row.id] = package.id
                changes.change(row, values)
                continue
            changes.add(
                Domain(
                    **{"created_at": batch.now} | values,
                    customer_id=package.customer_id,
                    name=record.name,
                    ascii_name=ascii_name,
                )
            )
    for other in await Domain.filter(package_id__in=list(mains), main=True):
        row = known.get(other.ascii_name, other)
        if mains.get(row.package_id, row.ascii_name) != row.ascii_name:
            changes.change(row, {"main": False})
    await changes.write()
    for domain_id, package_id in moved.items():
        await take_along(domain_id, package_id)
