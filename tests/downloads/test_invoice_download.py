"""`GET /invoices/{number}.pdf` with a bearer token: who gets it, what it says, and that it never changes."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from hashlib import sha256

import httpx2
import pytest

from gateway.auth.viewer import SCOPES_OF, Scope, Viewer
from gateway.documents.company import DEMO_COMPANY
from gateway.documents.render import Renderer
from gateway.resolvers.download import Offer
from gateway.resolvers.invoice import INVOICES
from gateway.resolvers.invoice_file import InvoiceFiles
from models import AuditEvent, BankAccount, Customer, InvoiceFile, SessionKind
from models.ids import new_id
from tests.downloads.billing import NOW, People, make_invoice, open_session, pay
from tests.downloads.conftest import Counting, Gateway, MakeGateway
from tests.downloads.reading import pages, text
from tests.http.asking import Log, code

PATH = "/invoices/2026-000101.pdf"


def told(reply: httpx2.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Everything a caller can tell answers apart by."""
    return reply.status_code, reply.content, sorted(reply.headers.items())


async def test_a_customer_gets_an_invoice_as_a_file(gateway: Gateway, people: People) -> None:
    reply = await gateway.get(PATH, people.eve_token)
    assert reply.status_code == 200
    assert reply.content.startswith(b"%PDF-")
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["content-disposition"] == 'attachment; filename="invoice-2026-000101.pdf"'
    assert reply.headers["content-length"] == str(len(reply.content))
    assert reply.headers["etag"] == f'"{sha256(reply.content).hexdigest()}"'
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert reply.headers["x-content-type-options"] == "nosniff"
    stored = await InvoiceFile.get()
    assert (stored.invoice_id, stored.customer_id, stored.language) == (people.first.id, people.eve.id, "de")
    assert (stored.content, stored.sha256) == (reply.content, sha256(reply.content).hexdigest())


async def test_the_path_is_the_one_the_graph_tells(gateway: Gateway, people: People) -> None:
    asked = await gateway.ask("query ($id: ID!) { invoice(id: $id) { pdfPath } }", people.eve_token, id=people.first.id)
    assert asked["data"]["invoice"]["pdfPath"] == PATH


@pytest.mark.parametrize("number", ["RE/2026/7", "R 7", "50%", "a?b#c", "/" * 32, "../../passwd", 'q";x=\\'])
async def test_an_invoice_whose_number_does_not_fit_a_path_is_there_under_its_id(
    gateway: Gateway, people: People, number: str
) -> None:
    invoice = await make_invoice(people.eve, number)
    asked = await gateway.ask("query ($id: ID!) { invoice(id: $id) { pdfPath } }", people.eve_token, id=invoice.id)
    path = asked["data"]["invoice"]["pdfPath"]
    reply = await gateway.get(path, people.eve_token)
    assert reply.status_code == 200
    name = re.fullmatch(r'attachment; filename="([A-Za-z0-9._-]{1,64})"', reply.headers["content-disposition"])
    assert name is not None
    assert name[1].startswith("invoice-")
    assert name[1].endswith(".pdf")
    ticket = await gateway.ticket(invoice.id, people.eve_token)
    assert ticket.startswith(f"{path}?ticket=")
    assert (await gateway.get(ticket)).content == reply.content


