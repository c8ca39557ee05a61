"""Whose a declaration is: by a proven address, or by an operator; what becomes of it, and when it goes."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gateway.jobs import declaration_queue as queue
from gateway.jobs.declaration_expiry import DeclarationExpiry
from gateway.jobs.declaration_match import match_confirmed
from gateway.jobs.declaration_queue import QueueError
from models import (
    AuditEvent,
    Contract,
    Customer,
    Declaration,
    DeclarationReceipt,
    DeclarationState,
    OutboxMessage,
    Package,
    PackageType,
    Tariff,
)

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def customer(number: str, email: str = "zoe@example.com") -> Customer:
    return await Customer.create(
        number=number, kind="PERSON", first_name="Zoë", last_name="Müller", street="Kai 1", postcode="20095",
        city="Hamburg", country="DE", email=email, password_hash="-", password_changed_at=NOW, created_at=NOW,
    )  # fmt: skip


async def contract(owner: Customer, number: str, order: str | None = None) -> Contract:
    kind = await PackageType.get_or_none(code="web") or await PackageType.create(
        code="web", name="Web", family="web", functions=[]
    )
    tariff = await Tariff.get_or_none(code="t") or await Tariff.create(
        code="t", type_id=kind.id, name="T", net_minor=1, gross_minor=1, vat_basis_points=0, currency="EUR",
        billing_months=1, minimum_term_months=1, renewal_months=0, notice_months=1,
    )  # fmt: skip
    package = await Package.create(
        customer_id=owner.id, type_id=kind.id, name="P", identification=f"w-{number}", state="ACTIVE", created_at=NOW,
        order_number=order or f"O-{number}",
    )  # fmt: skip
    return await Contract.create(
        customer_id=owner.id, package_id=package.id, tariff_id=tariff.id, number=number, state="ACTIVE",
        starts_on=date(2025, 1, 1), minimum_term_months=1, renewal_months=0, notice_months=1, billing_months=1, net_minor=1,
        gross_minor=1, vat_basis_points=0, currency="EUR", created_at=NOW,
    )  # fmt: skip


async def declaration(number: str = "K-1", **more: Any) -> Declaration:
    values: dict[str, Any] = {
        "kind": "CANCELLATION", "state": "RECEIVED", "name": "Zoë\u2002Müller", "email": "zoe@example.com",
        "contract_text": "V-1", "language": "de", "received_at": NOW - timedelta(days=1), "sha256": "0" * 64,
        "confirmed_at": NOW,
    }  # fmt: skip
    row = await Declaration.create(number=number, **values | more)
    await DeclarationReceipt.create(
        customer_id=row.customer_id, declaration_id=row.id, sha256="1" * 64, content=b"%PDF-", created_at=NOW
    )
    return row


async def matched(row: Declaration) -> Declaration:
    """What the worker makes of the outbox row that a proven address leaves."""
    message = OutboxMessage(kind="declaration.match", payload={"declaration_id": row.id}, created_at=NOW)
    await match_confirmed(message)
    return await Declaration.get(id=row.id)


async def test_a_proven_address_of_one_customer_makes_it_theirs_with_the_contract_it_names() -> None:
    owner = await customer("10001", "Zoe@Example.com")
    meant = await contract(owner, "V-1")
    await contract(owner, "V-12")
    row = await matched(await declaration(contract_text="mein Vertrag v-1 bitte"))
    assert (row.state, row.customer_id, row.contract_id) == (DeclarationState.MATCHED, owner.id, meant.id)
    assert (await DeclarationReceipt.get(declaration_id=row.id)).customer_id == owner.id
    entry = await AuditEvent.get()
    assert (entry.action, entry.actor_kind, entry.object_id) == ("declaration.match", "SYSTEM", row.id)
    assert entry.package_id == meant.package_id
    notice = await OutboxMessage.get()
    assert (notice.kind, notice.payload["to"]) == ("mail.declaration_matched", ["Zoe@Example.com"])


async def test_an_order_number_names_the_contract_too_and_two_numbers_name_none() -> None:
    owner = await customer("10001")
    first = await contract(owner, "V-1", "A-77")
    await contract(owner, "V-2", "A-78")
    assert (await matched(await declaration("K-1", contract_text="Auftrag A-77"))).contract_id == first.id
    both = await matched(await declaration("K-2", contract_text="V-1 und V-2"))
    assert (both.customer_id, both.contract_id) == (owner.id, None)
    assert (await matched(await declaration("K-3", contract_text="alles"))).contract_id is None


async def test_a_contract_of_somebody_else_is_not_named() -> None:
    await contract(await customer("10001", "other@example.com"), "V-1")
    owner = await customer("10002")
    row = await matched(await declaration())
    assert (row.customer_id, row.contract_id) == (owner.id, None)


@pytest.mark.parametrize("stored", ["zoe@müller.example", "zoe@xn--mller-kva.example", "ZOE@Müller.Example"])
async def test_the_spelling_of_the_address_does_not_matter(stored: str) -> None:
    owner = await customer("10001", stored)
    assert (await matched(await declaration(email="zoe@xn--mller-kva.example"))).customer_id == owner.id


async def test_an_address_of_several_customers_or_of_none_makes_it_nobodys() -> None:
    assert (await matched(await declaration("K-1"))).state == DeclarationState.RECEIVED
    for number in ("10001", "10002"):
        await customer(number)
    assert (await matched(await declaration("K-2"))).state == DeclarationState.RECEIVED
    assert await AuditEvent.all().count() == 0


@pytest.mark.parametrize("email", ["zoe_@example.com", "%@example.com", "z%", "zoe@example.com "])
async def test_an_address_is_no_pattern(email: str) -> None:
    await customer("10001", "zoex@example.com")
    assert (await matched(await declaration(email=email))).state == DeclarationState.RECEIVED


async def test_an_address_that_was_not_proven_matches_nothing() -> None:
    await customer("10001")
    assert (await matched(await declaration(confirmed_at=None))).state == DeclarationState.RECEIVED


async def test_what_an_operator_settled_stays_as_it_is() -> None:
    await customer("10001")
    row = await declaration(state="REJECTED", settled_at=NOW, note="Unsinn")
    assert (await matched(row)).customer_id is None


async def test_the_row_may_come_twice_and_beside_an_operator() -> None:
    await customer("10001")
    row = await declaration()
    done = await asyncio.gather(
        matched(row), matched(row), queue.match("K-1", "10001", None, NOW), return_exceptions=True
    )
    assert len([one for one in done if isinstance(one, QueueError)]) <= 1
    assert await AuditEvent.filter(action="declaration.match").count() == 1
    assert await OutboxMessage.filter(kind="mail.declaration_matched").count() == 1


async def test_the_queue_shows_what_waits_the_oldest_first() -> None:
    owner = await customer("10001")
    await declaration("K-2", received_at=NOW - timedelta(days=1))
    await declaration("K-1", received_at=NOW - timedelta(days=2), state="MATCHED", customer_id=owner.id)
    await declaration("K-3", state="DONE", settled_at=NOW)
    lines = await queue.waiting()
    assert [line.split("  ")[0] for line in lines] == ["K-1", "K-2"]
    assert "10001" in lines[0]
    assert (await queue.waiting((DeclarationState.DONE,)))[0].startswith("K-3")


async def test_one_is_shown_with_all_it_says_and_whose_address_it_is() -> None:
    await customer("10001")
    await declaration(kind="EXTRAORDINARY_CANCELLATION", reason="Erstens\nZweitens", identification="geb. 1970")
    lines = await queue.shown(" k-1 ")
    for line in ("Name: Zoë\u2002Müller", "Reason: Erstens", "Reason: Zweitens", "Contact address of: 10001"):
        assert line in lines
    assert not any(character < " " for line in lines for character in line)


async def test_an_operator_says_whose_it_is_and_what_became_of_it() -> None:
    owner = await customer("10001", "elsewhere@example.com")
    meant = await contract(owner, "V-9")
    await declaration()
    assert await queue.match("K-1", "10001", "V-9", NOW) == ["K-1 is of customer 10001, contract V-9."]
    assert await queue.settle("K-1", DeclarationState.DONE, "zum 30.04.", NOW) == ["K-1 is DONE."]
    row = await Declaration.get(number="K-1")
    assert (row.state, row.contract_id, row.settled_at, row.note) == ("DONE", meant.id, NOW, "zum 30.04.")
    entries = await AuditEvent.filter(customer_id=owner.id).order_by("number")
    assert [(entry.action, entry.actor_kind) for entry in entries] == [
        ("declaration.match", "OPERATOR"),
        ("declaration.done", "OPERATOR"),
    ]
    kinds = {message.kind for message in await OutboxMessage.filter(customer_id=owner.id)}
    assert kinds == {"mail.declaration_matched", "mail.declaration_settled"}


async def test_what_cannot_be_done_is_told_and_changes_nothing() -> None:
    owner, other = await customer("10001"), await customer("10002", "other@example.com")
    await contract(other, "V-2")
    row = await declaration()
    for asked, reason in (
        (queue.match("K-9", "10001", None, NOW), "there is no declaration K-9"),
        (queue.match("K-1", "4711", None, NOW), "there is no customer 4711"),
        (queue.match("K-1", "10001", "V-2", NOW), "customer 10001 has no contract V-2"),
        (queue.settle("K-1", DeclarationState.REJECTED, None, NOW), "with a note"),
        (queue.settle("K-1", DeclarationState.REJECTED, "a\nb", NOW), "one line"),
        (queue.settle("K-1", DeclarationState.DONE, "x" * 401, NOW), "one line"),
    ):
        with pytest.raises(QueueError, match=reason):
            await asked
    assert (await Declaration.get(id=row.id)).state == DeclarationState.RECEIVED
    await queue.match("K-1", owner.number, None, NOW)
    with pytest.raises(QueueError, match="is MATCHED already"):
        await queue.match("K-1", other.number, None, NOW)
    await queue.settle("K-1", DeclarationState.REJECTED, "kein Vertrag", NOW)
    with pytest.raises(QueueError, match="is REJECTED already"):
        await queue.settle("K-1", DeclarationState.DONE, None, NOW)
    assert await AuditEvent.all().count() == 2


async def test_what_nobody_could_assign_goes_after_its_time_and_all_else_stays() -> None:
    owner = await customer("10001")
    expiry = DeclarationExpiry(timedelta(days=30))
    over, fresh = NOW - timedelta(days=30), NOW - timedelta(days=30) + timedelta(seconds=1)
    await declaration("K-1", received_at=over)
    await declaration("K-2", received_at=fresh)
    await declaration("K-3", received_at=over - timedelta(days=99), state="REJECTED", settled_at=over)
    await declaration("K-4", received_at=over - timedelta(days=99), state="REJECTED", settled_at=fresh)
    await declaration(
        "K-5", received_at=over - timedelta(days=999), state="DONE", settled_at=over, customer_id=owner.id
    )
    for kind, at in (("mail.declaration_received", over), ("mail.declaration_received", fresh), ("mail.other", over)):
        await OutboxMessage.create(kind=kind, payload={"secrets": "x"}, created_at=at, available_at=at)
    assert await expiry.delete_unmatched(NOW) == 2
    assert {row.number for row in await Declaration.all()} == {"K-2", "K-4", "K-5"}
    assert await DeclarationReceipt.all().count() == 3
    assert {(message.kind, message.created_at) for message in await OutboxMessage.all()} == {
        ("mail.declaration_received", fresh),
        ("mail.other", over),
    }
    assert await expiry.delete_unmatched(NOW) == 0
