"""What was cancelled ends on the day after its last one, once, as it was decided."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from gateway.jobs import cancellation as job
from gateway.jobs.cancellation import carry_out_due
from models import (
    AddOn,
    AuditEvent,
    Cancellation,
    CancelledDomain,
    Contract,
    ContractEvent,
    DnsRecord,
    Domain,
    OutboxMessage,
    Package,
    Session,
    WebHost,
    WebsiteApp,
)
from models.rules.berlin import end_of_day
from tests.cancellation.acting import declare, token
from tests.world import NOW, World, make_world


@pytest.fixture
async def world(database: str) -> World:
    """The seeded world, without its own cancellation that waits."""
    made = await make_world()
    await CancelledDomain.all().delete()
    await Cancellation.filter(state="DECLARED").update(state="UNDONE", current_contract_id=None)
    return made


Fates = list[tuple[str, str, str | None]]


def shop(world: World) -> Fates:
    owner = world.owner
    return [
        (owner.domains["bücher-müller.example"], "TRANSFER", None),
        (owner.domains["laden.example"], "KEEP", owner.packages["club"]),
    ]


async def cancelled(world: World, subject: str, fates: Fates) -> Cancellation:
    customer = world.owner.customer
    made = await declare(customer, subject, fates, await token(customer, subject, fates), f"key-{subject}")
    assert isinstance(made, Cancellation)
    return made


async def test_nothing_ends_before_the_day_after_the_last_one_is_there_in_berlin(world: World) -> None:
    made = await cancelled(world, world.owner.packages["shop"], shop(world))
    over = end_of_day(made.ends_on)
    assert await carry_out_due(over - timedelta(microseconds=1)) == 0
    assert (await Package.get(id=made.package_id)).state == "CANCELLED"
    assert await carry_out_due(over) == 1
    assert (await Package.get(id=made.package_id)).state == "ENDED"


async def moving_host(world: World) -> WebHost:
    """The host name of the domain that is kept."""
    kept = [id for id, fate, _ in shop(world) if fate == "KEEP"]
    return await WebHost.get(domain_id=kept[0], name="@")


async def test_a_package_ends_with_its_logins_and_each_domain_has_its_fate(world: World) -> None:
    owner = world.owner
    await DnsRecord.create(
        customer_id=owner.customer, package_id=owner.packages["shop"], domain_id=owner.domains["laden.example"], name="ftp",
        type="A", ttl=300, value="192.0.2.9", created_at=NOW,
    )  # fmt: skip
    app = await WebsiteApp.create(
        customer_id=owner.customer, package_id=owner.packages["shop"], web_host=await moving_host(world), app="wordpress",
        app_version="6.8", path="/", state="INSTALLED", username="anna", created_at=NOW,
    )  # fmt: skip
    made = await cancelled(world, owner.packages["shop"], shop(world))
    now = end_of_day(made.ends_on)
    assert await carry_out_due(now) == 1
    package = await Package.get(id=owner.packages["shop"])
    assert (package.state, package.ended_at, package.password_hash, package.password_changed_at) == (
        "ENDED", now, None, None,
    )  # fmt: skip
    contract = await Contract.get(id=owner.contracts["shop"])
    assert (contract.state, contract.ends_on) == ("ENDED", made.ends_on)
    add_on = await AddOn.get(id=owner.add_ons["shop"])
    assert (add_on.state, add_on.ends_on) == ("ENDED", made.ends_on)
    assert await Session.filter(package_id=package.id, revoked_at=None).count() == 0
    assert await Session.filter(package_id=owner.packages["club"], revoked_at=None).count() > 0
    left, moved = [await Domain.get(id=id) for id, _, _ in shop(world)]
    assert (left.state, left.package_id, left.auth_info_sealed is not None) == ("TRANSFERRING", package.id, True)
    assert (moved.state, moved.package_id, moved.main) == ("ACTIVE", owner.packages["club"], False)
    assert {row.package_id async for row in DnsRecord.filter(domain_id=moved.id)} == {owner.packages["club"]}
    assert {row.package_id async for row in DnsRecord.filter(domain_id=left.id)} <= {package.id}
    assert {row.package_id async for row in WebHost.filter(domain_id=moved.id)} == {owner.packages["club"]}
    assert {row.package_id async for row in WebHost.filter(domain_id=left.id)} == {package.id}
    assert (await WebsiteApp.get(id=app.id)).package_id == owner.packages["club"]
    events = ContractEvent.filter(contract_id=contract.id, occurred_at__gte=NOW).order_by("occurred_at")
    assert [event.kind async for event in events] == ["CANCELLED", "ENDED"]
    assert await AuditEvent.filter(action="cancellation.carry_out", result="OK").count() == 1
    assert await OutboxMessage.filter(kind="mail.cancellation_carried_out").count() == 1
    assert await OutboxMessage.filter(kind="mail.cancellation_domains_left").count() == 0


async def test_a_domain_that_cannot_move_is_left_and_told_of(world: World) -> None:
    owner = world.owner
    made = await cancelled(world, owner.packages["shop"], shop(world))
    await Package.filter(id=owner.packages["club"]).update(state="ENDED")
    assert await carry_out_due(end_of_day(made.ends_on)) == 1
    stayed = await Domain.get(id=owner.domains["laden.example"])
    assert (stayed.state, stayed.package_id) == ("ACTIVE", owner.packages["shop"])
    mail = await OutboxMessage.get(kind="mail.cancellation_domains_left")
    assert mail.payload["domains"] == ["laden.example"]


async def test_what_the_host_decided_since_is_not_ended(world: World) -> None:
    made = await cancelled(world, world.owner.packages["shop"], shop(world))
    await Contract.filter(id=made.contract_id).update(ends_on=date(2031, 1, 1))
    assert await carry_out_due(end_of_day(made.ends_on)) == 1
    assert (await Contract.get(id=made.contract_id)).state == "CANCELLED"
    assert (await Package.get(id=made.package_id)).state == "CANCELLED"
    assert (await Cancellation.get(id=made.id)).state == "UNDONE"
    assert await AuditEvent.filter(action="cancellation.carry_out", result="CONFLICT").count() == 1
    assert await OutboxMessage.filter(kind="mail.cancellation_carried_out").count() == 0


async def test_a_domain_and_an_add_on_end_for_themselves(world: World) -> None:
    owner = world.owner
    domain = await cancelled(
        world, owner.domains["verein.example"], [(owner.domains["verein.example"], "DELETE", None)]
    )
    add_on = await cancelled(world, owner.add_ons["club"], [])
    assert await carry_out_due(end_of_day(max(domain.ends_on, add_on.ends_on))) == 2
    gone = await Domain.get(id=owner.domains["verein.example"])
    assert (gone.state, gone.main) == ("CANCELLED", False)
    assert (await AddOn.get(id=owner.add_ons["club"])).state == "ENDED"
    assert (await Contract.get(id=owner.contracts["club"])).state == "ACTIVE"
    assert (await Package.get(id=owner.packages["club"])).state == "ACTIVE"


async def test_what_was_cancelled_for_itself_ends_with_its_package_at_the_latest(world: World) -> None:
    owner = world.owner
    await Domain.filter(id=owner.domains["laden.example"]).update(paid_until="2027-12-31")
    part = await cancelled(world, owner.domains["laden.example"], [(owner.domains["laden.example"], "DELETE", None)])
    whole = await cancelled(world, owner.packages["shop"], shop(world)[:1])
    assert whole.ends_on < part.ends_on
    assert (await Domain.get(id=owner.domains["laden.example"])).ends_on == whole.ends_on
    assert await carry_out_due(end_of_day(whole.ends_on)) == 1
    assert (await Cancellation.get(id=part.id)).state == "CARRIED_OUT"
    assert (await Domain.get(id=owner.domains["laden.example"])).state == "CANCELLED"


async def test_one_that_fails_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = await cancelled(world, world.owner.add_ons["shop"], [])
    good = await cancelled(world, world.owner.add_ons["club"], [])
    ended = job._end_add_on

    async def fails(cancellation: Cancellation) -> bool:
        if cancellation.id == bad.id:
            raise RuntimeError("the host's systems say no")
        return await ended(cancellation)

    monkeypatch.setattr(job, "_end_add_on", fails)
    assert await carry_out_due(datetime(2031, 1, 1, tzinfo=UTC)) == 1
    assert [(await Cancellation.get(id=made.id)).state for made in (bad, good)] == ["DECLARED", "CARRIED_OUT"]


async def test_many_workers_carry_each_out_once(world: World) -> None:
    owner = world.owner
    await cancelled(world, owner.packages["shop"], shop(world))
    await cancelled(world, owner.add_ons["club"], [])
    now = datetime(2031, 1, 1, tzinfo=UTC)
    counts = await asyncio.gather(*(carry_out_due(now) for _ in range(4)))
    while await carry_out_due(now):
        pass
    assert sum(counts) >= 1
    assert await Cancellation.filter(state="DECLARED").count() == 0
    assert await OutboxMessage.filter(kind="mail.cancellation_carried_out").count() == 2
    assert await AuditEvent.filter(action="cancellation.carry_out").count() == 2
