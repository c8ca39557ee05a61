"""Repeating a direct debit: once, for what is due, announced, and never for what is somebody else's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models import AuditEvent, BankAccount, Debit, IdempotencyKey, Invoice, OutboxMessage, Payment
from models.ids import new_id
from models.rules.bank_day import is_target_day
from tests.api.debiting import ACCOUNT, IBAN, OTHER_IBAN, REPEAT, came_back, due_invoice, menu, repeat
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import NOW, Caller

BOTH = ("DEBIT_REPEAT", "DEBIT_REPEAT_WITH_NEW_ACCOUNT")


async def test_it_is_asked_for_once_announced_and_noted(service: Service) -> None:
    invoice = await due_invoice(service.world.owner)
    payload = await repeat(service, invoice.id)
    assert payload["errors"] == []
    assert payload["invoice"]["state"] == "DEBIT_PENDING"
    assert payload["debit"] == {
        "attempt": 1, "state": "REQUESTED", "amount": {"minorUnits": invoice.gross_minor, "currency": "EUR"},
        "collectOn": "2026-03-04", "requestedAt": "2026-03-02T12:00:00Z", "ibanLast4": "3000",
        "mandateReference": "M-10001", "returnCode": None,
    }  # fmt: skip
    debit = await Debit.get(invoice_id=invoice.id)
    assert (debit.active_for, debit.end_to_end_id) == (invoice.id, debit.id.upper().replace("_", "-"))
    assert (await Invoice.get(id=invoice.id)).debits == 1
    mail = await OutboxMessage.get(kind="mail.debit_announced")
    told = {name: mail.payload[name] for name in ("amount", "collect_on", "reference", "creditor", "last4")}
    assert told == {
        "amount": "23,80\xa0€", "collect_on": "2026-03-04", "reference": "M-10001", "creditor": "DE98ZZZ09999999999",
        "last4": "3000",
    }  # fmt: skip
    event = await AuditEvent.get(action="debit.repeat")
    assert event.object_id == invoice.id
    assert IBAN not in f"{mail.payload}{event.detail}"


async def test_what_is_paid_or_credited_already_is_not_collected(service: Service) -> None:
    invoice = await due_invoice(service.world.owner)
    own = {"customer_id": invoice.customer_id, "invoice_id": invoice.id, "currency": "EUR", "method": "TRANSFER"}
    await Payment.create(**own, paid_on=date(2026, 2, 1), amount_minor=1_000)
    await Payment.create(**own, paid_on=date(2026, 2, 2), amount_minor=-1)
    await Invoice.create(
        customer_id=invoice.customer_id, number="G-1", kind="CREDIT_NOTE", corrects_id=invoice.id, state="PAID",
        issued_on=date(2026, 2, 1), due_on=date(2026, 2, 1), currency="EUR", net_minor=100, vat_minor=19, gross_minor=119,
        created_at=invoice.created_at,
    )  # fmt: skip
    payload = await repeat(service, invoice.id)
    assert payload["debit"]["amount"]["minorUnits"] == invoice.gross_minor - 1_000 + 1 - 119


async def test_a_request_that_is_sent_again_gets_the_same_debit_whatever_became_of_it(service: Service) -> None:
    invoice = await due_invoice(service.world.owner)
    first = await repeat(service, invoice.id)
    await Invoice.filter(id=invoice.id).update(state="PAID")
    await Debit.filter(invoice_id=invoice.id).update(state="COLLECTED", active_for=None)
    again = await repeat(service, invoice.id)
    assert again["errors"] == []
    assert (again["debit"]["attempt"], again["debit"]["state"]) == (first["debit"]["attempt"], "COLLECTED")
    assert await Debit.filter(invoice_id=invoice.id).count() == 1
    assert await OutboxMessage.filter(kind="mail.debit_announced").count() == 1
    other = await repeat(service, service.world.owner.invoices["club"])
    assert [error["code"] for error in other["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]


async def test_another_key_finds_the_debit_under_way(service: Service) -> None:
    invoice = await due_invoice(service.world.owner)
    await repeat(service, invoice.id)
    again = await repeat(service, invoice.id, key="k2")
    (error,) = again["errors"]
    assert (error["code"], error["path"]) == ("CONFLICT", ["input", "invoiceId"])
    assert await IdempotencyKey.all().count() == 1, "a refusal is not remembered"


async def test_new_bank_details_start_the_debit_in_the_same_step(service: Service) -> None:
    invoice = await due_invoice(service.world.owner)
    await came_back(invoice, "AC04", mandate="M-10001")
    await Invoice.filter(id=invoice.id).update(debits=1)
    assert await menu(service, invoice.id) == {BOTH[0]: (False, "BANK_DETAILS_NEEDED"), BOTH[1]: (True, None)}
    refused = await repeat(service, invoice.id)
    assert [error["code"] for error in refused["errors"]] == ["CONFLICT"]
    payload = await repeat(service, invoice.id, key="k2", bankAccount=ACCOUNT)
    assert payload["errors"] == []
    account = await BankAccount.get(customer_id=invoice.customer_id)
    assert account.iban_last4 == OTHER_IBAN[-4:] == payload["debit"]["ibanLast4"]
    assert payload["debit"]["mandateReference"] == account.mandate_reference != "M-10001"
    debit = await Debit.get(invoice_id=invoice.id, attempt=2)
    assert (debit.sequence, debit.iban_sealed) == ("FRST", account.iban_sealed)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"holder": ""}, "holder"),
        ({"iban": "DE00"}, "iban"),
        ({"iban": "SE" + "9" * 60}, "iban"),
        ({"mandateAccepted": False}, "mandateAccepted"),
    ],
)
async def test_bank_details_that_will_not_do_leave_everything_as_it_was(
    given: dict[str, Any], path: str, service: Service
) -> None:
    invoice = await due_invoice(service.world.owner)
    token = await service.token(Caller.OWNER, raised=True)
    before = await stored()
    payload = await repeat(service, invoice.id, by=token, bankAccount={**ACCOUNT, **given})
    (error,) = payload["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "bankAccount", path])
    assert changed(before, await stored()) == set()


@pytest.mark.parametrize(
    "id", ["", "inv_", "pkg_01h455vb4pex5vsknk084sn02q", new_id("inv"), "\x00", "x" * 500, "foreign"]
)
async def test_what_is_not_the_callers_is_not_there(id: str, service: Service) -> None:
    foreign = await due_invoice(service.world.other)
    token = await service.token(Caller.OWNER, raised=True)
    before = await stored()
    payload = await repeat(service, foreign.id if id == "foreign" else id, by=token)
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("NOT_FOUND", ["input", "invoiceId"])]
    assert changed(before, await stored()) == set()


async def test_a_session_that_was_not_raised_is_asked_for_the_password(service: Service) -> None:
    invoice = await due_invoice(service.world.owner)
    before = await stored()
    payload = await repeat(service, invoice.id, by=service.world.tokens[Caller.OWNER])
    assert [error["code"] for error in payload["errors"]] == ["REAUTHENTICATION_REQUIRED"]
    assert changed({**before, "session": []}, {**await stored(), "session": []}) == set()


STATES: list[tuple[dict[str, Any], dict[str, Any], tuple[str | None, ...], str | None]] = [
    ({"state": "OPEN"}, {}, (), None),
    ({"state": "OVERDUE"}, {}, (), None),
    ({"state": "DEBIT_RETURNED", "debits": 2}, {}, ("MS03", "AM04"), None),
    ({"state": "PAID"}, {}, (), "INVOICE_PAID"),
    ({"state": "CANCELLED"}, {}, (), "INVOICE_CANCELLED"),
    ({"state": "DEBIT_PENDING"}, {}, (), "DEBIT_PENDING"),
    ({"kind": "CREDIT_NOTE"}, {}, (), "NOT_AN_INVOICE"),
    ({"currency": "CHF"}, {}, (), "NOT_IN_EURO"),
    ({"debits": 3}, {}, (), "NO_ATTEMPTS_LEFT"),
    ({}, {"mandate_revoked_at": NOW}, (), "MANDATE_REVOKED"),
    ({}, {"mandate_signed_on": date(2022, 1, 1)}, (), "MANDATE_EXPIRED"),
    ({}, {"mandate_signed_on": date(2022, 1, 1), "mandate_used_on": date(2025, 1, 1)}, (), None),
    ({"debits": 1}, {}, ("MD07",), "RETURN_CODE_FORBIDS"),
    ({"debits": 1}, {}, ("AC01",), "BANK_DETAILS_NEEDED"),
]


@pytest.mark.parametrize(("invoice", "account", "codes", "reason"), STATES)
async def test_the_mutation_is_accepted_exactly_where_the_menu_offers_it(
    invoice: dict[str, Any], account: dict[str, Any], codes: tuple[str, ...], reason: str | None, service: Service
) -> None:
    row = await due_invoice(service.world.owner, **invoice)
    if account:
        await BankAccount.filter(customer_id=row.customer_id).update(**account)
    for attempt, code in enumerate(codes, 1):
        await came_back(row, code, mandate="M-10001", attempt=attempt)
    offered = await menu(service, row.id)
    assert offered["DEBIT_REPEAT"] == (reason is None, reason)
    payload = await repeat(service, row.id)
    assert [error["code"] for error in payload["errors"]] == ([] if reason is None else ["CONFLICT"])
    if reason is not None:
        other = await repeat(service, row.id, key="k2", bankAccount=ACCOUNT)
        assert (other["errors"] == []) == offered["DEBIT_REPEAT_WITH_NEW_ACCOUNT"][0]


async def test_without_bank_details_they_are_asked_for(service: Service) -> None:
    row = await due_invoice(service.world.owner)
    await BankAccount.filter(customer_id=row.customer_id).delete()
    assert await menu(service, row.id) == {BOTH[0]: (False, "MANDATE_MISSING"), BOTH[1]: (True, None)}
    assert [error["code"] for error in (await repeat(service, row.id))["errors"]] == ["CONFLICT"]
    assert (await repeat(service, row.id, key="k2", bankAccount=ACCOUNT))["errors"] == []


async def test_a_second_collection_under_a_mandate_is_recurrent(service: Service) -> None:
    one, two = await due_invoice(service.world.owner, "shop"), await due_invoice(service.world.owner, "both")
    await repeat(service, one.id)
    await repeat(service, two.id, key="k2")
    found = await Debit.filter(invoice_id__in=[one.id, two.id]).order_by("id").values_list("sequence", flat=True)
    assert [str(sequence) for sequence in found] == ["FRST", "RCUR"]


async def test_collections_keep_to_the_days_of_banks(service: Service) -> None:
    """Asked for on the Tuesday before Easter, two days before a row of four days without settlement."""
    service.clock.now = service.clock.now.replace(month=3, day=31)
    row = await due_invoice(service.world.owner)
    payload = await repeat(service, row.id)
    day = date.fromisoformat(payload["debit"]["collectOn"])
    assert day == date(2026, 4, 2)
    assert is_target_day(day)


async def test_a_caller_who_may_not_pay_sees_no_menu(service: Service) -> None:
    row = await due_invoice(service.world.owner)
    text = f'{{ node(id: "{row.id}") {{ ... on Invoice {{ actions {{ name }} }} }} }}'
    reply = await service.both(text, by=Caller.NARROW_CONTRACTUAL)
    assert reply.data["node"]["actions"] == []
    given = {"invoiceId": row.id, "idempotencyKey": "x"}
    refused = await service.ask(REPEAT, {"input": given}, by=Caller.NARROW_CONTRACTUAL)
    assert refused.code == "FORBIDDEN"


async def test_a_debit_that_goes_on_counts_even_where_the_invoice_does_not_say_so(service: Service) -> None:
    row = await due_invoice(service.world.owner, state="OPEN")
    await came_back(row, None, mandate="M-10001", state="SUBMITTED")
    assert (await menu(service, row.id))["DEBIT_REPEAT"] == (False, "DEBIT_PENDING")
    assert [error["code"] for error in (await repeat(service, row.id))["errors"]] == ["CONFLICT"]


async def test_a_key_is_forgotten_after_a_day_and_the_invoice_still_guards_itself(service: Service) -> None:
    row = await due_invoice(service.world.owner)
    await repeat(service, row.id)
    service.clock.now += timedelta(hours=25)
    again = await repeat(service, row.id)
    assert [error["code"] for error in again["errors"]] == ["CONFLICT"]
    assert await Debit.filter(invoice_id=row.id).count() == 1
