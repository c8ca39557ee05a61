"""Every kind of record, and how a batch of each is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from gateway.jobs.importing.batch import Batch
from gateway.jobs.importing.catalogue import PackageTypeRecord, TariffRecord, store_package_types, store_tariffs
from gateway.jobs.importing.contract import AddOnRecord, ContractRecord, store_add_ons, store_contracts
from gateway.jobs.importing.customer import CustomerRecord, hash_passwords, store_customers
from gateway.jobs.importing.domain import DomainRecord, store_domains
from gateway.jobs.importing.first_passwords import FirstPasswords
from gateway.jobs.importing.invoice import InvoiceRecord
from gateway.jobs.importing.invoice_store import store_invoices
from gateway.jobs.importing.mailbox import MailboxRecord, store_mailboxes
from gateway.jobs.importing.package import PackageRecord, hash_package_passwords, store_packages
from gateway.jobs.importing.record import Entry

Hash = Callable[[Sequence[Entry[Any]], FirstPasswords], Awaitable[dict[int, str]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`store` runs inside a unit of work; `hash` before it, where records bring passwords."""

    store: Callable[[Batch[Any]], Awaitable[None]]
    hash: Hash | None = None


KINDS: dict[str, Kind] = {
    "package_type": Kind(store_package_types),
    "tariff": Kind(store_tariffs),
    "customer": Kind(store_customers, hash_passwords),
    "package": Kind(store_packages, hash_package_passwords),
    "contract": Kind(store_contracts),
    "add_on": Kind(store_add_ons),
    "domain": Kind(store_domains),
    "mailbox": Kind(store_mailboxes),
    "invoice": Kind(store_invoices),
}
"""In an order in which each refers only to what comes before it."""

AnyRecord = (
    PackageTypeRecord
    | TariffRecord
    | CustomerRecord
    | PackageRecord
    | ContractRecord
    | AddOnRecord
    | DomainRecord
    | MailboxRecord
    | InvoiceRecord
)


@cache
def line_adapter() -> TypeAdapter[AnyRecord]:
    """Reads one line as the record its `kind` says."""
    return TypeAdapter(Annotated[AnyRecord, Field(discriminator="kind")])
