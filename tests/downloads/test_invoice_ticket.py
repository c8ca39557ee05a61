"""`GET /invoices/{number}.pdf?ticket=…` (SECURITY Z9): one download of one file within a minute, while the session lives."""

from __future__ import annotations

import asyncio

import pytest

from gateway.documents.render import Renderer
from models import AuditEvent, Customer, DownloadTicket, InvoiceFile, Session
from models.ids import new_id
from tests.downloads.billing import People
from tests.downloads.conftest import Gateway, MakeGateway
from tests.downloads.test_invoice_download import PATH, told
from tests.http.asking import code


async def nothing_there(gateway: Gateway, token: str) -> object:
    """What an invoice that does not exist answers."""
    return told(await gateway.get("/invoices/2026-000999.pdf", token))


async def test_a_ticket_opens_its_file_once(gateway: Gateway, people: People) -> None:
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    assert ticket.startswith(f"{PATH}?ticket=")
    first = await gateway.get(ticket)
    assert first.status_code == 200
    assert first.content == (await gateway.get(PATH, people.eve_token)).content
    assert told(await gateway.get(ticket)) == await nothing_there(gateway, people.eve_token)


async def test_of_parallel_uses_one_gets_the_file(gateway: Gateway, people: People) -> None:
    await gateway.get(PATH, people.eve_token)
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    replies = await asyncio.gather(*(gateway.get(ticket) for _ in range(30)))
    assert sorted(reply.status_code for reply in replies) == [200] + [404] * 29
    assert await AuditEvent.all().count() == 2


async def test_a_ticket_lasts_sixty_seconds(gateway: Gateway, people: People) -> None:
    early, late = [await gateway.ticket(people.first.id, people.eve_token) for _ in range(2)]
    gateway.wait(seconds=60, microseconds=-1)
    assert (await gateway.get(early)).status_code == 200
    gateway.wait(microseconds=1)
    assert told(await gateway.get(late)) == await nothing_there(gateway, people.eve_token)


async def test_a_ticket_is_for_its_file_alone_and_stays_good_for_it(gateway: Gateway, people: People) -> None:
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    for path in ("/invoices/2026-000102.pdf", "/invoices/2026-000201.pdf", f"/invoices/{people.first.id}.pdf"):
        other = await gateway.get(path + ticket.removeprefix(PATH))
        assert told(other) == await nothing_there(gateway, people.eve_token), path
    assert (await gateway.get(ticket)).status_code == 200


async def test_a_ticket_ends_with_its_session(gateway: Gateway, people: People) -> None:
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    kept = await gateway.ticket(people.ottos.id, people.otto_token)
    await gateway.ask("mutation { signOut { errors { code } } }", people.eve_token)
    assert told(await gateway.get(ticket)) == await nothing_there(gateway, people.otto_token)
    assert (await gateway.get(kept)).status_code == 200


async def test_a_ticket_ends_with_the_account(gateway: Gateway, people: People) -> None:
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    await Customer.filter(id=people.eve.id).update(disabled_at=gateway.now)
    assert (await gateway.get(ticket)).status_code == 404


async def test_a_ticket_has_no_more_rights_than_its_session(gateway: Gateway, people: People) -> None:
    """Bound to another customer's session (as if tables were tampered with), it opens nothing."""
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    otto = await Session.get(customer_id=people.otto.id)
    await DownloadTicket.all().update(session_id=otto.id)
    assert told(await gateway.get(ticket)) == await nothing_there(gateway, people.otto_token)


async def test_head_and_304_leave_a_ticket_good(gateway: Gateway, people: People) -> None:
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    head = await gateway.get(ticket, method="HEAD")
    assert head.status_code == 200
    assert (await gateway.get(ticket, If_None_Match=head.headers["etag"])).status_code == 304
    assert (await gateway.get(ticket)).status_code == 200
    assert (await gateway.get(ticket, method="HEAD")).status_code == 404


async def test_a_ticket_is_still_good_when_the_file_could_not_be_drawn(
    gateway: Gateway, another: MakeGateway, people: People
) -> None:
    closed = Renderer(1)
    await closed.close()
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    async with another(closed) as busy:
        assert (await busy.get(ticket)).status_code == 503
    assert (await gateway.get(ticket)).status_code == 200


async def test_a_token_and_a_ticket_together_are_refused_and_the_ticket_stays_good(
    gateway: Gateway, people: People
) -> None:
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    for token in (people.eve_token, people.otto_token, "gws_none"):
        reply = await gateway.get(ticket, token)
        assert (reply.status_code, code(reply)) == (400, "BAD_USER_INPUT")
    assert (await gateway.get(ticket)).status_code == 200


@pytest.mark.parametrize("query", ["ticket", "ticket=", "ticket=%00", "ticket=gwt_0", "ticket={0}&ticket={0}"])
async def test_what_is_no_ticket_opens_nothing(gateway: Gateway, people: People, query: str) -> None:
    good = (await gateway.ticket(people.first.id, people.eve_token)).partition("=")[2]
    reply = await gateway.get(f"{PATH}?{query.format(good)}")
    assert told(reply) == await nothing_there(gateway, people.eve_token)
    assert await InvoiceFile.all().count() == 0


async def test_a_session_token_is_no_ticket(gateway: Gateway, people: People) -> None:
    assert (await gateway.get(f"{PATH}?ticket={people.eve_token}")).status_code == 404


async def test_a_ticket_takes_a_language(gateway: Gateway, people: People) -> None:
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    reply = await gateway.get(f"{ticket}&language=en")
    assert reply.content == (await gateway.get(f"{PATH}?language=en", people.eve_token)).content


async def test_no_ticket_is_given_for_what_is_not_there(gateway: Gateway, people: People) -> None:
    for missing in (people.ottos.id, new_id("inv"), people.eve.id, "nonsense"):
        answer = await gateway.mutate(missing, people.eve_token)
        assert answer["data"]["invoiceTicketCreate"]["ticket"] is None, missing
        assert [error["code"] for error in answer["data"]["invoiceTicketCreate"]["errors"]] == ["NOT_FOUND"]
    refused = await gateway.mutate(people.first.id, people.package_token)
    assert refused["data"] == {"invoiceTicketCreate": None}
    assert refused["errors"][0]["extensions"] == {"code": "FORBIDDEN", "requiredScope": "INVOICE_READ"}
    assert await DownloadTicket.all().count() == 0
