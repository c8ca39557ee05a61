"""Calendar feeds as a calendar reads them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from gateway.auth.calendar_feeds import PER_MINUTE, path_of
from gateway.auth.tokens import TokenKind, new_token, token_hash
from models import CalendarFeed, Contract, Customer, Package, PackageType, Tariff
from tests.downloads.billing import NOW, make_customer
from tests.downloads.conftest import Gateway


@pytest.fixture
async def customer(database: str) -> Customer:
    """A customer with one contract that ends on 30 June 2026."""
    made = await make_customer("20001")
    kind = await PackageType.create(code="web", name="Web", family="web", functions=[])
    tariff = await Tariff.create(
        type_id=kind.id, code="web-1", name="SENTINEL-tariff", net_minor=1, gross_minor=1, vat_basis_points=0,
        currency="EUR", billing_months=1, minimum_term_months=1, renewal_months=0, notice_months=1,
    )  # fmt: skip
    package = await Package.create(
        customer_id=made.id, type_id=kind.id, name="SENTINEL-package", identification="w1", order_number="o1",
        state="ACTIVE", created_at=NOW,
    )  # fmt: skip
    await Contract.create(
        customer_id=made.id, package_id=package.id, tariff_id=tariff.id, number="SENTINEL-contract", state="CANCELLED",
        starts_on=date(2025, 1, 1), ends_on=date(2026, 6, 30), minimum_term_months=12, renewal_months=0, notice_months=1,
        billing_months=1, net_minor=99_999, gross_minor=99_999, vat_basis_points=0, currency="EUR", created_at=NOW,
    )  # fmt: skip
    return made


async def feed(customer: Customer) -> tuple[CalendarFeed, str]:
    token = new_token(TokenKind.CALENDAR)
    row = await CalendarFeed.create(
        customer_id=customer.id, name="SENTINEL-feed", token_hash=token_hash(TokenKind.CALENDAR, token), created_at=NOW
    )
    return row, path_of(token)


async def test_a_calendar_reads_days_and_nothing_about_whom(gateway: Gateway, customer: Customer) -> None:
    row, path = await feed(customer)
    answer = await gateway.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    events = {(str(e["SUMMARY"]), e["DTSTART"].dt) for e in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert events == {
        ("Letzter Tag eines Vertrags", date(2026, 6, 30)), ("Abrechnung eines Vertrags", date(2026, 4, 1)),
    }  # fmt: skip
    for hidden in ("SENTINEL", customer.number, "Süßkind", "999", row.id, customer.id):
        assert hidden not in answer.text
    await gateway.made.afterwards.settle()
    await row.refresh_from_db()
    assert row.last_read_on == NOW.date()


async def test_what_has_not_changed_is_not_sent_again(gateway: Gateway, customer: Customer) -> None:
    _, path = await feed(customer)
    first = await gateway.get(path)
    gateway.wait(hours=3)
    again = await gateway.get(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    head = await gateway.get(path, method="HEAD")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])
    assert first.headers["cache-control"].startswith("private")


async def test_an_address_that_is_none_or_revoked_leads_nowhere(gateway: Gateway, customer: Customer) -> None:
    row, path = await feed(customer)
    await row.all().update(revoked_at=NOW)
    strange = path_of(new_token(TokenKind.CALENDAR))
    of_another_kind = path_of(new_token(TokenKind.SESSION))
    answers = [await gateway.get(p) for p in (path, strange, of_another_kind, "/calendar/x.ics", "/calendar/.ics")]
    assert {answer.status_code for answer in answers} == {404}
    _, path = await feed(customer)
    await Customer.filter(id=customer.id).update(disabled_at=NOW)
    assert (await gateway.get(path)).status_code == 404


async def test_guessing_is_slowed_down(gateway: Gateway, customer: Customer) -> None:
    statuses = [(await gateway.get(path_of(new_token(TokenKind.CALENDAR)))).status_code for _ in range(PER_MINUTE + 1)]
    assert statuses == [404] * PER_MINUTE + [429]
    gateway.now += timedelta(minutes=1)
    assert (await gateway.get(path_of(new_token(TokenKind.CALENDAR)))).status_code == 404
