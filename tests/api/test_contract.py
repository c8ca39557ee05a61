"""Contracts: what was agreed, what follows from it today, deadlines, and the calendar that reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models import AddOn, CalendarFeed, Contract, Customer, Domain, TariffChange
from tests.api.service import Service
from tests.world import NOW, Caller

TERMS = """query($id: ID!) { contract(id: $id) { renewalRule renewalText(language: EN) noticeMonthsNow minimumTermEndsOn
  nextEndOn noticeDeadline billingPeriod { firstDay lastDay nextBillingOn } vat { minorUnits currency }
  addOns { nextEndOn noticeDeadline }
  history { nodes { kind effectiveOn tariff { name } addOn { name } domain { name } } } } }"""
UNTIL = """query($until: Date!, $first: Int! = 100) { deadlines(until: $until, first: $first) {
  kind text on daysLeft contract { id } package { id } addOn { id } domain { name } } }"""


async def terms(service: Service, package: str = "shop") -> dict[str, Any]:
    reply = await service.both(TERMS, {"id": service.world.owner.contracts[package]}, by=Caller.OWNER)
    found = reply.data["contract"]
    assert isinstance(found, dict)
    return found


async def deadlines(service: Service, until: str = "2028-03-02", first: int = 100) -> list[dict[str, Any]]:
    reply = await service.ask(UNTIL, {"until": until, "first": first}, by=Caller.OWNER)
    found = reply.data["deadlines"]
    assert isinstance(found, list)
    return found


async def agree(service: Service, package: str = "shop", **columns: Any) -> str:
    id = service.world.owner.contracts[package]
    assert await Contract.filter(id=id).update(**columns) == 1
    return id


async def test_a_consumers_contract_goes_on_as_the_law_says(service: Service) -> None:
    await Customer.filter(id=service.world.owner.customer).update(kind="PERSON", last_name="Anders")
    await agree(service, starts_on=date(2025, 1, 31), minimum_term_months=12, renewal_months=12, notice_months=3)
    found = await terms(service)
    assert (found["renewalRule"], found["noticeMonthsNow"]) == ("OPEN_ENDED_BY_LAW", 1)
    assert "§ 309" in found["renewalText"]
    assert (found["minimumTermEndsOn"], found["nextEndOn"], found["noticeDeadline"]) == (
        "2026-01-30", "2026-04-02", "2026-03-02",
    )  # fmt: skip
    assert found["billingPeriod"] == {"firstDay": "2026-03-01", "lastDay": "2026-03-30", "nextBillingOn": "2026-03-31"}
    assert found["vat"] == {"minorUnits": 190, "currency": "EUR"}


async def test_a_businesss_contract_ends_with_its_period(service: Service) -> None:
    await Customer.filter(id=service.world.owner.customer).update(kind="COMPANY", company_name="Anna GmbH")
    await agree(service, starts_on=date(2024, 2, 29), minimum_term_months=12, renewal_months=12, notice_months=3)
    found = await terms(service)
    assert (found["renewalRule"], found["nextEndOn"], found["noticeDeadline"]) == (
        "BY_PERIOD", "2027-02-28", "2026-11-30",
    )  # fmt: skip


async def test_what_ends_already_says_when_and_has_no_deadline(service: Service) -> None:
    await agree(service, state="CANCELLED", ends_on=date(2026, 7, 30))
    found = await terms(service)
    assert (found["nextEndOn"], found["noticeDeadline"]) == ("2026-07-30", None)
    await agree(service, state="ENDED", ends_on=date(2026, 2, 1))
    found = await terms(service)
    assert (found["nextEndOn"], found["noticeDeadline"], found["billingPeriod"]) == ("2026-02-01", None, None)


async def test_the_history_tells_what_it_was_about(service: Service) -> None:
    nodes = (await terms(service))["history"]["nodes"]
    assert [(node["kind"], node["effectiveOn"]) for node in nodes] == [("CANCELLED", "2026-05-01"), ("CONCLUDED", None)]
    assert nodes[0]["addOn"] is not None
    assert nodes[0]["domain"] == {"name": "laden.example"}
    assert nodes[1]["tariff"] is not None


async def test_deadlines_are_told_by_day(service: Service) -> None:
    house = service.world.owner
    await Contract.filter(customer_id=house.customer).exclude(id=house.contracts["shop"]).update(state="ENDED")
    await Domain.filter(customer_id=house.customer).update(paid_until=None, ends_on=None)
    await AddOn.exclude(id=house.add_ons["shop"]).update(state="ENDED")
    id = await agree(service, starts_on=date(2025, 6, 1), minimum_term_months=12, renewal_months=0, notice_months=1)
    await AddOn.filter(id=house.add_ons["shop"]).update(state="CANCELLED", ends_on=date(2026, 5, 31))
    await Domain.filter(id=house.domains["laden.example"]).update(paid_until=date(2026, 9, 9))
    await Domain.filter(id=house.domains["verein.example"]).update(
        paid_until=date(2026, 9, 9), ends_on=date(2026, 9, 9)
    )
    tariff = (await Contract.get(id=id)).tariff_id
    await TariffChange.filter(customer_id=house.customer).delete()
    await TariffChange.create(
        customer_id=house.customer, package_id=house.packages["shop"], contract_id=id, from_tariff_id=tariff,
        to_tariff_id=tariff, pending_for_id=id, direction="DOWNGRADE", state="SCHEDULED", effective_on=date(2026, 4, 1),
        net_minor=1, gross_minor=1, currency="EUR", requested_at=NOW,
    )  # fmt: skip
    found = await deadlines(service)
    assert [(one["kind"], one["on"], one["daysLeft"]) for one in found] == [
        ("BILLING", "2026-04-01", 30), ("TARIFF_CHANGE", "2026-04-01", 30), ("NOTICE", "2026-04-30", 59),
        ("ADD_ON_END", "2026-05-31", 90), ("DOMAIN_END", "2026-09-09", 191), ("DOMAIN_RENEWAL", "2026-09-09", 191),
    ]  # fmt: skip
    assert found[2]["contract"] == {"id": id}
    assert found[2]["package"] == {"id": house.packages["shop"]}
    assert found[5]["domain"] == {"name": "laden.example"}
    assert [one["kind"] for one in await deadlines(service, "2026-04-30", 2)] == ["BILLING", "TARIFF_CHANGE"]


@pytest.mark.parametrize(
    ("until", "first"), [("2026-03-01", 10), ("2028-03-03", 10), ("2026-04-01", 0), ("2026-04-01", 501)]
)
async def test_who_asks_too_far_is_told(until: str, first: int, service: Service) -> None:
    reply = await service.ask(UNTIL, {"until": until, "first": first}, by=Caller.OWNER)
    assert reply.code == "BAD_USER_INPUT"


MAKE = "mutation($name: String!) { calendarFeedCreate(input: {name: $name}) { path calendarFeed { id name } errors { code } } }"
END = "mutation($id: ID!) { calendarFeedRevoke(input: {id: $id}) { calendarFeedId errors { code } } }"


async def make(service: Service) -> dict[str, Any]:
    token = await service.token(Caller.OWNER, raised=True)
    made = (await service.ask(MAKE, {"name": "Büro"}, by=token)).data["calendarFeedCreate"]
    assert made["errors"] == []
    return dict(made)


async def test_a_feed_is_made_once_and_its_address_stored_nowhere(service: Service) -> None:
    made = await make(service)
    secret = made["path"].removeprefix("/calendar/").removesuffix(".ics")
    assert secret.startswith("gwk_")
    row = await CalendarFeed.get(id=made["calendarFeed"]["id"])
    assert row.token_hash not in made["path"]
    reply = await service.both("{ calendarFeeds { nodes { id name lastReadOn } } }", by=Caller.OWNER)
    assert {"id": row.id, "name": "Büro", "lastReadOn": None} in reply.data["calendarFeeds"]["nodes"]
    assert secret not in str(reply.data)
    gone = (await service.ask(END, {"id": row.id}, by=Caller.OWNER)).data["calendarFeedRevoke"]
    assert gone == {"calendarFeedId": row.id, "errors": []}
    again = (await service.ask(END, {"id": row.id}, by=Caller.OWNER)).data["calendarFeedRevoke"]
    assert [error["code"] for error in again["errors"]] == ["NOT_FOUND"]


async def test_nothing_of_it_is_a_package_logins(service: Service) -> None:
    for text in ('{ deadlines(until: "2026-04-01") { on } }', "{ calendarFeeds { totalCount } }"):
        assert (await service.ask(text, by=Caller.PACKAGE)).code == "FORBIDDEN"
