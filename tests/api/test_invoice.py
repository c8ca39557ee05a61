"""Invoices: which are listed, what is told about one, and what is owed in all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models import Invoice, InvoiceLine, InvoiceReminder, Payment
from models.ids import new_id
from tests.api.debiting import came_back
from tests.api.service import Service
from tests.world import NOW, Caller

NUMBERS = "query($f: InvoiceFilter, $s: String) { invoices(first: 50, filter: $f, search: $s) { totalCount nodes { number } } }"
TOTALS = """{ invoiceTotals { currency openCount open { minorUnits currency } overdueCount overdue { minorUnits } } }"""


async def bill(service: Service, number: str, state: str = "OPEN", **values: Any) -> Invoice:
    """An invoice of the owner over 100 EUR net, due on 21 February."""
    given: dict[str, Any] = {
        "issued_on": date(2026, 2, 1), "due_on": date(2026, 2, 21), "currency": "EUR", "net_minor": 10_000,
        "vat_minor": 1_900, "gross_minor": 11_900, "created_at": NOW,
    }  # fmt: skip
    return await Invoice.create(customer_id=service.world.owner.customer, number=number, state=state, **given | values)


async def numbers(service: Service, search: str | None = None, **given: Any) -> set[str]:
    """The numbers of what is listed, by both engines; the total agrees."""
    found = (await service.both(NUMBERS, {"f": given, "s": search}, by=Caller.OWNER)).data["invoices"]
    assert found["totalCount"] == len(found["nodes"])
    return {node["number"] for node in found["nodes"]}


async def line_of(
    invoice: Invoice, description: str, package_id: str | None, position: int = 1, net: int = 10_000
) -> None:
    await InvoiceLine.create(
        customer_id=invoice.customer_id, invoice_id=invoice.id, package_id=package_id, position=position,
        description=description, quantity_thousandths=1_000, unit="piece", unit_net_minor=net, net_minor=net,
        vat_basis_points=1_900, currency="EUR",
    )  # fmt: skip


async def test_every_condition_of_the_filter_holds(service: Service) -> None:
    await Invoice.all().update(state="PAID", gross_minor=0, net_minor=0, vat_minor=0)
    one = await bill(service, "F-1", period_from=date(2026, 1, 1), period_to=date(2026, 1, 31))
    await bill(service, "F-2", "OVERDUE", due_on=date(2026, 2, 22), net_minor=0, vat_minor=0, gross_minor=0)
    await bill(service, "F-3", "CANCELLED", kind="CREDIT_NOTE", corrects_id=one.id)
    await line_of(one, "Hosting", service.world.owner.packages["shop"])
    assert await numbers(service, openOnly=True) == {"F-1", "F-2"}
    assert {"F-1", "F-2", "F-3"} <= await numbers(service, openOnly=False)
    corrected = await Invoice.get(id=service.world.owner.invoices["credit"])
    assert await numbers(service, kind=["CREDIT_NOTE"]) == {"F-3", corrected.number}
    assert await numbers(service, amountFrom=11_900, amountTo=11_900) == {"F-1", "F-3"}
    assert await numbers(service, amountFrom=11_901) == set()
    assert await numbers(service, dueFrom="2026-02-22", dueTo="2026-02-22") == {"F-2"}
    assert await numbers(service, periodFrom="2026-01-31", periodTo="2026-01-31", openOnly=True) == {"F-1"}
    assert await numbers(service, periodFrom="2026-02-01", openOnly=True) == set()
    assert await numbers(service, package=service.world.owner.packages["shop"], openOnly=True) == {"F-1"}


@pytest.mark.parametrize("package", ["foreign", "nothing", "malformed"])
async def test_the_package_of_somebody_else_is_that_of_nobody(service: Service, package: str) -> None:
    foreign = next(iter(service.world.other.packages.values()))
    ids = {"foreign": foreign, "nothing": new_id("pkg"), "malformed": "'; --"}
    assert await numbers(service, package=ids[package]) == set()


async def test_the_text_of_lines_is_found_whatever_case_and_accents(service: Service) -> None:
    one = await bill(service, "T-1")
    await line_of(one, "Schlüsseldienst für Ärzte", None)
    assert await numbers(service, "ARZTE") == {"T-1"}
    assert await numbers(service, "schlusseldienst") == {"T-1"}
    assert await numbers(service, "t-1") == {"T-1"}
    assert await numbers(service, "nirgends") == set()


async def test_what_is_owed_is_summed_by_currency_less_payments_and_credit_notes(service: Service) -> None:
    await Invoice.filter(customer_id=service.world.owner.customer).update(state="PAID")
    late = await bill(service, "S-1", "OVERDUE")
    await bill(service, "S-2", due_on=date(2026, 3, 2))  # today: not overdue yet
    await bill(service, "S-3", "DEBIT_PENDING")
    await bill(service, "S-4", currency="CHF")
    await bill(service, "S-5", "PAID")
    await bill(
        service, "S-6", "OPEN", kind="CREDIT_NOTE", corrects_id=late.id, net_minor=100, vat_minor=19, gross_minor=119
    )
    await Payment.create(
        customer_id=late.customer_id, invoice_id=late.id, method="TRANSFER", paid_on=date(2026, 2, 25), amount_minor=900,
        currency="EUR",
    )  # fmt: skip
    found = (await service.both(TOTALS, by=Caller.OWNER)).data["invoiceTotals"]
    owed = 11_900 - 900 - 119
    assert found == [
        {
            "currency": "CHF", "openCount": 1, "open": {"minorUnits": 11_900, "currency": "CHF"}, "overdueCount": 1,
            "overdue": {"minorUnits": 11_900},
        },
        {
            "currency": "EUR", "openCount": 3, "open": {"minorUnits": owed + 2 * 11_900, "currency": "EUR"},
            "overdueCount": 1, "overdue": {"minorUnits": owed},
        },
    ]  # fmt: skip


async def test_what_is_owed_is_nobody_elses_to_know(service: Service) -> None:
    reply = await service.both(TOTALS, by=Caller.PACKAGE)
    assert reply.json["data"] == {"invoiceTotals": None}
    assert reply.errors[0]["extensions"]["code"] == "FORBIDDEN"


DETAIL = """query($id: ID!) { invoice(id: $id) { amountDue { minorUnits } amountPaid { minorUnits } nextReminderOn
  creditNotes { number corrects { id } } reminders { level fee { minorUnits } } buyer { name vatId }
  debits { state returnCode returnReason returnAdvice }
  linesByPackage { package { id } net { minorUnits } lines { position } } } }"""


async def test_one_invoice_tells_all_about_it(service: Service) -> None:
    world = service.world.owner
    one = await bill(service, "D-1", "DEBIT_RETURNED", buyer={"name": "Alt & Söhne", "vatId": "DE1"})
    shop, other = list(world.packages.values())[:2]
    await line_of(one, "a", None, 1, 1)
    await line_of(one, "b", shop, 2, 20)
    await line_of(one, "c", other, 3, 300)
    await line_of(one, "d", shop, 4, 4_000)
    await bill(
        service, "D-2", "PAID", kind="CREDIT_NOTE", corrects_id=one.id, net_minor=100, vat_minor=19, gross_minor=119
    )
    await came_back(one, "MS03", mandate="M")
    await InvoiceReminder.create(
        customer_id=one.customer_id, invoice_id=one.id, level=1, sent_on=date(2026, 2, 28), due_on=date(2026, 3, 10),
        currency="EUR",
    )  # fmt: skip
    found = (await service.both(DETAIL, {"id": one.id}, by=Caller.OWNER)).data["invoice"]
    assert (found["amountDue"], found["amountPaid"]) == ({"minorUnits": 11_781}, {"minorUnits": 0})
    assert found["nextReminderOn"] == "2026-03-15"
    assert found["creditNotes"] == [{"number": "D-2", "corrects": {"id": one.id}}]
    assert found["reminders"] == [{"level": 1, "fee": {"minorUnits": 0}}]
    assert found["buyer"] == {"name": "Alt & Söhne", "vatId": "DE1"}
    assert found["debits"][0]["returnCode"] == "MS03"
    assert "usual in Germany" in found["debits"][0]["returnReason"]
    assert found["debits"][0]["returnAdvice"]
    groups = [
        (
            group["package"] and group["package"]["id"],
            group["net"]["minorUnits"],
            [line["position"] for line in group["lines"]],
        )
        for group in found["linesByPackage"]
    ]
    assert groups == [(shop, 4_020, [2, 4]), (other, 300, [3]), (None, 1, [1])]
