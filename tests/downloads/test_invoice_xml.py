"""`GET /invoices/{number}.xml`: the invoice as data, stored once, and the same bytes in its PDFs."""

from __future__ import annotations

import asyncio
import io
import logging
from hashlib import sha256
from typing import Any

import pikepdf
import pytest
from lxml import etree
from pypdf import PdfReader

from gateway.documents.render import Renderer
from models import AuditEvent, Customer, Invoice, InvoiceDiscount, InvoiceFile, InvoiceLine, InvoiceTax, InvoiceXml
from tests.downloads.billing import NOW, People, make_invoice, pay
from tests.downloads.conftest import Counting, Gateway, MakeGateway
from tests.downloads.reading import text
from tests.downloads.test_invoice_download import PATH, told
from tests.e_invoice.official import faults
from tests.http.asking import code

XML = "/invoices/2026-000101.xml"
RAM = {"ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"}


def carried(pdf: bytes) -> bytes | None:
    """The XML in a PDF, as two libraries read it."""
    found = PdfReader(io.BytesIO(pdf)).attachments
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        again = {name: [file.get_file().read_bytes()] for name, file in opened.attachments.items()}
    assert again == {name: list(contents) for name, contents in found.items()}
    return again["factur-x.xml"][0] if again else None


def said(xml: bytes, path: str) -> list[str]:
    """The texts of the elements at a path."""
    return [str(element.text) for element in etree.fromstring(xml).findall(f".//{path}", RAM)]


async def test_a_customer_gets_the_invoice_as_data(gateway: Gateway, people: People) -> None:
    reply = await gateway.get(XML, people.eve_token)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/xml"
    assert reply.headers["content-disposition"] == 'attachment; filename="invoice-2026-000101.xml"'
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    assert reply.headers["etag"] == f'"{sha256(reply.content).hexdigest()}"'
    assert not faults(reply.content)
    assert said(reply.content, "ram:GrandTotalAmount") == ["23.67"]
    assert said(reply.content, "ram:BuyerTradeParty/ram:Name") == ["Bäckerei Süßkind & Söhne"]
    assert said(reply.content, "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode") == ["59"]
    assert said(reply.content, "ram:DirectDebitMandateID") == ["MANDAT-10001"]
    assert b"SENTINEL" not in reply.content
    stored = await InvoiceXml.get()
    assert (stored.invoice_id, stored.customer_id, stored.content) == (people.first.id, people.eve.id, reply.content)
    assert (stored.sha256, stored.created_at) == (sha256(reply.content).hexdigest(), NOW)


async def test_both_languages_carry_the_same_data_as_the_file_alone(gateway: Gateway, people: People) -> None:
    german = await gateway.get(PATH, people.eve_token)
    assert await InvoiceXml.all().count() == 1
    await pay(people.first, 100)  # what is known of the payment has changed; what was issued has not
    english = await gateway.get(f"{PATH}?language=en", people.eve_token)
    alone = await gateway.get(XML, people.eve_token)
    assert carried(german.content) == carried(english.content) == alone.content
    assert await InvoiceXml.all().count() == 1


async def test_who_asks_for_the_data_first_issues_the_invoice_in_the_customers_language(
    gateway: Gateway, people: People, renderer: Counting
) -> None:
    alone = await gateway.get("/invoices/2026-000201.xml", people.otto_token)
    assert (await InvoiceFile.get()).language == "en"
    assert carried((await gateway.get("/invoices/2026-000201.pdf", people.otto_token)).content) == alone.content
    assert renderer.asked == 1


async def test_the_path_is_the_one_the_graph_tells(gateway: Gateway, people: People) -> None:
    query = "query ($id: ID!) { invoice(id: $id) { pdfPath xmlPath } }"
    asked = await gateway.ask(query, people.eve_token, id=people.first.id)
    assert asked["data"]["invoice"] == {"pdfPath": PATH, "xmlPath": XML}
    slashed = await make_invoice(people.eve, "RE/2026/7")
    path = (await gateway.ask(query, people.eve_token, id=slashed.id))["data"]["invoice"]["xmlPath"]
    assert path == f"/invoices/{slashed.id}.xml"
    assert said((await gateway.get(path, people.eve_token)).content, "ram:PaymentReference") == ["RE/2026/7"]


async def test_the_data_stay_when_everything_behind_them_changes(gateway: Gateway, people: People) -> None:
    before = await gateway.get(XML, people.eve_token)
    await Customer.filter(id=people.eve.id).update(company_name="Umgezogen GmbH", city="Kiel", language="en")
    await Invoice.filter(id=people.first.id).update(state="PAID")
    gateway.wait(minutes=20)
    assert told(await gateway.get(XML, people.eve_token)) == told(before)


