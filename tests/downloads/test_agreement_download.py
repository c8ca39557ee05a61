"""`GET /agreements/{id}.pdf`: the document of an agreement, by the same rules as every file."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from models import Agreement, AgreementEvent, AgreementFile, AgreementVersion, AuditEvent, Customer
from models.ids import new_id
from tests.downloads.billing import NOW, People
from tests.downloads.conftest import Gateway
from tests.downloads.test_invoice_download import told

CONTENT = b"%PDF-" + bytes(range(256)) * 1_000
"""More than one piece."""

TICKET = "mutation($id: ID!) { agreementTicketCreate(input: {agreementId: $id}) { ticket { path } errors { code } } }"


async def agreement_of(customer: Customer, *, concluded: bool = True) -> Agreement:
    """An agreement, with its file if it is concluded."""
    version = await AgreementVersion.get_or_none(number="2026-1") or await AgreementVersion.create(
        number="2026-1", valid_from=date(2026, 1, 1), text_de="x", text_en="x", created_at=NOW
    )
    row = await Agreement.create(
        customer_id=customer.id, version_id=version.id, state="CONCLUDED" if concluded else "REQUESTED",
        signatory="Zoë Müller", language="de", requested_at=NOW, concluded_at=NOW if concluded else None,
    )  # fmt: skip
    if concluded:
        await AgreementFile.create(
            customer_id=customer.id,
            agreement_id=row.id,
            sha256=sha256(CONTENT).hexdigest(),
            content=CONTENT,
            created_at=NOW,
        )
    return row


async def test_the_stored_bytes_are_served_and_each_download_is_in_the_log(gateway: Gateway, people: People) -> None:
    row = await agreement_of(people.eve)
    path = f"/agreements/{row.id}.pdf"
    reply = await gateway.get(path, people.eve_token)
    assert (reply.status_code, reply.content) == (200, CONTENT)
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["content-length"] == str(len(CONTENT))
    assert reply.headers["content-disposition"] == 'attachment; filename="agreement-2026-1.pdf"'
    assert reply.headers["etag"] == f'"{sha256(CONTENT).hexdigest()}"'
    head = await gateway.get(path, people.eve_token, method="HEAD")
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(reply.headers))
    assert (await gateway.get(path, people.eve_token, If_None_Match=reply.headers["etag"])).status_code == 304
    entry = await AuditEvent.get()
    assert (entry.action, entry.object_id) == ("agreement.download", row.id)
    assert entry.detail == {"version": "2026-1", "ticket": False}
    event = await AgreementEvent.get()
    assert (event.kind, event.agreement_id, event.customer_id) == ("DOWNLOADED", row.id, people.eve.id)


async def test_a_ticket_opens_it_once(gateway: Gateway, people: People) -> None:
    row = await agreement_of(people.eve)
    given = await gateway.ask(TICKET, people.eve_token, id=row.id)
    path = given["data"]["agreementTicketCreate"]["ticket"]["path"]
    invoice = await gateway.ticket(people.first.id, people.eve_token)
    assert (await gateway.get(f"/agreements/{row.id}.pdf?{invoice.partition('?')[2]}")).status_code == 404
    assert (await gateway.get(path)).content == CONTENT
    assert (await gateway.get(path)).status_code == 404
    assert (await AgreementEvent.all().count(), await AuditEvent.all().count()) == (1, 1)


async def test_foreign_missing_malformed_and_not_concluded_are_the_same(gateway: Gateway, people: People) -> None:
    foreign, waiting = await agreement_of(people.otto), await agreement_of(people.eve, concluded=False)
    names = (foreign.id, waiting.id, new_id("agr"), people.first.id, people.first.number, "x", "x" * 33, "%00")
    answers = {repr(told(await gateway.get(f"/agreements/{name}.pdf", people.eve_token))) for name in names}
    (answer,) = answers
    assert "404" in answer
    assert told(await gateway.get(f"/agreements/{waiting.id}.pdf", people.package_token)) == told(
        await gateway.get(f"/agreements/{new_id('agr')}.pdf", people.eve_token)
    )
    assert await AuditEvent.all().count() == 0
    assert (await gateway.get(f"/agreements/{waiting.id}.pdf")).status_code == 401


async def test_for_a_package_login_there_are_none(gateway: Gateway, people: People) -> None:
    row = await agreement_of(people.eve)
    assert (await gateway.get(f"/agreements/{row.id}.pdf", people.package_token)).status_code == 404
