"""Contracts and what is booked on top of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from gateway.jobs.importing.batch import Batch, Changes
from gateway.jobs.importing.record import Record, misfit
from gateway.jobs.importing.sums import price_adds_up
from gateway.jobs.importing.values import (
    UNSAID,
    BasisPoints,
    Code,
    Count,
    Currency,
    Day,
    Identification,
    Instant,
    Months,
    Price,
    Text80,
)
from models import AddOn, Contract, ContractState, Package, Tariff


def _term_is_whole(state: ContractState, starts_on: date, ends_on: date | None) -> None:
    if state is not ContractState.ACTIVE and ends_on is None:
        raise misfit("ends_on", f"is missing for the state {state.value}")
    if ends_on is not None and ends_on < starts_on:
        raise misfit("ends_on", "is before starts_on")


class ContractRecord(Record):
    """Found by `number`. Terms and price that a new contract does not name are those of its tariff."""

    kind: Literal["contract"] = "contract"
    number: Code
    package: Identification
    tariff: Code
    state: ContractState
    starts_on: Day
    ends_on: Day | None = None
    minimum_term_months: Months = 0
    renewal_months: Months = 0
    notice_months: Months = 0
    billing_months: Annotated[Months, Field(ge=1)] = 1
    net_minor: Price = 0
    gross_minor: Price = 0
    vat_basis_points: BasisPoints = 0
    currency: Currency = "EUR"
    created_at: Instant = UNSAID

    @model_validator(mode="after")
    def _whole(self) -> ContractRecord:
        _term_is_whole(self.state, self.starts_on, self.ends_on)
        given = self.model_fields_set.intersection(_PRICE)
        if given and (missing := [name for name in _PRICE if name not in given]):
            raise misfit(missing[0], f"is missing: a price needs {', '.join(_PRICE)}")
        if given and not price_adds_up(self.net_minor, self.gross_minor, self.vat_basis_points):
            raise misfit("gross_minor", "is not the net price plus VAT")
        return self

    def claims(self) -> Iterator[str]:
        """The number, and the package, which has one contract."""
        yield f"number {self.number}"
        yield f"package {self.package}"


_PRICE = ("net_minor", "gross_minor", "vat_basis_points", "currency")
_TERMS = (*_PRICE, "minimum_term_months", "renewal_months", "notice_months", "billing_months")


async def store_contracts(batch: Batch[ContractRecord]) -> None:
    """Insert or update the contracts of a batch."""
    records = [entry.record for entry in batch.entries]
    packages = {
        row.identification: row for row in await Package.filter(identification__in={r.package for r in records})
    }
    tariffs = {row.code: row for row in await Tariff.filter(code__in={r.tariff for r in records})}
    found = await Contract.filter(number__in=[r.number for r in records]).order_by("id").select_for_update()
    known = {row.number: row for row in found}
    agreed = await Contract.filter(package_id__in=[row.id for row in packages.values()])
    of_package = {row.package_id: row.number for row in agreed}

    changes = Changes(batch.now)
    for entry in batch.entries:
        record = entry.record
        row, package, tariff = known.get(record.number), packages.get(record.package), tariffs.get(record.tariff)
        if package is None:
            batch.refuse(entry, "package", "there is no such package")
        elif tariff is None:
            batch.refuse(entry, "tariff", "there is no such tariff")
        elif row is not None and row.package_id != package.id:
            batch.refuse(entry, "package", "a contract cannot move to another package")
        elif of_package.get(package.id, record.number) != record.number:
            batch.refuse(entry, "package", "has another contract already")
        else:
            values: dict[str, Any] = record.given("ends_on", "created_at", *_TERMS)
            values |= {"tariff_id": tariff.id, "state": record.state, "starts_on": record.starts_on}
            if row is not None:
                changes.change(row, values)
                continue
            terms = {name: getattr(tariff, name) for name in _TERMS} | {"created_at": batch.now}
            changes.add(
                Contract(**terms | values, customer_id=package.customer_id, package_id=package.id, number=record.number)
            )
    await changes.write()


class AddOnRecord(Record):
    """Found by `contract`, `name` and `starts_on`: the same thing can be booked again after it ended."""

    kind: Literal["add_on"] = "add_on"
    contract: Code
    name: Text80
    starts_on: Day
    state: ContractState
    ends_on: Day | None = None
    quantity: Annotated[Count, Field(ge=1)] = 1
    net_minor: Price
    gross_minor: Price
    currency: Currency

    @model_validator(mode="after")
    def _whole(self) -> AddOnRecord:
        _term_is_whole(self.state, self.starts_on, self.ends_on)
        if self.gross_minor < self.net_minor:
            raise misfit("gross_minor", "is less than net_minor")
        return self

    def claims(self) -> Iterator[str]:
        """All that it is found by."""
        yield f"{self.contract} {self.starts_on} {self.name}"


async def store_add_ons(batch: Batch[AddOnRecord]) -> None:
    """Insert or update the add-ons of a batch.

    The contracts are locked first: no constraint keeps two imports at a time from booking the same add-on twice.
    """
    numbers = {entry.record.contract for entry in batch.entries}
    contracts = {
        row.number: row for row in await Contract.filter(number__in=numbers).order_by("id").select_for_update()
    }
    booked = await AddOn.filter(contract_id__in=[row.id for row in contracts.values()])
    known = {(row.contract_id, row.name, row.starts_on): row for row in booked}
    changes = Changes(batch.now)
    for entry in batch.entries:
        record = entry.record
        contract = contracts.get(record.contract)
        if contract is None:
            batch.refuse(entry, "contract", "there is no such contract")
            continue
        values: dict[str, Any] = record.given("ends_on", "quantity")
        values |= {name: getattr(record, name) for name in ("state", "net_minor", "gross_minor", "currency")}
        if (row := known.get((contract.id, record.name, record.starts_on))) is not None:
            changes.change(row, values)
        else:
            changes.add(
                AddOn(
                    **values,
                    customer_id=contract.customer_id,
                    contract_id=contract.id,
                    name=record.name,
                    starts_on=record.starts_on,
                )
            )
    await changes.write()