async def test_head_tells_the_same_without_the_file(gateway: Gateway, people: People) -> None:
    head = await gateway.get(PATH, people.eve_token, method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict((await gateway.get(PATH, people.eve_token)).headers)


async def test_whoever_holds_the_bytes_is_told_so(gateway: Gateway, people: People) -> None:
    tag = (await gateway.get(PATH, people.eve_token)).headers["etag"]
    for held in (tag, f'"other", W/{tag}', "*"):
        reply = await gateway.get(PATH, people.eve_token, If_None_Match=held)
        assert (reply.status_code, reply.content, reply.headers["etag"]) == (304, b"", tag), held
    assert (await gateway.get(PATH, people.eve_token, If_None_Match='"other"')).status_code == 200


async def test_without_credentials_the_answer_is_401(gateway: Gateway, people: People) -> None:
    for path in (PATH, "/invoices/2026-000999.pdf", "/invoices/a b.pdf"):
        reply = await gateway.get(path.replace(" ", "_"))
        assert (reply.status_code, code(reply)) == (401, "UNAUTHENTICATED")
        assert reply.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("sent", ["Bearer gws_0", "Bearer", "Basic ZXZlOmV2ZQ==", "Bearer {}, Bearer {}"])
async def test_a_token_that_is_none_is_401_and_says_so(gateway: Gateway, people: People, sent: str) -> None:
    reply = await gateway.get(PATH, Authorization=sent.format(people.eve_token, people.eve_token))
    assert (reply.status_code, code(reply)) == (401, "UNAUTHENTICATED")
    assert reply.headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def test_a_session_that_has_ended_is_401(gateway: Gateway, people: People) -> None:
    gateway.wait(seconds=1_801)
    assert (await gateway.get(PATH, people.eve_token)).headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def test_foreign_missing_and_malformed_cannot_be_told_apart(gateway: Gateway, people: People) -> None:
    await gateway.get("/invoices/2026-000201.pdf", people.otto_token)  # it exists, and its file does
    replies = {
        path: await gateway.get(path, people.eve_token)
        for path in (
            "/invoices/2026-000201.pdf",
            f"/invoices/{people.ottos.id}.pdf",
            f"/invoices/{new_id('inv')}.pdf",
            f"/invoices/{people.eve.id}.pdf",
            "/invoices/2026-000999.pdf",
            "/invoices/2026-000101.PDF",
            "/invoices/2026-000101.pdf/",
            "/invoices/2026-000101",
            "/invoices/%00.pdf",
            "/invoices/2026-000101%0a.pdf",
            "/invoices/..%2f2026-000101.pdf",
            "/invoices/.pdf",
            "/invoices/" + "9" * 5_000 + ".pdf",
            "/invoices/2026-000101'--.pdf",
            "/invoices/2026_000101.pdf",
        )
    }
    (answer,) = {repr(told(reply)) for reply in replies.values()}
    assert "404" in answer
    assert await InvoiceFile.filter(customer_id=people.eve.id).count() == 0
    assert await InvoiceFile.all().count() == 1


async def test_for_a_package_login_there_are_no_invoices(gateway: Gateway, people: People) -> None:
    owned, missing = [
        await gateway.get(path, people.package_token) for path in (PATH, "/invoices/2026-000999.pdf")
    ]  # fmt: skip
    assert told(owned) == told(missing)
    assert owned.status_code == 404
    assert await InvoiceFile.all().count() == 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused(gateway: Gateway, people: People, method: str) -> None:
    reply = await gateway.get(PATH, people.eve_token, method=method)
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD")


async def test_the_invoice_says_in_german_what_is_owed_and_how_it_is_paid(gateway: Gateway, people: People) -> None:
    printed = text((await gateway.get(PATH, people.eve_token)).content)
    for expected in (
        *("Rechnung 2026-000101", "Bäckerei Süßkind & Söhne", "Zoë Müller", "Große Elbstraße 7a", "22767 Hamburg"),
        *("Leistung Nr. 001 1 Monat 10,00 € 19 % 10,00 €", "Leistung Nr. 002 1 Monat 11,00 € 7 % 11,00 €"),
        *("Nettobetrag", "21,00 €", "Umsatzsteuer 19 %", "1,90 €", "Umsatzsteuer 7 %", "0,77 €", "23,67 €"),
        *("01.01.2026 – 31.01.2026", "Kundennummer", "10001", "DE987654321", "15.02.2026"),
        *("Musterhost GmbH", "USt-IdNr. DE123456789", "MANDAT-10001", "DE98ZZZ09999999999", "4321"),
    ):
        assert expected in printed, expected


async def test_the_same_in_english_on_demand(gateway: Gateway, people: People) -> None:
    printed = text((await gateway.get(f"{PATH}?language=en", people.eve_token)).content)
    for expected in (
        *("Invoice 2026-000101", "Leistung Nr. 001 1 month €10.00 19% €10.00", "VAT 7%", "€0.77", "€23.67"),
        "We will collect €23.67 on 15 February 2026 by SEPA direct debit from your account ending in 4321.",
        "Mandate reference: MANDAT-10001",
    ):
        assert expected in printed, expected
    assert "Rechnung 2026" not in printed


async def test_the_language_is_the_customers_own_unless_another_is_asked_for(gateway: Gateway, people: People) -> None:
    path = "/invoices/2026-000201.pdf"
    assert "Invoice 2026-000201" in text((await gateway.get(path, people.otto_token)).content)
    assert "Rechnung 2026-000201" in text((await gateway.get(f"{path}?language=de", people.otto_token)).content)
    assert sorted([file.language for file in await InvoiceFile.all()]) == ["de", "en"]


@pytest.mark.parametrize("language", ["fr", "", "DE", "de&language=en", "de%00", "de;en"])
async def test_an_unknown_language_is_refused(gateway: Gateway, people: People, language: str) -> None:
    reply = await gateway.get(f"{PATH}?language={language}", people.eve_token)
    assert (reply.status_code, code(reply)) == (400, "BAD_USER_INPUT")
    assert await InvoiceFile.all().count() == 0


async def test_who_pays_by_transfer_is_told_the_account_and_what_is_left(gateway: Gateway, people: People) -> None:
    await pay(people.ottos, 1_000)
    await type(people.ottos).filter(id=people.ottos.id).update(state="OVERDUE")
    printed = text((await gateway.get("/invoices/2026-000201.pdf", people.otto_token)).content)
    for expected in ("€13.67 was due on 15 February 2026", "IBAN DE02 1203 0000 0000 2020 51", "Transfer of", "€10.00"):
        assert expected in printed, expected
    assert "Mandate" not in printed


async def test_of_the_customers_account_only_four_characters_are_shown(gateway: Gateway, people: People) -> None:
    content = (await gateway.get(PATH, people.eve_token)).content
    assert "SENTINEL" not in text(content)
    assert b"SENTINEL" not in content


async def test_an_invoice_of_200_lines_has_all_of_them(gateway: Gateway, people: People) -> None:
    invoice = await make_invoice(people.eve, "2026-000200", lines=200)
    printed = pages((await gateway.get("/invoices/2026-000200.pdf", people.eve_token)).content)
    assert len(printed) > 5
    for number in range(1, 201):
        assert sum(page.count(f"Leistung Nr. {number:03} ") for page in printed) == 1, number
    total = f"{invoice.gross_minor / 100:_.2f}".replace(".", ",").replace("_", ".")
    assert f"{total} €" in printed[-1]


async def test_the_bytes_stay_when_everything_behind_them_changes(
    gateway: Gateway, people: People, renderer: Counting
) -> None:
    before = await gateway.get(PATH, people.eve_token)
    await Customer.filter(id=people.eve.id).update(company_name="Umgezogen GmbH", street="Neuer Weg 1", city="Kiel")
    await BankAccount.filter(customer_id=people.eve.id).delete()
    await type(people.first).filter(id=people.first.id).update(state="PAID")
    gateway.wait(minutes=20)
    after = await gateway.get(PATH, people.eve_token)
    assert told(after) == told(before)
    assert renderer.asked == 1
    assert await InvoiceFile.all().count() == 1


async def test_parallel_first_downloads_get_the_same_bytes_and_store_one_row(
    another: MakeGateway, people: People, renderer: Counting
) -> None:
    async with another() as one, another() as two:
        replies = await asyncio.gather(*(at.get(PATH, people.eve_token) for at in (one, two) for _ in range(30)))
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.content for reply in replies}) == 1
    assert await InvoiceFile.all().count() == 1
    assert renderer.asked <= 2  # once in each process


