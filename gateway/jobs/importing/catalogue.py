"""The catalogue: kinds of packages, and the tariffs they are sold at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from gateway.jobs.importing.batch import Batch, Changes
from gateway.jobs.importing.record import Record, misfit
from gateway.jobs.importing.sums import price_adds_up
from gateway.jobs.importing.values import BasisPoints, Code, Count, Currency, Months, Price, Text80
from models import PackageFunction, PackageType, Tariff


class PackageTypeRecord(Record):
    """Found by `code`. `functions` is the menu in its order."""

    kind: Literal["package_type"] = "package_type"
    code: Code
    name: Text80
    family: Code
    functions: Annotated[tuple[PackageFunction, ...], Field(max_length=len(PackageFunction))]
    mailbox_limit: Count = 0
    domain_limit: Count = 0
    database_limit: Count = 0
    web_space_mb: Count = 0

    @model_validator(mode="after")
    def _each_once(self) -> PackageTypeRecord:
        if len(set(self.functions)) < len(self.functions):
            raise misfit("functions", "holds a function twice")
        return self

    def claims(self) -> Iterator[str]:
        """The code."""
        yield self.code


class TariffRecord(Record):
    """Found by `code`. Contracts keep the terms they were made with when a tariff changes."""

    kind: Literal["tariff"] = "tariff"
    code: Code
    package_type: Code
    name: Text80
    net_minor: Price
    gross_minor: Price
    vat_basis_points: BasisPoints
    currency: Currency
    billing_months: Annotated[Months, Field(ge=1)]
    minimum_term_months: Months
    renewal_months: Months
    notice_months: Months
    available: bool = True

    @model_validator(mode="after")
    def _adds_up(self) -> TariffRecord:
        if not price_adds_up(self.net_minor, self.gross_minor, self.vat_basis_points):
            raise misfit("gross_minor", "is not the net price plus VAT")
        return self

    def claims(self) -> Iterator[str]:
        """The code."""
        yield self.code


async def store_package_types(batch: Batch[PackageTypeRecord]) -> None:
    """Insert or update the kinds of packages of a batch."""
    codes = [entry.record.code for entry in batch.entries]
    known = {row.code: row for row in await PackageType.filter(code__in=codes).order_by("id").select_for_update()}
    changes = Changes(batch.now)
    for entry in batch.standing():
        record = entry.record
        limits = record.given("mailbox_limit", "domain_limit", "database_limit", "web_space_mb")
        functions = [function.value for function in record.functions]
        values = {"name": record.name, "family": record.family, "functions": functions} | limits
        if (row := known.get(record.code)) is not None:
            changes.change(row, values)
        else:
            changes.add(PackageType(code=record.code, **values))
    await changes.write()


_TERMS = (
    "name", "net_minor", "gross_minor", "vat_basis_points", "currency", "billing_months", "minimum_term_months",
    "renewal_months", "notice_months",
)  # fmt: skip


async def store_tariffs(batch: Batch[TariffRecord]) -> None:
    """Insert or update the tariffs of a batch."""
    records = [entry.record for entry in batch.entries]
    types = {row.code: row.id for row in await PackageType.filter(code__in={r.package_type for r in records})}
    found = await Tariff.filter(code__in=[r.code for r in records]).order_by("id").select_for_update()
    known = {row.code: row for row in found}
    changes = Changes(batch.now)
    for entry in batch.entries:
        record = entry.record
        if record.package_type not in types:
            batch.refuse(entry, "package_type", "there is no such package type")
            continue
        values = {name: getattr(record, name) for name in _TERMS} | record.given("available")
        values["type_id"] = types[record.package_type]
        if (row := known.get(record.code)) is not None:
            changes.change(row, values)
        else:
            changes.add(Tariff(code=record.code, **values))
    await changes.write()
