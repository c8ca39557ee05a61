"""Changing master data: one mutation for each subject, at once for everything under the customer number."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from gateway.auth.notices import unsealed
from gateway.keys import IBAN_SEAL, Keyring
from models import AuditEvent, BankAccount, Customer, Domain, OutboxMessage
from models.database import fetch
from tests.api.cases.customer import ACCOUNT, ADDRESS, IBAN, confirmation
from tests.api.service import Reply, Service
from tests.api.stored import changed, stored
from tests.world import KEYS, Caller, tables

NEW = "neu@example.org"
SELECTED = """customer { version email invoiceEmail language address { street extra postcode city country }
  phoneNumbers { kind number } bankAccount { holder bankName ibanLast4 mandateReference mandateSignedOn }
  pendingEmail { email expiresAt } holderChange { message formUrl } }"""


def text(name: str) -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation($input: {kind}!) {{ {name}(input: $input) {{ {SELECTED} errors {{ code message path }} }} }}"


async def call(
    service: Service, name: str, given: dict[str, Any], by: str | None = None, version: int = 1
) -> dict[str, Any]:
    token = by or await service.token(Caller.OWNER, raised=True)
    reply = await service.ask(text(name), {"input": {"version": version, **given}}, by=token)
    payload = reply.data[name]
    assert isinstance(payload, dict)
    return payload


async def confirm(service: Service, code: str) -> Reply:
    mutation = """mutation($input: CustomerEmailConfirmInput!) {
      customerEmailConfirm(input: $input) { confirmed errors { code path } } }"""
    return await service.ask(mutation, {"input": {"code": code}})


async def refused(service: Service, name: str, given: dict[str, Any], path: list[str], version: int = 1) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    before = await stored()
    payload = await call(service, name, given, token, version)
    (error,) = payload["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", *path])
    assert payload["customer"] is None
    for value in given.values():
        assert not isinstance(value, str) or len(value) < 4 or value not in json.dumps(payload)
    assert changed(before, await stored()) == set()


async def test_another_address_counts_at_once_and_by_a_mail(service: Service) -> None:
    payload = await call(service, "customerAddressChange", ADDRESS)
    assert payload["errors"] == []
    assert payload["customer"]["address"] == ADDRESS
    assert payload["customer"]["version"] == 2
    seen = await service.both("{ customer { address { street city } version } }", by=Caller.OWNER)
    assert seen.data["customer"] == {"address": {"street": "Hafenstraße 7", "city": "Hamburg"}, "version": 2}
    assert (await OutboxMessage.get(kind="mail.address_changed")).payload["to"] == ["anna@example.com"]
    assert await AuditEvent.filter(action="customer.address_change").count() == 1


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("street", ""), ("street", "x" * 161), ("street", "a\u0000b"), ("street", "Hafen\nstraße"),
        ("city", "H\u0430mburg"), ("city", " "), ("city", "\u202eHamburg"),
        ("postcode", "2045"), ("postcode", "２０４５７"), ("country", "XX"), ("country", "Deutschland"), ("extra", "x" * 161),
    ],
)  # fmt: skip
async def test_an_address_that_will_not_do_is_refused_with_its_part(part: str, value: str, service: Service) -> None:
    await refused(service, "customerAddressChange", {**ADDRESS, part: value}, [part])


async def test_phone_numbers_are_read_as_people_write_them(service: Service) -> None:
    typed = [
        {"kind": "LANDLINE", "number": "(030) 2273-2152"},
        {"kind": "MOBILE", "number": "+43 664 1234567"},
        {"kind": "FAX", "number": "0049 89 2180 0"},
    ]
    payload = await call(service, "customerPhoneNumbersChange", {"phoneNumbers": typed})
    assert {entry["number"] for entry in payload["customer"]["phoneNumbers"]} == {
        "+493022732152", "+436641234567", "+498921800",
    }  # fmt: skip
    emptied = await call(service, "customerPhoneNumbersChange", {"phoneNumbers": []}, version=2)
    assert emptied["customer"]["phoneNumbers"] == []


@pytest.mark.parametrize(
    "number",
    [
        "",
        "12",
        "030/22732152 ext. 5",
        "x" * 60,
        "+999123456789",
        "０３０２２７３２１５２\u0000",
        "０３０２２７３２１５２",
        "0800 FLOWERS",
        "tel:+493022732152;isub=1",
        "030\n22732152",
        "911",
    ],
)
async def test_what_is_no_phone_number_is_refused_with_its_place(number: str, service: Service) -> None:
    typed = [{"kind": "MOBILE", "number": "0170 1234567"}, {"kind": "FAX", "number": number}]
    await refused(service, "customerPhoneNumbersChange", {"phoneNumbers": typed}, ["phoneNumbers", "1", "number"])


async def test_a_number_twice_and_too_many_are_refused(service: Service) -> None:
    twice = [{"kind": "MOBILE", "number": "0170 1234567"}, {"kind": "FAX", "number": "+49 170 1234567"}]
    await refused(service, "customerPhoneNumbersChange", {"phoneNumbers": twice}, ["phoneNumbers", "1", "number"])
    many = [{"kind": "MOBILE", "number": f"0170 12345{n:02}"} for n in range(11)]
    await refused(service, "customerPhoneNumbersChange", {"phoneNumbers": many}, ["phoneNumbers"])


async def test_a_new_contact_address_counts_once_its_code_comes_back(service: Service) -> None:
    payload = await call(service, "customerEmailChange", {"email": f" {NEW} "})
    assert payload["errors"] == []
    assert payload["customer"]["email"] == "anna@example.com"
    assert payload["customer"]["pendingEmail"] == {"email": NEW, "expiresAt": "2026-03-03T12:00:00Z"}
    told = {message.kind: message.payload for message in await OutboxMessage.all()}
    assert told["mail.email_confirmation"]["to"] == [NEW]
    assert told["mail.email_change_requested"]["to"] == ["anna@example.com"]
    link = unsealed(Keyring(KEYS), told["mail.email_confirmation"])["link"]
    code = link.partition("code=")[2]
    for table in tables():
        assert code not in repr([tuple(row) for row in await fetch(f'SELECT * FROM "{table}"')])
    assert (await confirm(service, code)).data["customerEmailConfirm"] == {"confirmed": True, "errors": []}
    customer = await Customer.get(id=service.world.owner.customer)
    assert (customer.email, customer.version) == (NEW, 3)
    mails = await OutboxMessage.filter(kind="mail.email_changed")
    assert {mail.payload["to"][0] for mail in mails} == {NEW, "anna@example.com"}
    again = (await confirm(service, code)).data["customerEmailConfirm"]
    assert again == {"confirmed": None, "errors": [{"code": "BAD_USER_INPUT", "path": ["input", "code"]}]}


async def test_a_code_is_void_after_a_day_and_when_a_newer_one_was_sent(service: Service) -> None:
    first = await confirmation(service.world.owner.customer)
    second = await confirmation(service.world.owner.customer)
    assert (await confirm(service, first)).data["customerEmailConfirm"]["confirmed"] is None
    service.clock.wait(hours=24)
    assert (await confirm(service, second)).data["customerEmailConfirm"]["confirmed"] is None
    assert (await Customer.get(id=service.world.owner.customer)).email == "anna@example.com"


async def test_of_fifty_uses_of_one_code_one_counts(service: Service) -> None:
    code = await confirmation(service.world.owner.customer)
    replies = await asyncio.gather(*(confirm(service, code) for _ in range(15)))
    assert sorted(str(reply.data["customerEmailConfirm"]["confirmed"]) for reply in replies) == ["None"] * 14 + ["True"]
    assert await AuditEvent.filter(action="customer.email_change").count() == 1


@pytest.mark.parametrize(
    "email",
    [
        "", "anna", "neu@example.org\n", "ANNA@example.com",
        "a@b", "a@@example.org", "a b@example.org", "ä@example.org", "a@example.org\nBcc: x@example.org",
        "x" * 250 + "@example.org", "а@ехample.оrg\u0000", "a@-example.org", "a@[127.0.0.1]", '"a b"@example.org',
        "a@localhost",
        "info@laden.example", "info@mail.laden.example", "info@LADEN.example", "büro@bücher-müller.example", "anna@example.com",
    ],
)  # fmt: skip
async def test_a_contact_address_that_will_not_do_is_refused(email: str, service: Service) -> None:
    await refused(service, "customerEmailChange", {"email": email}, ["email"])


async def test_an_hour_has_only_so_many_mails_to_new_addresses(service: Service) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    for version in range(1, 6):
        assert (await call(service, "customerEmailChange", {"email": NEW}, token, version))["errors"] == []
    before = await stored()
    (error,) = (await call(service, "customerEmailChange", {"email": NEW}, token, 6))["errors"]
    assert error["code"] == "RATE_LIMITED"
    assert changed(before, await stored()) == set()
    service.clock.wait(hours=1)
    token = await service.token(Caller.OWNER, raised=True)
    assert (await call(service, "customerEmailChange", {"email": NEW}, token, 6))["errors"] == []


async def test_domains_with_other_letters_are_stored_in_ascii(service: Service) -> None:
    payload = await call(service, "customerInvoiceEmailChange", {"email": "Rechnung@Bäcker.example"})
    assert payload["customer"]["invoiceEmail"] == "Rechnung@xn--bcker-gra.example"
    removed = await call(service, "customerInvoiceEmailChange", {"email": None}, version=2)
    assert removed["customer"]["invoiceEmail"] is None


async def test_bank_details_are_written_and_never_read_back(service: Service) -> None:
    payload = await call(service, "customerBankAccountChange", ACCOUNT)
    assert payload["errors"] == []
    account = payload["customer"]["bankAccount"]
    assert (account["holder"], account["bankName"], account["ibanLast4"]) == ("Ärmel & Töchter", "Commerzbank", "3000")
    assert account["mandateReference"].startswith("10001-260302-")
    assert (len(account["mandateReference"]) <= 35, account["mandateSignedOn"]) == (True, "2026-03-02")
    plain = IBAN.replace(" ", "")
    row = await BankAccount.get(customer_id=service.world.owner.customer)
    assert Keyring(KEYS).unseal(IBAN_SEAL, row.iban_sealed) == plain
    for table in tables():
        assert plain not in repr([tuple(row) for row in await fetch(f'SELECT * FROM "{table}"')])
    assert await OutboxMessage.filter(kind="mail.bank_account_changed").count() == 1


async def test_each_change_of_bank_details_is_a_mandate_of_its_own(service: Service) -> None:
    first = await call(service, "customerBankAccountChange", ACCOUNT)
    second = await call(
        service, "customerBankAccountChange", {**ACCOUNT, "iban": "AT61 1904 3002 3457 3201"}, version=2
    )
    references = [p["customer"]["bankAccount"]["mandateReference"] for p in (first, second)]
    assert len(set(references)) == 2
    assert await BankAccount.filter(customer_id=service.world.owner.customer).count() == 1


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("iban", ""), ("iban", "DE89370400440532013001"), ("iban", "DE893704004405320130"), ("iban", "XX89370400440532013000"),
        ("iban", "DE89\n370400440532013000"), ("iban", "f\u0131"), ("holder", "/Anna"), ("holder", "An\nna"),
        ("iban", "BR1800360305000010009795493C1"), ("iban", "x" * 500), ("iban", "DE８９370400440532013000"),
        ("holder", ""), ("holder", "Иван"), ("holder", "x" * 71), ("mandateAccepted", False),
    ],
)  # fmt: skip
async def test_bank_details_that_will_not_do_are_refused(part: str, value: Any, service: Service) -> None:
    await refused(service, "customerBankAccountChange", {**ACCOUNT, part: value}, [part])


async def test_letters_come_in_another_language(service: Service) -> None:
    payload = await call(service, "customerLanguageChange", {"language": "EN"})
    assert (payload["customer"]["language"], payload["customer"]["version"]) == ("en", 2)


@pytest.mark.parametrize(
    "subject",
    [
        ("customerAddressChange", ADDRESS, "customer.address_change"),
        ("customerPhoneNumbersChange", {"phoneNumbers": []}, "customer.phone_numbers_change"),
        ("customerEmailChange", {"email": NEW}, "customer.email_change_request"),
        ("customerInvoiceEmailChange", {"email": NEW}, "customer.invoice_email_change"),
        ("customerBankAccountChange", ACCOUNT, "bank_account.change"),
    ],
    ids=lambda subject: subject[0],
)
async def test_of_fifty_changes_of_one_version_one_wins(
    subject: tuple[str, dict[str, Any], str], service: Service
) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    name, given, action = subject
    payloads = await asyncio.gather(*(call(service, name, given, token) for _ in range(50)))
    codes = [error["code"] for payload in payloads for error in payload["errors"]]
    assert codes == ["CONFLICT"] * 49
    assert (await Customer.get(id=service.world.owner.customer)).version == 2
    assert await AuditEvent.filter(action=action).count() == 1


async def test_a_domain_that_came_meanwhile_keeps_an_address_from_being_confirmed(service: Service) -> None:
    code = await confirmation(service.world.owner.customer, "anna@mail.spaeter.example")
    taken = await Domain.filter(customer_id=service.world.owner.customer).first()
    assert taken is not None
    await Domain.filter(id=taken.id).update(name="spaeter.example", ascii_name="spaeter.example")
    before = await stored()
    (error,) = (await confirm(service, code)).data["customerEmailConfirm"]["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "code"])
    assert changed(before, await stored()) <= {"throttle"}


async def test_asking_for_a_code_and_sending_one_back_do_not_wait_for_each_other(service: Service) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    for version in range(1, 6):
        code = await confirmation(service.world.owner.customer, f"nr{version}@example.org")
        current = (await Customer.get(id=service.world.owner.customer)).version
        asked, sent = await asyncio.gather(
            call(service, "customerEmailChange", {"email": f"wish{version}@example.org"}, token, current),
            confirm(service, code),
        )
        assert {error["code"] for error in asked["errors"]} <= {"CONFLICT"}
        assert {error["code"] for error in sent.data["customerEmailConfirm"]["errors"]} <= {"BAD_USER_INPUT"}


async def test_the_holder_is_told_why_not_and_where_the_form_is(service: Service) -> None:
    asked = "{ customer { holderChange { message formUrl } } }"
    german = (await service.both(asked, by=Caller.OWNER, headers={"accept-language": "de"})).data["customer"]
    assert "Vertragsübernahme" in german["holderChange"]["message"]
    assert german["holderChange"]["formUrl"].endswith("/forms/holder-change/10001.pdf")
    reply = await service.ask("{ viewer { customer { holderChange { message } } } }", by=Caller.PACKAGE)
    assert reply.errors[0]["extensions"]["code"] == "FORBIDDEN"
