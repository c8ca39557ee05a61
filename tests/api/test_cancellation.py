"""Cancelling a package, a domain, an add-on: previewed, declared as shown, taken back to the letter."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from hashlib import sha256

from gateway.keys import AUTH_INFO_SEAL
from models import (
    AddOn,
    AuditEvent,
    CancellationReceipt,
    Contract,
    ContractEvent,
    Domain,
    OutboxMessage,
    Package,
    PackageType,
    TariffChange,
)
from tests.api.cancelling import DECLARE, PREVIEW, REVEAL, declare, declared, fate, preview, undo
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import NOW, Caller


def choices(service: Service) -> list[dict[str, object]]:
    """What becomes of the domains of Anna's shop: one goes elsewhere, one is kept in her club's package."""
    owner = service.world.owner
    return [
        fate(owner.domains["bücher-müller.example"], "TRANSFER"),
        fate(owner.domains["laden.example"], "KEEP", owner.packages["club"]),
    ]


async def test_a_preview_shows_everything_that_ends_and_writes_nothing(service: Service) -> None:
    before = await stored()
    shown = await preview(service, service.world.owner.packages["shop"])
    assert (shown["subject"], shown["allowed"], shown["reason"]) == ("PACKAGE", False, "DOMAIN_FATE_MISSING")
    assert shown["token"] is None
    counts = {ending["kind"]: (ending["count"], ending["names"]) for ending in shown["endings"]}
    assert counts["MAILBOXES"] == (2, ["büro@laden.example", "info@laden.example"])
    assert counts["DOMAINS"] == (2, ["laden.example", "bücher-müller.example"])
    assert counts["ADD_ONS"] == (1, ["Mehr Speicher"])
    assert {"WEB_SPACE", "BACKUPS", "DATABASES"} <= set(counts)
    possible = {choice["fate"]: choice for choice in shown["domains"][0]["choices"]}
    assert [choice["allowed"] for choice in possible.values()] == [True, True, True]
    assert service.world.owner.packages["club"] in {package["id"] for package in possible["KEEP"]["packages"]}
    assert service.world.owner.packages["shop"] not in {package["id"] for package in possible["KEEP"]["packages"]}
    complete = await preview(service, service.world.owner.packages["shop"], choices(service))
    assert (complete["allowed"], complete["reason"]) == (True, None)
    assert complete["token"]
    assert changed(before, await stored()) == set()


async def test_a_package_is_cancelled_with_all_that_belongs_to_it(service: Service) -> None:
    owner = service.world.owner
    shown = await preview(service, owner.packages["shop"], choices(service))
    cancellation = await declared(service, owner.packages["shop"], choices(service))
    assert (cancellation["state"], cancellation["endsOn"]) == ("DECLARED", shown["endsOn"])
    assert cancellation["package"] == {"id": owner.packages["shop"], "state": "CANCELLED"}
    assert cancellation["contract"] == {
        "id": owner.contracts["shop"], "state": "CANCELLED", "endsOn": shown["endsOn"],
    }  # fmt: skip
    fates = {entry["domain"]["name"]: (entry["fate"], entry["keepIn"]) for entry in cancellation["domains"]}
    assert fates == {
        "bücher-müller.example": ("TRANSFER", None),
        "laden.example": ("KEEP", {"id": owner.packages["club"]}),
    }
    leaving = await Domain.get(id=owner.domains["bücher-müller.example"])
    kept = await Domain.get(id=owner.domains["laden.example"])
    assert (leaving.state, str(leaving.ends_on)) == ("CANCELLED", shown["endsOn"])
    assert leaving.auth_info_sealed
    assert (kept.state, kept.ends_on, kept.package_id) == ("ACTIVE", None, owner.packages["shop"])
    assert (await AddOn.get(id=owner.add_ons["shop"])).state == "CANCELLED"
    events = ContractEvent.filter(contract_id=owner.contracts["shop"], occurred_at__gte=NOW)
    assert [event.kind async for event in events] == ["CANCELLED"]
    entry = await AuditEvent.get(action="cancellation.declare")
    assert entry.package_id == owner.packages["shop"]
    mail = await OutboxMessage.get(kind="mail.cancellation_declared")
    receipt = await CancellationReceipt.get(cancellation_id=cancellation["id"])
    assert mail.payload["attached"] == [receipt.id]
    assert cancellation["receipt"]["sha256"] == receipt.sha256 == sha256(receipt.content).hexdigest()
    assert cancellation["contentSha256"] == sha256(cancellation["content"].encode()).hexdigest()
    assert json.loads(cancellation["content"])["number"] == cancellation["number"]


async def test_taking_it_back_makes_everything_what_it_was(service: Service) -> None:
    owner = service.world.owner
    what = {
        "contract": {"version"}, "package": {"version"}, "add_on": {"version"}, "domain": {"version"},
    }  # fmt: skip

    async def things() -> dict[str, list[dict[str, object]]]:
        rows = {"contract": Contract, "package": Package, "add_on": AddOn, "domain": Domain}
        return {
            name: [
                {key: value for key, value in row.items() if key not in what[name]}
                for row in await model.all().order_by("id").values()
            ]
            for name, model in rows.items()
        }

    before = await things()
    cancellation = await declared(service, owner.packages["shop"], choices(service))
    assert await things() != before
    undone = await undo(service, cancellation["id"])
    assert (undone["errors"], undone["cancellation"]["state"]) == ([], "UNDONE")
    assert await things() == before
    again = await undo(service, cancellation["id"])
    assert [error["code"] for error in again["errors"]] == ["CONFLICT"]
    assert (await declared(service, owner.packages["shop"], choices(service)))["state"] == "DECLARED"


async def test_what_the_host_decided_since_is_not_undone(service: Service) -> None:
    owner = service.world.owner
    cancellation = await declared(service, owner.packages["shop"], choices(service))
    await Contract.filter(id=owner.contracts["shop"]).update(state="ENDED")
    before = await stored()
    refused = await undo(service, cancellation["id"])
    assert [error["code"] for error in refused["errors"]] == ["CONFLICT"]
    assert changed(before, await stored()) <= {"session"}


async def test_the_same_request_again_gives_the_same_cancellation(service: Service) -> None:
    owner = service.world.owner
    shown = await preview(service, owner.packages["shop"], choices(service))
    by = await service.token(Caller.OWNER, raised=True)
    made = [
        await declare(service, owner.packages["shop"], choices(service), token=shown["token"], key="eins", by=by)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    other = await declare(
        service, owner.packages["shop"], choices(service)[:1], token=shown["token"], key="eins", by=by
    )
    assert [error["code"] for error in other["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]


async def test_a_preview_that_is_not_what_would_happen_any_more_is_refused(service: Service) -> None:
    owner = service.world.owner
    shown = await preview(service, owner.packages["shop"], choices(service))
    await AddOn.filter(id=owner.add_ons["shop"]).update(quantity=3, version=2)
    before = await stored()
    payload = await declare(service, owner.packages["shop"], choices(service), token=shown["token"])
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("CONFLICT", ["input", "previewToken"])]
    assert changed(before, await stored()) <= {"session"}


async def test_a_single_domain_ends_with_the_period_that_is_paid_for(service: Service) -> None:
    domain = service.world.owner.domains["verein.example"]
    shown = await preview(service, domain, [fate(domain, "DELETE")])
    assert (shown["subject"], shown["endsOn"]) == ("DOMAIN", "2026-05-05")
    cancellation = await declared(service, domain, [fate(domain, "DELETE")])
    assert cancellation["domain"] == {"id": domain, "state": "CANCELLED", "endsOn": "2026-05-05"}
    kept = await preview(service, service.world.owner.domains["laden.example"])
    refused = {choice["fate"]: choice["reason"] for choice in kept["domains"][0]["choices"]}
    assert refused == {"DELETE": None, "TRANSFER": None, "KEEP": "DOMAIN_ITSELF_CANCELLED"}


async def test_an_add_on_ends_for_itself(service: Service) -> None:
    add_on = service.world.owner.add_ons["shop"]
    cancellation = await declared(service, add_on)
    assert (cancellation["subject"], cancellation["addOn"]["state"]) == ("ADD_ON", "CANCELLED")
    assert cancellation["contract"]["state"] == "ACTIVE"
    assert (await undo(service, cancellation["id"]))["errors"] == []
    assert (await AddOn.get(id=add_on)).state == "ACTIVE"


async def test_auth_info_is_told_to_who_goes_elsewhere_and_kept_sealed(service: Service) -> None:
    domain = service.world.owner.domains["verein.example"]
    by = await service.token(Caller.OWNER, raised=True)
    refused = (await service.ask(REVEAL, {"input": {"domainId": domain}}, by=by)).data["domainAuthInfoReveal"]
    assert [error["code"] for error in refused["errors"]] == ["CONFLICT"]
    cancellation = await declared(service, domain, [fate(domain, "TRANSFER")])
    told = (await service.ask(REVEAL, {"input": {"domainId": domain}}, by=by)).data["domainAuthInfoReveal"]
    sealed = (await Domain.get(id=domain)).auth_info_sealed
    assert sealed is not None
    assert told["authInfo"] not in sealed
    assert service.made.parts.keyring.unseal(AUTH_INFO_SEAL, sealed) == told["authInfo"]
    assert len(told["authInfo"]) == 16
    assert await OutboxMessage.filter(kind="mail.auth_info_revealed").count() == 1
    assert (await undo(service, cancellation["id"]))["errors"] == []
    assert (await Domain.get(id=domain)).auth_info_sealed is None


async def _tariff_change(service: Service, effective_on: str) -> TariffChange:
    owner = service.world.owner
    return await TariffChange.create(
        customer_id=owner.customer, package_id=owner.packages["shop"], contract_id=owner.contracts["shop"],
        from_tariff_id=service.world.tariff, to_tariff_id=service.world.tariff, pending_for_id=owner.contracts["shop"],
        direction="DOWNGRADE", state="SCHEDULED", effective_on=effective_on, net_minor=1, gross_minor=1, currency="EUR",
        requested_at=service.clock.now,
    )  # fmt: skip


async def test_a_tariff_change_is_revoked_with_it_and_scheduled_again_where_there_is_still_time(
    service: Service,
) -> None:
    owner = service.world.owner
    change = await _tariff_change(service, "2026-03-31")
    assert (await preview(service, owner.packages["shop"], choices(service)))["revokedTariff"] == "Web L monatlich"
    cancellation = await declared(service, owner.packages["shop"], choices(service))
    revoked = await TariffChange.get(id=change.id)
    assert (revoked.state, revoked.pending_for_id, revoked.settled_at) == ("REVOKED", None, service.clock.now)
    assert (await undo(service, cancellation["id"]))["errors"] == []
    again = await TariffChange.get(id=change.id)
    assert (again.state, again.pending_for_id, again.settled_at) == ("SCHEDULED", owner.contracts["shop"], None)
    cancellation = await declared(service, owner.packages["shop"], choices(service))
    service.clock.wait(days=29)  # 31 March: its day has come
    assert (await undo(service, cancellation["id"]))["errors"] == []
    assert (await TariffChange.get(id=change.id)).state == "REVOKED"
    events = ContractEvent.filter(tariff_id=service.world.tariff, occurred_at__gte=NOW)
    kinds = [event.kind async for event in events.order_by("occurred_at", "id")]
    assert sorted(kinds) == ["TARIFF_CHANGE_REVOKED", "TARIFF_CHANGE_REVOKED", "TARIFF_CHANGE_SCHEDULED"]


async def test_it_can_be_taken_back_until_the_last_day_is_over_in_berlin(service: Service) -> None:
    add_on = service.world.owner.add_ons["shop"]
    cancellation = await declared(service, add_on)
    until = datetime.fromisoformat(cancellation["undoUntil"])
    service.clock.now = until
    refused = await undo(service, cancellation["id"])
    assert [error["message"] for error in refused["errors"]] == [
        "The last day is over; the cancellation can no longer be taken back."
    ]
    service.clock.now = until - timedelta(microseconds=1)
    assert (await undo(service, cancellation["id"]))["errors"] == []


async def test_a_domain_is_kept_only_where_there_is_room_for_it(service: Service) -> None:
    owner = service.world.owner
    first, second = owner.domains["bücher-müller.example"], owner.domains["laden.example"]
    both = [fate(first, "KEEP", owner.packages["club"]), fate(second, "KEEP", owner.packages["club"])]
    await PackageType.filter(id=service.world.package_type).update(domain_limit=3)  # one is there, one is to come
    shown = await preview(service, owner.packages["shop"], both)
    assert [entry["reason"] for entry in shown["domains"]] == [None, "KEEP_PACKAGE_FULL"]
    for package, reason in (
        (owner.packages["suspended"], "KEEP_PACKAGE_UNSUITABLE"),
        (owner.packages["shop"], "KEEP_PACKAGE_UNSUITABLE"),
        (None, "KEEP_PACKAGE_MISSING"),
    ):
        shown = await preview(service, owner.packages["shop"], [fate(first, "DELETE"), fate(second, "KEEP", package)])
        assert (shown["allowed"], shown["reason"]) == (False, reason)
        payload = await declare(service, owner.packages["shop"], [fate(first, "DELETE"), fate(second, "KEEP", package)])
        assert [(error["code"], error["path"]) for error in payload["errors"]] == [
            ("BAD_USER_INPUT", ["input", "domains"])
        ]
    await PackageType.filter(id=service.world.package_type).update(domain_limit=0)
    shown = await preview(service, owner.packages["shop"])
    assert {choice["reason"] for entry in shown["domains"] for choice in entry["choices"]} == {
        None,
        "NO_PACKAGE_TO_KEEP_IN",
    }


async def test_what_is_somebody_elses_is_not_found(service: Service) -> None:
    owner, other, by = service.world.owner, service.world.other, await service.token(Caller.OWNER, raised=True)
    for id in (
        other.packages["shop"],
        other.contracts["shop"],
        other.add_ons["shop"],
        "pkg_x",
        "\u0000",
        owner.customer,
    ):
        reply = await service.ask(PREVIEW, {"id": id, "domains": None}, by=Caller.OWNER)
        assert reply.data == {"cancellationPreview": None}
    shop, own, foreign = owner.packages["shop"], owner.domains["laden.example"], other.domains["konkurrenz.example"]
    before = await stored()
    for chosen in (
        [fate(foreign, "DELETE")],
        [fate(own, "KEEP", other.packages["shop"])],
        [fate(own, "KEEP", "pkg_x")],
        [fate(owner.domains["verein.example"], "DELETE")],
    ):
        given = {"subjectId": shop, "previewToken": "0", "idempotencyKey": "a", "domains": chosen}
        payload = (await service.ask(DECLARE, {"input": given}, by=by)).data["cancellationDeclare"]
        assert [(error["code"], error["path"]) for error in payload["errors"]] == [("NOT_FOUND", ["input", "domains"])]
    twice = {"subjectId": shop, "previewToken": "0", "idempotencyKey": "a", "domains": [fate(own, "DELETE")] * 2}
    payload = (await service.ask(DECLARE, {"input": twice}, by=by)).data["cancellationDeclare"]
    assert [error["code"] for error in payload["errors"]] == ["BAD_USER_INPUT"]
    assert changed(before, await stored()) == set()


async def test_what_is_left_of_a_year_that_is_paid_for_is_given_back(service: Service) -> None:
    owner = service.world.owner
    await Contract.filter(id=owner.contracts["club"]).update(billing_months=12, gross_minor=12_000)
    await AddOn.filter(id=owner.add_ons["club"]).update(state="ENDED")
    shown = await preview(service, owner.packages["club"], [fate(owner.domains["verein.example"], "DELETE")])
    ends_on = date.fromisoformat(shown["endsOn"])
    left = (date(2027, 1, 30) - ends_on).days
    assert left > 0
    assert shown["refund"] == {"minorUnits": (2 * 12_000 * left + 365) // 730, "currency": "EUR"}


async def test_who_may_only_see_contracts_reads_no_names_of_mailboxes(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    asked = "query($id: ID!) { cancellationPreview(subjectId: $id) { endings { kind count names } } }"
    reply = await service.ask(asked, {"id": shop}, by=Caller.NARROW_CONTRACTUAL)
    shown = {ending["kind"]: ending for ending in reply.data["cancellationPreview"]["endings"]}
    assert (shown["MAILBOXES"]["count"], shown["MAILBOXES"]["names"]) == (2, [])
    assert (shown["DOMAINS"]["count"], shown["DOMAINS"]["names"]) == (2, [])
