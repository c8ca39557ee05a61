"""Packages, and the first package password."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field, model_validator

from gateway.jobs.importing.batch import Batch, Changes
from gateway.jobs.importing.first_passwords import FirstPasswords
from gateway.jobs.importing.record import Entry, Record, misfit
from gateway.jobs.importing.values import UNSAID, Code, Count, CustomerNumber, Identification, Instant, Password, Text80
from models import Customer, Package, PackageState, PackageType


class PackageRecord(Record):
    """Found by `identification`. A new package without a name is called after its type.

    `password` is the first package password: it counts when the package is new and never again.
    """

    kind: Literal["package"] = "package"
    identification: Identification
    order_number: Code
    customer: CustomerNumber
    package_type: Code
    state: PackageState
    name: Text80 = ""
    password: Password | None = Field(None, repr=False)
    created_at: Instant = UNSAID
    ended_at: Instant | None = None
    web_space_used_mb: Count = 0

    @model_validator(mode="after")
    def _whole(self) -> PackageRecord:
        if "created_at" in self.model_fields_set and self.ended_at and self.ended_at < self.created_at:
            raise misfit("ended_at", "is before created_at")
        return self

    def claims(self) -> Iterator[str]:
        """The identification, and the order number, which is unique too."""
        yield f"identification {self.identification}"
        yield f"order {self.order_number}"


async def hash_package_passwords(entries: Sequence[Entry[PackageRecord]], first: FirstPasswords) -> dict[int, str]:
    """What to store for new packages that bring a password, by line."""
    wanted = {e.record.identification: e for e in entries if e.record.password is not None}
    rows = await Package.filter(identification__in=list(wanted)).only("id", "identification")
    known = {row.identification for row in rows}
    return await first.by_line({e.line: e.record.password for key, e in wanted.items() if key not in known})


async def store_packages(batch: Batch[PackageRecord]) -> None:
    """Insert or update the packages of a batch."""
    records = [entry.record for entry in batch.entries]
    types = {row.code: row for row in await PackageType.filter(code__in={r.package_type for r in records})}
    customers = {row.number: row.id for row in await Customer.filter(number__in={r.customer for r in records})}
    found = (
        await Package.filter(identification__in=[r.identification for r in records]).order_by("id").select_for_update()
    )
    known = {row.identification: row for row in found}
    ordered = await Package.filter(order_number__in=[r.order_number for r in records])
    orders = {row.order_number: row.identification for row in ordered}

    changes = Changes(batch.now)
    for entry in batch.entries:
        record = entry.record
        row = known.get(record.identification)
        if record.customer not in customers:
            batch.refuse(entry, "customer", "there is no such customer")
        elif record.package_type not in types:
            batch.refuse(entry, "package_type", "there is no such package type")
        elif orders.get(record.order_number, record.identification) != record.identification:
            batch.refuse(entry, "order_number", "belongs to another package")
        elif row is not None and row.customer_id != customers[record.customer]:
            batch.refuse(entry, "customer", "a package cannot move to another customer")
        else:
            values = record.given("name", "created_at", "ended_at", "web_space_used_mb")
            values |= {"order_number": record.order_number, "state": record.state}
            values["type_id"] = types[record.package_type].id
            if row is not None:
                changes.change(row, values)
                continue
            password_hash = batch.hashes.get(entry.line)
            defaults = {"name": types[record.package_type].name, "created_at": batch.now}
            changes.add(
                Package(
                    **defaults | values,
                    customer_id=customers[record.customer],
                    identification=record.identification,
                    password_hash=password_hash,
                    password_changed_at=batch.now if password_hash else None,
                )
            )
    await changes.write()
