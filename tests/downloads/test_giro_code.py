"""`invoice.giroCode`: what is to be transferred, as a code for banking apps."""

from __future__ import annotations

from typing import Any

import pytest

from models import Invoice
from tests.downloads.billing import People, make_invoice, pay
from tests.downloads.conftest import Gateway
from tests.reading_qr import read_qr

QUERY = "query ($id: ID!) { invoice(id: $id) { number giroCode { text svg } } }"

TEXT = "BCD\n002\n1\nSCT\nBYLADEM1001\nMusterhost GmbH\nDE02120300000000202051\nEUR{}\n\n\n2026-000201"


async def code_of(gateway: Gateway, invoice_id: str, token: str) -> Any:
    answer = await gateway.ask(QUERY, token, id=invoice_id)
    assert "errors" not in answer, answer
    return answer["data"]["invoice"]["giroCode"]


async def test_an_open_invoice_has_a_code_that_can_be_scanned(gateway: Gateway, people: People) -> None:
    code = await code_of(gateway, people.ottos.id, people.otto_token)
    assert code["text"] == TEXT.format("23.67")
    assert read_qr(code["svg"]) == code["text"]


async def test_the_code_asks_for_what_is_left(gateway: Gateway, people: People) -> None:
    await pay(people.ottos, 1_000)
    assert (await code_of(gateway, people.ottos.id, people.otto_token))["text"] == TEXT.format("13.67")
    await pay(people.ottos, 1_367)
    assert await code_of(gateway, people.ottos.id, people.otto_token) is None


@pytest.mark.parametrize(
    "change", [{"state": "PAID"}, {"state": "CANCELLED"}, {"kind": "CREDIT_NOTE"}, {"currency": "CHF"}]
)
async def test_what_is_not_to_be_transferred_has_no_code(
    gateway: Gateway, people: People, change: dict[str, str]
) -> None:
    await Invoice.filter(id=people.ottos.id).update(**change)
    assert await code_of(gateway, people.ottos.id, people.otto_token) is None


async def test_what_is_collected_has_a_code_once_it_was_returned(gateway: Gateway, people: People) -> None:
    assert await code_of(gateway, people.first.id, people.eve_token) is None
    await Invoice.filter(id=people.first.id).update(state="DEBIT_RETURNED")
    assert (await code_of(gateway, people.first.id, people.eve_token))["text"].endswith("2026-000101")


async def test_a_list_of_invoices_has_the_code_of_each(gateway: Gateway, people: People) -> None:
    await make_invoice(people.otto, "2026-000202", lines=1)
    answer = await gateway.ask("{ invoices(first: 5) { nodes { number giroCode { text } } } }", people.otto_token)
    found = {node["number"]: node["giroCode"]["text"] for node in answer["data"]["invoices"]["nodes"]}
    assert {number: text.split("\n")[7] for number, text in found.items()} == {
        "2026-000201": "EUR23.67",
        "2026-000202": "EUR11.90",
    }


async def test_a_package_login_sees_no_code(gateway: Gateway, people: People) -> None:
    answer = await gateway.ask(QUERY, people.package_token, id=people.first.id)
    assert answer["data"] == {"invoice": None}


@pytest.mark.parametrize("field", ["text", "text svg"])
async def test_either_engine_says_the_same(gateway: Gateway, people: People, field: str) -> None:
    """What asks for the picture is answered by the reference engine."""
    await Invoice.filter(id=people.second.id).update(state="OVERDUE")
    await make_invoice(people.eve, "2026-000106", buyer={"name": "Zoë"}, payment_method="TRANSFER")
    query = f"{{ invoices(first: 5) {{ nodes {{ number giroCode {{ {field} }} }} }} }}"
    answer = await gateway.ask(query, people.eve_token)
    coded = {node["number"]: node["giroCode"] is not None for node in answer["data"]["invoices"]["nodes"]}
    assert coded == {"2026-000101": False, "2026-000102": True, "2026-000106": True}