async def test_a_pdf_that_is_older_than_this_stays_as_it_is(
    gateway: Gateway, people: People, renderer: Counting
) -> None:
    await InvoiceFile.create(
        customer_id=people.eve.id, invoice_id=people.first.id, language="de", sha256="0" * 64, content=b"%PDF-old",
        created_at=NOW,
    )  # fmt: skip
    alone = await gateway.get(XML, people.eve_token)
    assert not faults(alone.content)
    assert renderer.asked == 0
    assert (await gateway.get(PATH, people.eve_token)).content == b"%PDF-old"
    assert carried((await gateway.get(f"{PATH}?language=en", people.eve_token)).content) == alone.content


async def test_parallel_first_downloads_of_all_kinds_store_one_xml(another: MakeGateway, people: People) -> None:
    paths = (PATH, f"{PATH}?language=en", XML)
    async with another() as one, another() as two:
        replies = await asyncio.gather(
            *(at.get(path, people.eve_token) for at in (one, two) for path in paths for _ in range(8))
        )
    assert {reply.status_code for reply in replies} == {200}
    xml = (await InvoiceXml.get()).content
    assert {carried(reply.content) if reply.content.startswith(b"%PDF") else reply.content for reply in replies} == {
        xml
    }
    assert await InvoiceFile.all().count() == 2


async def test_a_file_that_was_drawn_with_other_data_than_were_stored_meanwhile_is_drawn_again(
    gateway: Gateway, people: People, another: MakeGateway
) -> None:
    class Slow(Renderer):
        """Somebody pays, and the other language is stored, while it draws."""

        drawn = 0

        async def render(self, function: Any, document: Any) -> bytes:
            self.drawn += 1
            if self.drawn == 1:
                await pay(people.first, 1_000)
                await gateway.get(PATH, people.eve_token)
            return bytes(await gateway.made.renderer.render(function, document))

    slow = Slow(1)
    async with another(slow) as late:
        english = await late.get(f"{PATH}?language=en", people.eve_token)
    await slow.close()
    stored = (await InvoiceXml.get()).content
    assert said(stored, "ram:TotalPrepaidAmount") == ["10.00"]
    assert carried(english.content) == stored
    assert slow.drawn == 2


