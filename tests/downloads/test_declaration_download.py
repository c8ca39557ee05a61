"""Receipts of declarations: once without signing in, and for the customer they belong to like every file."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import Any

import pytest

from gateway.auth.declaration_receipt import issue_address
from models import AuditEvent, Customer, Declaration, DeclarationReceipt
from tests.downloads.billing import NOW, People
from tests.downloads.conftest import Gateway
from tests.downloads.test_invoice_download import told

CONTENT = b"%PDF-" + bytes(range(256)) * 1_000


async def declaration_of(customer: Customer | None, number: str) -> Declaration:
    """A declaration with its receipt: of a customer, or of nobody."""
    own = {"customer_id": customer.id if customer else None}
    row = await Declaration.create(
        **own, kind="CANCELLATION", state="MATCHED" if customer else "RECEIVED", number=number, name="Zoë",
        email="zoe@example.com", contract_text="V-1", language="de", received_at=NOW, sha256="0" * 64,
    )  # fmt: skip
    await DeclarationReceipt.create(
        **own, declaration_id=row.id, sha256=sha256(CONTENT).hexdigest(), content=CONTENT, created_at=NOW
    )
    return row


async def address(row: Declaration) -> str:
    return (await issue_address(row, 60, NOW)).path


@pytest.mark.usefixtures("people")
async def test_an_address_gives_the_stored_bytes_once_to_whoever_has_it(gateway: Gateway) -> None:
    path = await address(await declaration_of(None, "K-1"))
    assert path.startswith("/declaration-receipts/K-1.pdf?ticket=gwr_")
    head = await gateway.get(path, method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    held = await gateway.get(path, If_None_Match=head.headers["etag"])
    assert (held.status_code, held.content) == (304, b"")
    reply = await gateway.get(path)
    assert (reply.status_code, reply.content) == (200, CONTENT)
    assert dict(reply.headers) == dict(head.headers)
    assert reply.headers["content-disposition"] == 'attachment; filename="declaration-K-1.pdf"'
    assert reply.headers["cache-control"] == "no-store"
    assert (await gateway.get(path)).status_code == 404
    assert await AuditEvent.all().count() == 0  # it is nobody's


@pytest.mark.usefixtures("people")
async def test_of_parallel_downloads_one_gets_the_file(gateway: Gateway) -> None:
    path = await address(await declaration_of(None, "K-1"))
    replies = await asyncio.gather(*(gateway.get(path) for _ in range(10)))
    assert sorted(reply.status_code for reply in replies) == [200] + [404] * 9


@pytest.mark.usefixtures("people")
async def test_a_newer_address_takes_the_place_of_an_older(gateway: Gateway) -> None:
    row = await declaration_of(None, "K-1")
    old, new = await address(row), await address(row)
    assert (await gateway.get(old)).status_code == 404
    assert (await gateway.get(new)).status_code == 200


async def test_what_is_no_address_is_nowhere(gateway: Gateway, people: People) -> None:
    row, other = await declaration_of(None, "K-1"), await declaration_of(None, "K-2")
    path = await address(row)
    ticket = path.partition("ticket=")[2]
    await address(other)
    nowhere: Any = [
        f"/declaration-receipts/K-2.pdf?ticket={ticket}",
        "/declaration-receipts/K-1.pdf",
        "/declaration-receipts/K-1.pdf?ticket=",
        f"/declaration-receipts/K-1.pdf?ticket={ticket}&ticket={ticket}",
        f"/declaration-receipts/{row.id}.pdf?ticket={ticket}",
        "/declaration-receipts/K-1.pdf?ticket=" + "x" * 5_000,
        "/declaration-receipts/%00.pdf?ticket=%00",
        f"/declarations/K-1.pdf?ticket={ticket}",
    ]
    assert len({repr(told(await gateway.get(one))) for one in nowhere}) == 1
    assert (await gateway.get(path, people.eve_token)).status_code == 400  # who one is is nobody's business here
    gateway.wait(seconds=60)
    assert (await gateway.get(path)).status_code == 404


async def test_the_customer_reads_the_receipt_of_what_was_matched_and_nobody_elses(
    gateway: Gateway, people: People
) -> None:
    mine, foreign, nobodys = [
        await declaration_of(customer, f"K-{n}") for n, customer in enumerate((people.eve, people.otto, None))
    ]
    reply = await gateway.get("/declarations/K-0.pdf", people.eve_token)
    assert (reply.status_code, reply.content) == (200, CONTENT)
    entry = await AuditEvent.get()
    assert (entry.action, entry.object_id) == ("declaration.download", mine.id)
    for row in (foreign, nobodys):
        for name in (row.number, row.id):
            assert (await gateway.get(f"/declarations/{name}.pdf", people.eve_token)).status_code == 404
    assert (await gateway.get("/declarations/K-0.pdf", people.package_token)).status_code == 404
    assert (await gateway.get("/declarations/K-0.pdf")).status_code == 401


async def test_a_ticket_opens_it_once_for_a_browser(gateway: Gateway, people: People) -> None:
    row = await declaration_of(people.eve, "K-1")
    create = "mutation($id: ID!) { declarationTicketCreate(input: {declarationId: $id}) { ticket { path } } }"
    path = (await gateway.ask(create, people.eve_token, id=row.id))["data"]["declarationTicketCreate"]["ticket"]["path"]
    assert (await gateway.get(path)).content == CONTENT
    assert (await gateway.get(path)).status_code == 404
