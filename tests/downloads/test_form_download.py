"""`GET /forms/…`: filled in from the customer's own rows when it is asked for, by the rules that offer it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models import AuditEvent, Contract, Customer, Domain, DomainHolder, Package, PackageType, Tariff
from models.ids import new_id
from models.rules.form import FormKind
from tests.downloads.billing import NOW, People
from tests.downloads.conftest import Gateway
from tests.downloads.reading import text
from tests.downloads.test_invoice_download import told

CREATE = """mutation($id: ID!, $kind: FormKind!) { formTicketCreate(input: {contractId: $id, kind: $kind, language: EN}) {
 ticket { path } errors { code } } }"""


def path(kind: FormKind, name: str) -> str:
    return f"/forms/{kind.value.lower().replace('_', '-')}/{name}.pdf"


async def contract_of(customer: Customer, number: str, **more: Any) -> Contract:
    """A contract over a package with two domains, one of which is registered for somebody else."""
    code = f"web-{number}"
    kind = await PackageType.create(code=code, name="Web", family="web", functions=["UPGRADE", "CANCEL", "DOMAINS"])
    tariff = await Tariff.create(
        type_id=kind.id, code=code, name="Web L monatlich", net_minor=1, gross_minor=1, vat_basis_points=0, currency="EUR",
        billing_months=1, minimum_term_months=12, renewal_months=0, notice_months=1,
    )  # fmt: skip
    package = await Package.create(
        customer_id=customer.id, type_id=kind.id, name=f"Laden {number}", identification=code, order_number=f"A-{number}",
        state="ACTIVE", created_at=NOW,
    )  # fmt: skip
    for n in range(2):
        name = f"laden-{n}-{number.lower()}.example"
        domain = await Domain.create(
            customer_id=customer.id, package_id=package.id, name=name, ascii_name=name, state="ACTIVE", created_at=NOW
        )
        if n:
            await DomainHolder.create(
                customer_id=customer.id, domain_id=domain.id, name="Otto Ohm", organisation=f"Verein {number}",
                street="Kai 9", postcode="20457", city="Hamburg", country="DE", email="otto@example.com",
            )  # fmt: skip
    values: dict[str, Any] = {
        "state": "ACTIVE", "starts_on": date(2025, 1, 1), "ends_on": None, "minimum_term_months": 12, "renewal_months": 0,
        "notice_months": 1, "billing_months": 1, "net_minor": 1, "gross_minor": 1, "vat_basis_points": 0,
        "currency": "EUR", "created_at": NOW - timedelta(days=9),
    }  # fmt: skip
    return await Contract.create(
        customer_id=customer.id, package_id=package.id, tariff_id=tariff.id, number=number, **values | more
    )


@pytest.mark.parametrize("kind", list(FormKind))
async def test_a_form_is_filled_in_for_the_customer_in_the_language_asked_for(
    kind: FormKind, gateway: Gateway, people: People
) -> None:
    await contract_of(people.eve, "V-1")
    german = await gateway.get(path(kind, "V-1"), people.eve_token)
    assert (german.status_code, german.headers["content-type"]) == (200, "application/pdf")
    assert german.headers["cache-control"] == "no-store"
    assert german.headers["content-disposition"].endswith(f'form-{kind.value.lower().replace("_", "-")}-V-1.pdf"')
    shown = text(german.content)
    for known in ("Bäckerei Süßkind & Söhne", "10001", "V-1", "Laden V-1", "Web L monatlich", "Hafenstraße 12"):
        assert known in shown
    if kind is FormKind.DOMAIN_HOLDER_CHANGE:
        assert "laden-1-v-1.example Bisheriger Inhaber: Verein V-1, Otto Ohm, Kai 9, 20457 Hamburg, DE" in shown
        assert "laden-0-v-1.example Bisheriger Inhaber: Bäckerei Süßkind & Söhne, Große Elbstraße 7a" in shown
    english = await gateway.get(f"{path(kind, 'V-1')}?language=en", people.eve_token)
    assert "Customer number" in text(english.content)
    entries = await AuditEvent.all().order_by("number")
    assert [(entry.action, entry.detail["name"], entry.detail["language"]) for entry in entries] == [
        ("form.download", kind.value, "de"),
        ("form.download", kind.value, "en"),
    ]


async def test_nothing_of_another_customer_stands_on_a_form(gateway: Gateway, people: People) -> None:
    await contract_of(people.eve, "V-1")
    await contract_of(people.otto, "V-2")
    for kind in FormKind:
        shown = text((await gateway.get(path(kind, "V-1"), people.eve_token)).content)
        assert "V-2" not in shown
        assert "10002" not in shown
        assert "v-2.example" not in shown


async def test_foreign_missing_and_unusable_forms_are_the_same(gateway: Gateway, people: People) -> None:
    foreign = await contract_of(people.otto, "V-2")
    ended = await contract_of(people.eve, "V-3", state="ENDED", ends_on=date(2026, 1, 1))
    names = ("V-2", foreign.id, "V-3", ended.id, new_id("ctr"), people.eve.id, "x", "x" * 33, "%00")
    answers = {repr(told(await gateway.get(path(FormKind.UPGRADE, name), people.eve_token))) for name in names}
    (answer,) = answers
    assert "404" in answer
    assert (await gateway.get("/forms/nonsense/V-2.pdf", people.otto_token)).status_code == 404
    assert (await gateway.get(path(FormKind.UPGRADE, "V-2"))).status_code == 401
    assert await AuditEvent.all().count() == 0


async def test_for_a_package_login_there_are_none(gateway: Gateway, people: People) -> None:
    await contract_of(people.eve, "V-1")
    for kind in FormKind:
        assert (await gateway.get(path(kind, "V-1"), people.package_token)).status_code == 404
    assert (await gateway.get("/forms/holder-change/10001.pdf", people.package_token)).status_code == 404


async def test_a_ticket_opens_one_form_once_in_its_language(gateway: Gateway, people: People) -> None:
    contract = await contract_of(people.eve, "V-1")
    given = await gateway.ask(CREATE, people.eve_token, id=contract.id, kind="UPGRADE")
    address = given["data"]["formTicketCreate"]["ticket"]["path"]
    other = address.replace("/upgrade/", "/downgrade/")
    assert (await gateway.get(other)).status_code == 404
    assert "Change to a higher tariff" in text((await gateway.get(address)).content)
    assert (await gateway.get(address)).status_code == 404


async def test_the_holder_of_everything_changes_by_a_form_without_contract_data(
    gateway: Gateway, people: People
) -> None:
    await contract_of(people.eve, "V-1")
    reply = await gateway.get("/forms/holder-change/10001.pdf", people.eve_token)
    shown = text(reply.content)
    assert "alle Verträge unter dieser Kundennummer" in shown
    assert "V-1" not in shown
    assert (await gateway.get("/forms/holder-change/10002.pdf", people.eve_token)).status_code == 404
    created = await gateway.ask("mutation { holderChangeTicketCreate { ticket { path } } }", people.eve_token)
    address = created["data"]["holderChangeTicketCreate"]["ticket"]["path"]
    assert (await gateway.get(address)).status_code == 200