async def test_what_another_process_stored_meanwhile_wins(
    gateway: Gateway, people: People, renderer: Counting, another: MakeGateway
) -> None:
    class Slow(Renderer):
        """Somebody else stores the file while it draws."""

        async def render(self, function: object, document: object) -> bytes:
            self.other = await gateway.get(PATH, people.eve_token)
            return b"%PDF-late"

    slow = Slow(1)
    async with another(slow) as late:
        reply = await late.get(PATH, people.eve_token)
    await slow.close()
    assert reply.content == slow.other.content != b"%PDF-late"
    assert await InvoiceFile.all().count() == 1


async def test_of_drawings_that_end_at_the_same_moment_one_is_stored_and_all_get_it(
    another: MakeGateway, people: People
) -> None:
    together = asyncio.Barrier(8)

    class Drawn(Renderer):
        """Draws something else than the others, and is done when they are."""

        async def render(self, function: object, document: object) -> bytes:
            await together.wait()
            return f"%PDF-{id(self)}".encode()

    async with AsyncExitStack() as stack:
        gateways = [await stack.enter_async_context(another(Drawn(1))) for _ in range(together.parties)]
        replies = await asyncio.gather(*(gateway.get(PATH, people.eve_token) for gateway in gateways))
    assert {reply.status_code for reply in replies} == {200}
    assert {reply.content for reply in replies} == {(await InvoiceFile.get()).content}


