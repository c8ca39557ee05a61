"""`GET /cancellations/{number}.pdf`: the receipt of a cancellation, by the same rules as every file."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

from models import AuditEvent, Cancellation, CancellationReceipt, Contract, Customer, Package, PackageType, Tariff
from models.ids import new_id
from tests.downloads.billing import NOW, People
from tests.downloads.conftest import Gateway
from tests.downloads.test_invoice_download import told

CONTENT = b"%PDF-" + bytes(range(256)) * 1_000
TICKET = (
    "mutation($id: ID!) { cancellationTicketCreate(input: {cancellationId: $id}) { ticket { path } errors { code } } }"
)


async def cancellation_of(customer: Customer, number: str = "K-2026-7QX3M2PA") -> Cancellation:
    """A cancellation with its receipt, over a package made for it."""
    kind = await PackageType.get_or_none(code="web-k") or await PackageType.create(
        code="web-k", name="K", family="web", functions=["SELECT"]
    )
    tariff = await Tariff.get_or_none(code="k") or await Tariff.create(
        type_id=kind.id, code="k", name="K", net_minor=1, gross_minor=1, vat_basis_points=0, currency="EUR",
        billing_months=1, minimum_term_months=1, renewal_months=0, notice_months=1,
    )  # fmt: skip
    package = await Package.create(
        customer_id=customer.id, type_id=kind.id, name="K", identification=number, order_number=number, state="CANCELLED",
        created_at=NOW,
    )  # fmt: skip
    contract = await Contract.create(
        customer_id=customer.id, package_id=package.id, tariff_id=tariff.id, number=number, state="CANCELLED",
        starts_on=date(2026, 1, 1), ends_on=date(2026, 8, 31), minimum_term_months=1, renewal_months=0, notice_months=1,
        billing_months=1, net_minor=1, gross_minor=1, vat_basis_points=0, currency="EUR", created_at=NOW,
    )  # fmt: skip
    row = await Cancellation.create(
        customer_id=customer.id, package_id=package.id, contract_id=contract.id, current_contract_id=contract.id,
        subject="PACKAGE", state="DECLARED", number=number, declared_at=NOW, ends_on=date(2026, 8, 31),
        undo_until=NOW + timedelta(days=9), currency="EUR", before={}, content="{}", content_sha256="0" * 64,
    )  # fmt: skip
    await CancellationReceipt.create(
        customer_id=customer.id, cancellation_id=row.id, language="de", sha256=sha256(CONTENT).hexdigest(),
        content=CONTENT, created_at=NOW,
    )  # fmt: skip
    return row


async def test_the_stored_bytes_are_served_and_each_download_is_in_the_log(gateway: Gateway, people: People) -> None:
    row = await cancellation_of(people.eve)
    for name in (row.number, row.id):
        reply = await gateway.get(f"/cancellations/{name}.pdf", people.eve_token)
        assert (reply.status_code, reply.content) == (200, CONTENT)
        assert reply.headers["content-type"] == "application/pdf"
        assert reply.headers["content-disposition"] == 'attachment; filename="cancellation-K-2026-7QX3M2PA.pdf"'
        assert reply.headers["etag"] == f'"{sha256(CONTENT).hexdigest()}"'
    entries = await AuditEvent.all()
    assert {(entry.action, entry.object_id) for entry in entries} == {("cancellation.download", row.id)}
    assert len(entries) == 2


async def test_a_ticket_opens_it_once(gateway: Gateway, people: People) -> None:
    row = await cancellation_of(people.eve)
    given = await gateway.ask(TICKET, people.eve_token, id=row.id)
    path = given["data"]["cancellationTicketCreate"]["ticket"]["path"]
    assert (await gateway.get(path)).content == CONTENT
    assert (await gateway.get(path)).status_code == 404


async def test_foreign_missing_and_malformed_are_the_same_and_a_package_login_has_none(
    gateway: Gateway, people: People
) -> None:
    own, foreign = await cancellation_of(people.eve), await cancellation_of(people.otto, "K-2026-00000000")
    names = (foreign.id, foreign.number, new_id("can"), people.first.id, "x", "x" * 33, "%00")
    answers = {repr(told(await gateway.get(f"/cancellations/{name}.pdf", people.eve_token))) for name in names}
    answers |= {repr(told(await gateway.get(f"/cancellations/{own.id}.pdf", people.package_token)))}
    (answer,) = answers
    assert "404" in answer
    assert (await gateway.get(f"/cancellations/{own.id}.pdf")).status_code == 401
    assert await AuditEvent.all().count() == 0
