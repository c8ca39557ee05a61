"""Credit notes, discounts and kinds of VAT in imports: what adds up is stored, anything else is refused by line and field."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from gateway.jobs.importing.lines import read_line
from gateway.jobs.importing.record import Entry
from models import Invoice, InvoiceDiscount, InvoiceLine
from tests.importing.samples import ALL, INVOICE, changed, line
from tests.importing.test_importing import Host, host, ndjson

__all__ = ["host"]

pytestmark = pytest.mark.usefixtures("database")

NOTE: dict[str, Any] = {
    **INVOICE,
    "number": "G-1",
    "document": "CREDIT_NOTE",
    "corrects": INVOICE["number"],
    "payments": [],
}


def discounted() -> dict[str, Any]:
    """One euro off the line, and one off the whole: 304 net."""
    record = copy.deepcopy(INVOICE)
    record |= {"number": "D-1", "net_minor": 304, "vat_minor": 58, "gross_minor": 362, "state": "OPEN", "payments": []}
    record["lines"][0] |= {"discount_minor": 100, "discount_reason": "Treue", "net_minor": 404}
    record["taxes"] = [{"vat_basis_points": 1900, "net_minor": 304, "vat_minor": 58}]
    record["discounts"] = [{"reason": "Gutschein", "net_minor": 100, "vat_basis_points": 1900}]
    record["buyer"] = {
        "name": "Alt",
        "street": "Weg 1",
        "postcode": "10115",
        "city": "Berlin",
        "country": "DE",
        "vat_id": "DE1",
    }
    return record


async def test_a_credit_note_takes_back_an_invoice_of_the_same_customer(host: Host) -> None:
    await host.bring_whole(*ALL, NOTE)
    note = await Invoice.get(number="G-1")
    assert (note.kind, note.corrects_id) == ("CREDIT_NOTE", (await Invoice.get(number=INVOICE["number"])).id)
    await host.bring_whole(NOTE)


@pytest.mark.parametrize(
    ("path", "value"), [("corrects", "NOWHERE"), ("corrects", None), ("document", "INVOICE"), ("corrects", "G-1")]
)
async def test_a_credit_note_of_nothing_is_refused(host: Host, path: str, value: object) -> None:
    await host.bring_whole(*ALL)
    await host.bring(ndjson(changed(NOTE, path, value)))
    assert host.fields == [(1, "corrects")]
    assert await Invoice.all().count() == 1


async def test_discounts_are_stored_and_do_not_change(host: Host) -> None:
    await host.bring_whole(*ALL, discounted())
    invoice = await Invoice.get(number="D-1")
    assert invoice.buyer["vatId"] == "DE1"
    assert (await InvoiceDiscount.get(invoice_id=invoice.id)).net_minor == 100
    assert (await InvoiceLine.get(invoice_id=invoice.id)).discount_minor == 100
    await host.bring_whole(discounted())
    await host.bring(ndjson(changed(discounted(), "discounts.0.reason", "anders")))
    assert host.fields == [(1, "discounts")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("discounts.0.net_minor", -100), ("discounts.0.net_minor", 0), ("discounts.0.net_minor", 10**12 + 1),
        ("discounts.0.vat_basis_points", 700), ("lines.0.discount_minor", -1), ("lines.0.discount_minor", 98),
        ("lines.0.discount_minor", 2), ("taxes.0.vat_category", "AE"), ("lines.0.vat_category", "AE"),
        ("gross_minor", 10**30), ("net_minor", float("nan")), ("net_minor", 1e300), ("currency", "XXQ"),
        ("lines.0.quantity_thousandths", 10**13), ("buyer.country", "ZZ"), ("vat_minor", True), ("vat_minor", "58"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_or_is_no_amount_is_refused(path: str, value: object) -> None:
    assert isinstance(read_line(1, line(discounted())), Entry)
    refused = read_line(1, line(changed(discounted(), path, value)))
    assert isinstance(refused, list)
    assert refused
