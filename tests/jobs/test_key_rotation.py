"""Sealed secrets come under the current key, in steps that can be stopped and taken up again."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from gateway.jobs import key_rotation
from gateway.jobs.key_rotation import Rotated, passwords_with_older_keys, rotate
from gateway.keys import AUTH_INFO_SEAL, AUTHENTICATOR_SEAL, IBAN_SEAL, OPERATION_SEAL, Keyring
from models import Authenticator, BankAccount, Customer, Debit, Domain, Invoice, Operation, Package
from tests.auth.conftest import KEYRING, START, Door, make_people

BOTH = Keyring({1: b"1" * 32, 2: b"2" * 32})
DEVICES = 7
IBAN = "DE02120300000000202051"


def secret(number: int) -> str:
    return f"SECRET{number}"


@pytest.fixture
async def customer(database: Any, monkeypatch: pytest.MonkeyPatch) -> Customer:
    """A customer with a bank account and seven devices, all sealed with key 1; three rows go into a unit of work."""
    monkeypatch.setattr(key_rotation, "AT_ONCE", 3)
    door = Door()
    people = await make_people(door)
    await door.close()
    for number in range(DEVICES):
        await add_device(people.eve, KEYRING.seal(AUTHENTICATOR_SEAL, secret(number)), number)
    await BankAccount.create(
        customer_id=people.eve.id, holder="Eve", iban_sealed=KEYRING.seal(IBAN_SEAL, IBAN), iban_last4="2051",
        mandate_reference="M-1", mandate_signed_on=date(2024, 1, 2), created_at=START,
    )  # fmt: skip
    await _debit(people.eve)
    package = await Package.filter(customer_id=people.eve.id).first()
    assert package is not None
    for name, sealed in (("leaving", KEYRING.seal(AUTH_INFO_SEAL, "tell-nobody")), ("staying", None)):
        await Domain.create(
            customer_id=people.eve.id, package_id=package.id, name=f"{name}.example", ascii_name=f"{name}.example",
            state="ACTIVE", auth_info_sealed=sealed, created_at=START,
        )  # fmt: skip
    await Operation.create(
        customer_id=people.eve.id, package_id=package.id, number=1, kind="mailbox.create", subject_id="mbx_1", state="QUEUED",
        desired={}, secrets_sealed=KEYRING.seal(OPERATION_SEAL, "{}"), requested_at=START, available_at=START,
    )  # fmt: skip
    return people.eve


async def _debit(customer: Customer) -> None:
    invoice = await Invoice.create(
        customer_id=customer.id, number="R-1", state="PAID", issued_on=date(2024, 1, 2), due_on=date(2024, 1, 2),
        currency="EUR", net_minor=1, vat_minor=0, gross_minor=1, created_at=START,
    )  # fmt: skip
    await Debit.create(
        customer_id=customer.id, invoice_id=invoice.id, attempt=1, state="COLLECTED", amount_minor=1, currency="EUR",
        holder="Eve", iban_sealed=KEYRING.seal(IBAN_SEAL, IBAN), iban_last4="2051", mandate_reference="M-1",
        mandate_signed_on=date(2024, 1, 2), sequence="FRST", end_to_end_id="E-1", collect_on=date(2024, 1, 9),
        requested_at=START,
    )  # fmt: skip


async def add_device(customer: Customer, sealed: str, number: int) -> None:
    await Authenticator.create(
        customer_id=customer.id, name=f"{number}", secret_sealed=sealed, created_at=START + timedelta(seconds=number),
        pending_until=START, confirmed_at=START,
    )  # fmt: skip


async def numbers_of_keys() -> list[str]:
    sealed: list[Any] = await Authenticator.all().order_by("created_at").values_list("secret_sealed", flat=True)
    return [text.partition(":")[0] for text in sealed]


async def test_everything_is_sealed_anew_and_says_the_same(customer: Customer) -> None:
    looked_at: list[int] = []
    rotated = await rotate(BOTH, looked_at.append)
    assert rotated == [
        Rotated("authenticator secrets", DEVICES, 0, ()),
        Rotated("IBANs", 1, 0, ()),
        Rotated("IBANs of debits", 1, 0, ()),
        Rotated("AuthInfo of domains", 1, 0, ()),
        Rotated("secrets of operations", 1, 0, ()),
    ]
    assert looked_at == [3, 3, 1, 1, 1, 1, 1], "in small units of work"
    only_new = Keyring({2: b"2" * 32})
    devices = await Authenticator.all().order_by("created_at")
    assert [only_new.unseal(AUTHENTICATOR_SEAL, d.secret_sealed) for d in devices] == [
        secret(n) for n in range(DEVICES)
    ]
    assert only_new.unseal(IBAN_SEAL, (await BankAccount.get()).iban_sealed) == IBAN
    assert only_new.unseal(IBAN_SEAL, (await Debit.get()).iban_sealed) == IBAN
    (told,) = await Domain.exclude(auth_info_sealed=None)
    assert only_new.unseal(AUTH_INFO_SEAL, str(told.auth_info_sealed)) == "tell-nobody"
    assert only_new.unseal(OPERATION_SEAL, str((await Operation.get()).secrets_sealed)) == "{}"


async def test_a_second_time_there_is_nothing_to_do(customer: Customer) -> None:
    await rotate(BOTH)
    before = await Authenticator.all().order_by("id").values_list("secret_sealed", flat=True)
    assert await rotate(BOTH) == [
        Rotated("authenticator secrets", 0, DEVICES, ()),
        Rotated("IBANs", 0, 1, ()),
        Rotated("IBANs of debits", 0, 1, ()),
        Rotated("AuthInfo of domains", 0, 1, ()),
        Rotated("secrets of operations", 0, 1, ()),
    ]
    assert await Authenticator.all().order_by("id").values_list("secret_sealed", flat=True) == before


async def test_what_was_stopped_halfway_goes_on_where_it_was(customer: Customer) -> None:
    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rotate(BOTH, stop)
    assert await numbers_of_keys() == ["2"] * 3 + ["1"] * 4
    assert (await rotate(BOTH))[0] == Rotated("authenticator secrets", 4, 3, ())


async def test_two_at_once_do_each_row_once(customer: Customer) -> None:
    both = await asyncio.gather(rotate(BOTH), rotate(BOTH))
    assert sum(columns[0].sealed for columns in both) == DEVICES
    assert await numbers_of_keys() == ["2"] * DEVICES


async def test_what_changes_meanwhile_is_left_alone(customer: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    changed, store = BOTH.seal(AUTHENTICATOR_SEAL, "CHANGED"), key_rotation._store

    async def after_a_change(*given: Any) -> int:
        await Authenticator.filter(name="0").update(secret_sealed=changed)
        return await store(*given)

    monkeypatch.setattr(key_rotation, "_store", after_a_change)
    assert (await rotate(BOTH))[0].sealed == DEVICES - 1
    assert (await Authenticator.get(name="0")).secret_sealed == changed


async def test_what_no_key_opens_is_named_and_does_not_stop_the_others(customer: Customer) -> None:
    await add_device(customer, "7:lost", 100)
    await add_device(customer, KEYRING.seal(IBAN_SEAL, "for another purpose"), 101)
    ids: list[Any] = await Authenticator.filter(name__in=["100", "101"]).order_by("id").values_list("id", flat=True)
    assert (await rotate(BOTH))[0] == Rotated("authenticator secrets", DEVICES, 0, tuple(ids))


async def test_it_tells_how_many_passwords_wait_for_their_owners(customer: Customer) -> None:
    assert await passwords_with_older_keys(KEYRING) == 0
    assert await passwords_with_older_keys(BOTH) == 3, "two customers and a package"
    door = Door(keyring=BOTH)
    await door.attempt("eve")
    assert await passwords_with_older_keys(BOTH) == 2
    await door.close()