async def test_a_session_that_may_not_read_invoices_has_none(people: People, renderer: Counting) -> None:
    scopes = SCOPES_OF[SessionKind.CUSTOMER]
    files = Offer(INVOICES, InvoiceFiles(renderer, DEMO_COMPANY).source)
    for allowed, found in ((scopes, True), (scopes - {Scope.INVOICE_READ}, False)):
        viewer = Viewer(SessionKind.CUSTOMER, people.eve.id, None, allowed, new_id("ses"))
        assert (await files.find(viewer, people.first.number, None, NOW) is not None) is found


async def test_each_download_is_audited_and_nothing_else_is(gateway: Gateway, people: People) -> None:
    tag = (await gateway.get(PATH, people.eve_token)).headers["etag"]
    await gateway.get(PATH, people.eve_token, method="HEAD")
    await gateway.get(PATH, people.eve_token, If_None_Match=tag)
    await gateway.get("/invoices/2026-000201.pdf", people.eve_token)
    await gateway.get(PATH, people.package_token)
    await gateway.get(PATH)
    entry = await AuditEvent.get()
    assert (entry.action, entry.object_id, entry.result) == ("invoice.download", people.first.id, "OK")
    assert (entry.customer_id, entry.package_id, entry.occurred_at) == (people.eve.id, None, NOW)
    assert entry.detail == {"language": "de", "ticket": False}
    assert entry.session_id is not None
    assert entry.address == "192.0.2.0"


async def test_when_nothing_can_be_drawn_the_caller_may_try_again_and_stored_files_are_served(
    gateway: Gateway, another: MakeGateway, people: People
) -> None:
    closed = Renderer(1)
    await closed.close()
    async with another(closed) as busy:
        reply = await busy.get(PATH, people.eve_token)
        assert (reply.status_code, code(reply)) == (503, "UNAVAILABLE")
        assert int(reply.headers["retry-after"]) > 0
        drawn = await gateway.get(PATH, people.eve_token)
        assert (await busy.get(PATH, people.eve_token)).content == drawn.content


async def test_a_drawing_that_takes_too_long_is_503(another: MakeGateway, people: People) -> None:
    class Stuck(Renderer):
        async def render(self, function: object, document: object) -> bytes:
            return await asyncio.Future()

    stuck = Stuck(1)
    async with another(stuck, operation_deadline=0.05) as gateway:
        reply = await gateway.get(PATH, people.eve_token)
        assert (reply.status_code, code(reply)) == (503, "TIMEOUT")
        assert "retry-after" in reply.headers
    await stuck.close()
    assert await InvoiceFile.all().count() == 0


async def test_the_log_names_the_route_and_neither_number_nor_query(gateway: Gateway, people: People) -> None:
    log = Log()
    ticket = await gateway.ticket(people.first.id, people.eve_token)
    await gateway.get(ticket)
    await gateway.get(f"{PATH}?language=SENTINEL&ticket=SENTINEL")
    lines = [line for line in log.lines if line.get("route") == "/invoices/{name}.pdf"]
    assert [line["status"] for line in lines] == [200, 404]
    for secret in (ticket.partition("=")[2], "SENTINEL", "ticket=", "2026-000101"):
        assert secret not in log.text, secret


async def test_a_file_belongs_to_the_customer_whichever_session_asks(gateway: Gateway, people: People) -> None:
    again = await open_session(people.eve)
    assert (await gateway.get(PATH, again)).status_code == 200
    assert (await gateway.get(PATH, people.otto_token)).status_code == 404