async def test_an_invoice_that_breaks_a_rule_has_its_pdf_and_no_data_and_the_log_says_so(
    gateway: Gateway, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    """Ten positions of 0.03 whose VAT was rounded for each: 0.10 where EN 16931 wants 0.06 (BR-CO-17)."""
    invoice = await make_invoice(people.eve, "2026-000103", lines=0, net_minor=30, vat_minor=10, gross_minor=40)
    own: dict[str, Any] = {
        "customer_id": people.eve.id, "invoice_id": invoice.id, "currency": "EUR", "vat_basis_points": 1_900
    }  # fmt: skip
    for position in range(1, 11):
        await InvoiceLine.create(
            **own, position=position, description="Domain", quantity_thousandths=1_000, unit="month", unit_net_minor=3,
            net_minor=3,
        )  # fmt: skip
    await InvoiceTax.create(**own, net_minor=30, vat_minor=10)
    with caplog.at_level(logging.ERROR):
        pdf = await gateway.get("/invoices/2026-000103.pdf", people.eve_token)
    assert pdf.status_code == 200
    assert carried(pdf.content) is None
    assert f"The invoice {invoice.id} has no XML: it breaks BR-CO-17 of EN 16931." in caplog.text
    missing = await gateway.get("/invoices/2026-000999.xml", people.eve_token)
    assert told(await gateway.get("/invoices/2026-000103.xml", people.eve_token)) == told(missing)
    assert await InvoiceXml.all().count() == 0


async def test_foreign_missing_and_malformed_cannot_be_told_apart(gateway: Gateway, people: People) -> None:
    await gateway.get("/invoices/2026-000201.xml", people.otto_token)  # it exists, and its file does
    foreign = ("/invoices/2026-000201.xml", f"/invoices/{people.ottos.id}.xml", "/invoices/%00.xml", "/invoices/x.XML")
    replies = {repr(told(await gateway.get(path, people.eve_token))) for path in foreign}
    replies.add(repr(told(await gateway.get(XML, people.package_token))))
    (answer,) = replies
    assert "404" in answer
    assert (await gateway.get(XML)).status_code == 401
    assert await InvoiceXml.filter(customer_id=people.eve.id).count() == 0


async def test_each_download_is_audited_as_what_it_was(gateway: Gateway, people: People) -> None:
    await gateway.get(XML, people.eve_token)
    entry = await AuditEvent.get()
    assert (entry.action, entry.object_id) == ("invoice.download", people.first.id)
    assert entry.detail == {"format": "XML", "ticket": False}


async def ticket(gateway: Gateway, invoice_id: str, token: str) -> Any:
    """The answer to asking for a ticket for the XML."""
    text = """mutation ($id: ID!) {
        invoiceXmlTicketCreate(input: {invoiceId: $id}) { ticket { path } errors { code } }
    }"""
    return (await gateway.ask(text, token, id=invoice_id))["data"]["invoiceXmlTicketCreate"]


async def test_a_ticket_opens_the_data_once_and_no_other_file(gateway: Gateway, people: People) -> None:
    path = (await ticket(gateway, people.first.id, people.eve_token))["ticket"]["path"]
    assert path.startswith(f"{XML}?ticket=")
    assert (await gateway.get(path.replace(".xml", ".pdf"))).status_code == 404
    assert (await gateway.get(path)).status_code == 200
    assert (await gateway.get(path)).status_code == 404
    of_pdf = await gateway.ticket(people.first.id, people.eve_token)
    assert (await gateway.get(of_pdf.replace(".pdf", ".xml"))).status_code == 404
    refused = await ticket(gateway, people.ottos.id, people.eve_token)
    assert refused == {"ticket": None, "errors": [{"code": "NOT_FOUND"}]}


async def test_when_nothing_can_be_drawn_the_caller_may_try_again(another: MakeGateway, people: People) -> None:
    closed = Renderer(1)
    await closed.close()
    async with another(closed) as busy:
        reply = await busy.get(XML, people.eve_token)
        assert (reply.status_code, code(reply)) == (503, "UNAVAILABLE")
    assert await InvoiceXml.all().count() == 0


BUYER = {
    "name": "Früher GmbH", "street": "Alter Weg 1", "extra": None, "postcode": "1010", "city": "Wien", "country": "AT",
    "vatId": "ATU12345678",
}  # fmt: skip


async def test_a_credit_note_by_transfer_names_what_it_takes_back_and_the_buyer_of_then(
    gateway: Gateway, people: People
) -> None:
    note = await make_invoice(
        people.eve, "G2026-7", lines=1, kind="CREDIT_NOTE", corrects_id=people.first.id, buyer=BUYER, net_minor=900,
        vat_minor=171, gross_minor=1_071, payment_method="TRANSFER",
    )  # fmt: skip
    await InvoiceDiscount.create(
        customer_id=people.eve.id, invoice_id=note.id, position=1, reason="Anteil", net_minor=100, vat_category="S",
        vat_basis_points=1_900, currency="EUR",
    )  # fmt: skip
    await InvoiceTax.filter(invoice_id=note.id).update(net_minor=900, vat_minor=171)
    pdf, xml = [(await gateway.get(f"/invoices/G2026-7.{kind}", people.eve_token)).content for kind in ("pdf", "xml")]
    assert not faults(xml)
    assert carried(pdf) == xml
    assert said(xml, "{*}ExchangedDocument/ram:TypeCode") == ["381"]
    assert said(xml, "ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == ["2026-000101"]
    assert said(xml, "ram:BuyerTradeParty/ram:Name") == ["Früher GmbH"]
    assert said(xml, "ram:AllowanceTotalAmount") == ["1.00"]
    assert not said(xml, "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode")
    printed = text(pdf)
    for expected in (
        "Rechnungskorrektur G2026-7",
        "Früher GmbH",
        "Zu Rechnung 2026-000101, 01.02.2026",
        "Nachlass: Anteil",
    ):
        assert expected in printed, expected


@pytest.mark.parametrize(
    ("method", "buyer", "means"),
    [("TRANSFER", BUYER, "58"), ("DIRECT_DEBIT", BUYER, "59"), ("TRANSFER", None, "59")],
    ids=["by transfer", "by debit", "before it was kept"],
)
async def test_the_invoice_says_how_it_is_paid(
    gateway: Gateway, people: People, method: str, buyer: dict[str, Any] | None, means: str
) -> None:
    await make_invoice(people.eve, "2026-000104", payment_method=method, buyer=buyer)
    xml = (await gateway.get("/invoices/2026-000104.xml", people.eve_token)).content
    assert said(xml, "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode") == [means]
    assert said(xml, "ram:IBANID") == (["DE02120300000000202051"] if means == "58" else [])


async def test_reverse_charge_says_why_there_is_no_vat(gateway: Gateway, people: People) -> None:
    invoice = await make_invoice(
        people.eve, "2026-000105", lines=1, buyer=BUYER, net_minor=1_000, vat_minor=0, gross_minor=1_000
    )
    await InvoiceLine.filter(invoice_id=invoice.id).update(vat_category="AE", vat_basis_points=0)
    await InvoiceTax.filter(invoice_id=invoice.id).update(vat_category="AE", vat_basis_points=0, vat_minor=0)
    pdf, xml = [
        (await gateway.get(f"/invoices/2026-000105.{kind}", people.eve_token)).content for kind in ("pdf", "xml")
    ]
    assert not faults(xml)
    assert said(xml, "ram:ExemptionReasonCode") == ["VATEX-EU-AE"]
    assert "Steuerschuldnerschaft des Leistungsempfängers" in text(pdf)
