"""Customers: master data, phone numbers, bank account, and the first password."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from gateway.jobs.importing.batch import Batch, Changes
from gateway.jobs.importing.first_passwords import FirstPasswords
from gateway.jobs.importing.record import Entry, Part, Record, misfit
from gateway.jobs.importing.values import (
    UNSAID,
    Country,
    CustomerNumber,
    Day,
    Email,
    Instant,
    Password,
    Phone,
    Text16,
    Text70,
    Text80,
    Text160,
    Username,
)
from gateway.keys import IBAN_SEAL
from models import BankAccount, Customer, CustomerKind, PhoneKind, PhoneNumber


def _iban(text: str) -> str:
    try:
        return str(IBAN(text).compact)
    except SchwiftyException:
        raise ValueError("is not an IBAN") from None


def _postcode_of_country(record: CustomerRecord) -> None:
    code = record.postcode
    if record.country == "DE" and not (len(code) == 5 and code.isascii() and code.isdigit()):
        raise misfit("postcode", "must have 5 digits in Germany")


class PhoneRecord(Part):
    """A phone number; the list of a record is the whole list."""

    kind: PhoneKind
    number: Phone


class BankAccountRecord(Part):
    """The account to debit and the SEPA mandate for it."""

    holder: Text70
    iban: Annotated[str, AfterValidator(_iban)] = Field(repr=False)
    mandate_reference: Annotated[str, Field(pattern=r"^[A-Za-z0-9+?/:().,'-]{1,35}$")]
    mandate_signed_on: Day


class CustomerRecord(Record):
    """Found by `number`. `password` is the first one: it counts when the customer is new and never again."""

    kind: Literal["customer"] = "customer"
    number: CustomerNumber
    customer_kind: CustomerKind
    first_name: Text80 | None = None
    last_name: Text80 | None = None
    company_name: Text160 | None = None
    vat_id: Annotated[str, Field(pattern=r"^[A-Z]{2}[A-Z0-9+*]{2,13}$")] | None = None
    street: Text160
    address_extra: Text160 | None = None
    postcode: Text16
    city: Text80
    country: Country
    email: Email
    invoice_email: Email | None = None
    language: Literal["de", "en"] = "de"
    username: Username | None = None
    password: Password | None = Field(None, repr=False)
    disabled_at: Instant | None = None
    created_at: Instant = UNSAID
    phones: Annotated[tuple[PhoneRecord, ...], Field(max_length=20)] = ()
    bank_account: BankAccountRecord | None = None

    @model_validator(mode="after")
    def _whole(self) -> CustomerRecord:
        if self.customer_kind is CustomerKind.PERSON and self.last_name is None:
            raise misfit("last_name", "is missing for a person")
        if self.customer_kind is CustomerKind.COMPANY and self.company_name is None:
            raise misfit("company_name", "is missing for a company")
        if len({phone.number for phone in self.phones}) < len(self.phones):
            raise misfit("phones", "holds a number twice")
        _postcode_of_country(self)
        return self

    def claims(self) -> Iterator[str]:
        """The number, and what must be unique beside it."""
        yield f"number {self.number}"
        if self.username:
            yield f"username {self.username}"
        if self.bank_account:
            yield f"mandate {self.bank_account.mandate_reference}"


_REQUIRED = ("street", "postcode", "city", "country", "email")
_OPTIONAL = (
    "first_name", "last_name", "company_name", "vat_id", "address_extra", "invoice_email", "language", "username",
    "disabled_at",
)  # fmt: skip


async def hash_passwords(entries: Sequence[Entry[CustomerRecord]], first: FirstPasswords) -> dict[int, str]:
    """What to store for the customers that are new, by line."""
    numbers = [entry.record.number for entry in entries]
    known = {row.number for row in await Customer.filter(number__in=numbers).only("id", "number")}
    return await first.by_line(
        {entry.line: entry.record.password for entry in entries if entry.record.number not in known}
    )


async def store_customers(batch: Batch[CustomerRecord]) -> None:
    """Insert or update the customers of a batch."""
    numbers = [entry.record.number for entry in batch.entries]
    found = await Customer.filter(number__in=numbers).order_by("id").select_for_update()
    known = {row.number: row for row in found}
    await _refuse_taken(batch)

    changes = Changes(batch.now)
    belongings = await _Belongings.of(found)
    for entry in batch.standing():
        record = entry.record
        customer = known.get(record.number)
        values = {name: getattr(record, name) for name in _REQUIRED} | record.given(*_OPTIONAL)
        values |= {"kind": record.customer_kind} | record.given("created_at")
        if customer is None:
            customer = Customer(
                **{"created_at": batch.now} | values,
                number=record.number,
                password_hash=batch.hashes[entry.line],
                password_changed_at=batch.now,
            )
            changes.add(customer)
            belongings.replace(customer, record, batch, changes)
        else:
            changes.change(customer, values, also=belongings.replace(customer, record, batch, changes))
    await changes.write()


async def _refuse_taken(batch: Batch[CustomerRecord]) -> None:
    """A user name or a mandate reference that another customer has."""
    records = [entry.record for entry in batch.entries]
    usernames = {
        row.username: row.number
        for row in await Customer.filter(username__in=[r.username for r in records if r.username])
    }
    references = [r.bank_account.mandate_reference for r in records if r.bank_account]
    # By number, not by id: whoever stores the same customers at this moment may have done so after `known` was read.
    stored = BankAccount.filter(mandate_reference__in=references)
    mandates = dict(await stored.values_list("mandate_reference", "customer__number"))
    for entry in batch.entries:
        record = entry.record
        if record.username and usernames.get(record.username, record.number) != record.number:
            batch.refuse(entry, "username", "belongs to another customer")
        account = record.bank_account
        if account and mandates.get(account.mandate_reference, record.number) != record.number:
            batch.refuse(entry, "bank_account.mandate_reference", "belongs to another customer")


@dataclass
class _Belongings:
    """Phone numbers and bank accounts of the customers of a batch."""

    phones: dict[str, dict[str, PhoneNumber]]
    accounts: dict[str, BankAccount]

    @classmethod
    async def of(cls, customers: Sequence[Customer]) -> _Belongings:
        ids = [customer.id for customer in customers]
        phones: dict[str, dict[str, PhoneNumber]] = {}
        for phone in await PhoneNumber.filter(customer_id__in=ids):
            phones.setdefault(phone.customer_id, {})[phone.number] = phone
        accounts = await BankAccount.filter(customer_id__in=ids)
        return cls(phones, {account.customer_id: account for account in accounts})

    def replace(
        self, customer: Customer, record: CustomerRecord, batch: Batch[CustomerRecord], changes: Changes
    ) -> list[str]:
        """Bring both to what the record says, as far as it says anything. Returns what is different."""
        different = []
        if "phones" in record.model_fields_set and self._replace_phones(customer, record, changes):
            different.append("phones")
        if "bank_account" in record.model_fields_set and self._replace_account(customer, record, batch, changes):
            different.append("bank_account")
        return different

    def _replace_phones(self, customer: Customer, record: CustomerRecord, changes: Changes) -> bool:
        stored = self.phones.get(customer.id, {})
        wanted = {phone.number: phone.kind for phone in record.phones}
        if {number: row.kind for number, row in stored.items()} == wanted:
            return False
        for number, row in stored.items():
            if wanted.get(number) is not row.kind:
                changes.remove(row)
        for number, kind in wanted.items():
            if number not in stored or stored[number].kind is not kind:
                changes.add(PhoneNumber(customer_id=customer.id, kind=kind, number=number))
        return True

    def _replace_account(
        self, customer: Customer, record: CustomerRecord, batch: Batch[CustomerRecord], changes: Changes
    ) -> bool:
        stored, wanted = self.accounts.get(customer.id), record.bank_account
        if wanted is None:
            if stored is not None:
                changes.remove(stored)
            return stored is not None
        values = wanted.model_dump(include={"holder", "mandate_reference", "mandate_signed_on"})
        if stored is not None and all(getattr(stored, name) == value for name, value in values.items()):
            try:
                if batch.keyring.unseal(IBAN_SEAL, stored.iban_sealed) == wanted.iban:
                    return False
            except ValueError:
                pass  # Sealed with a key that is gone: the record's IBAN is sealed anew.
        if stored is not None:
            changes.remove(stored)
        changes.add(
            BankAccount(
                customer_id=customer.id,
                iban_sealed=batch.keyring.seal(IBAN_SEAL, wanted.iban),
                iban_last4=wanted.iban[-4:],
                bank_name=IBAN(wanted.iban).bank_name,
                created_at=batch.now,
                **values,
            )
        )
        return True
