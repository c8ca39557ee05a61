"""The customer reads who did what: all of it, and nobody else any of it (rows D2 and S4, SECURITY L3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gateway.auth import audit
from gateway.auth.client import Client
from models import ActorKind, AuditEvent, Customer, Domain, MailAddress, Package
from models.database import in_unit_of_work
from tests.api.service import Service
from tests.world import NOW, PACKAGE_PASSWORD, Caller

ENTRY = """occurredAt actorKind actorLabel sessionId address action group summary succeeded error package { id mainDomain }
  objectId objectKind objectLabel details { name before after }"""
LIST = f"""query ($filter: ActivityFilter, $first: Int) {{
  activity(filter: $filter, first: $first) {{ totalCount nodes {{ {ENTRY} }} }}
}}"""


async def write(service: Service, action: str, package: str | None = None, *, result: str = "OK", **more: Any) -> None:
    """An entry of now, by the customer or by a package login."""
    house = service.world.owner
    package_id = house.packages[package] if package else None
    kind = more.pop("kind", ActorKind.PACKAGE_LOGIN if package else ActorKind.CUSTOMER)
    at = more.pop("at", NOW)
    actor = audit.Actor(kind, package_id or house.customer, house.customer, package_id, None)

    async def record() -> None:
        await audit.record(actor, Client("203.0.113.77", None, "req"), at, action, result=result, **more)

    await in_unit_of_work(record)


async def entries(service: Service, caller: Caller = Caller.OWNER, **variables: Any) -> list[dict[str, Any]]:
    reply = await service.both(LIST, variables, by=caller)
    nodes: list[dict[str, Any]] = reply.data["activity"]["nodes"]
    assert reply.data["activity"]["totalCount"] >= len(nodes)
    return nodes


async def test_an_entry_tells_who_when_where_and_what(service: Service) -> None:
    package = service.world.owner.packages["shop"]
    await write(service, "package.rename", "shop", object_id=package, detail={"before": "Alt", "after": "Neu"})
    (entry, *_) = await entries(service)
    name = (await Package.get(id=package)).name
    assert entry == {
        "occurredAt": "2026-03-02T12:00:00Z",
        "actorKind": "PACKAGE_LOGIN",
        "actorLabel": "bücher-müller.example",
        "sessionId": None,
        "address": "203.0.113.0",
        "action": "PACKAGE_RENAME",
        "group": "PACKAGE",
        "summary": "Renaming of a package",
        "succeeded": True,
        "error": None,
        "package": {"id": package, "mainDomain": "bücher-müller.example"},
        "objectId": package,
        "objectKind": "PACKAGE",
        "objectLabel": name,
        "details": [{"name": "value", "before": "Alt", "after": "Neu"}],
    }


async def test_what_a_package_login_does_is_seen_by_the_customer_and_not_by_the_login(service: Service) -> None:
    login = (await Domain.filter(package_id=service.world.owner.packages["shop"]).order_by("-main").first()).name  # type: ignore[union-attr]  # it has one
    text = "mutation ($input: SignInInput!) { signIn(input: $input) { session { id } errors { code } } }"
    await service.ask(text, {"input": {"login": login, "password": PACKAGE_PASSWORD}})
    (entry, *_) = await entries(service)
    assert (entry["actorKind"], entry["actorLabel"], entry["action"]) == ("PACKAGE_LOGIN", login, "SIGN_IN")
    assert entry["sessionId"] is not None
    assert {"name": "remembered", "before": None, "after": "false"} in entry["details"]
    package = entry["package"]["id"]
    for caller in (Caller.PACKAGE, Caller.SIBLING, Caller.NARROW_TECHNICAL, Caller.NARROW_CONTRACTUAL):
        reply = await service.both("{ activity { totalCount } }", by=caller)
        assert (reply.json["data"], reply.code) == ({"activity": None}, "FORBIDDEN")
    text = "query ($id: ID!) { package(id: $id) { activity { totalCount nodes { summary } } } }"
    for caller in (Caller.PACKAGE, Caller.NARROW_TECHNICAL):
        reply = await service.both(text, {"id": package}, by=caller)
        assert (reply.json["data"], reply.code) == ({"package": {"activity": None}}, "FORBIDDEN")
    (first, *_) = (await service.both(text, {"id": package}, by=Caller.OWNER)).data["package"]["activity"]["nodes"]
    assert first == {"summary": "Sign-in"}


async def test_an_entry_by_its_id_is_the_customers_alone(service: Service) -> None:
    text = "query ($id: ID!) { node(id: $id) { id ... on Activity { action } } }"
    for id in service.world.owner.entries:
        assert (await service.both(text, {"id": id}, by=Caller.OWNER)).data["node"]["id"] == id
        for caller in (Caller.OTHER, Caller.PACKAGE, Caller.SIBLING):
            assert (await service.both(text, {"id": id}, by=caller)).data == {"node": None}


async def test_nobody_sees_what_was_done_under_another_number(service: Service) -> None:
    mine = {entry["objectId"] for entry in await entries(service, Caller.OTHER)}
    assert mine == {service.world.other.customer}


@pytest.mark.parametrize(
    ("language", "result", "summary"),
    [
        ("EN", "OK", "Sign-in"),
        ("DE", "OK", "Anmeldung"),
        ("DE", "INVALID_CREDENTIALS", "Anmeldung: abgelehnt"),
        ("EN", "TWO_FACTOR_REQUIRED", "Sign-in: second step asked for"),
        ("EN", "UNAVAILABLE", "Sign-in: not possible"),
    ],
)
async def test_a_summary_is_for_people(service: Service, language: str, result: str, summary: str) -> None:
    await write(service, "session.sign_in", result=result)
    text = f"{{ activity(first: 1) {{ nodes {{ summary(language: {language}) succeeded error }} }} }}"
    (entry,) = (await service.both(text, by=Caller.OWNER)).data["activity"]["nodes"]
    assert entry == {"summary": summary, "succeeded": result == "OK", "error": None if result == "OK" else result}


async def test_a_failed_sign_in_is_there(service: Service) -> None:
    text = "mutation ($input: SignInInput!) { signIn(input: $input) { errors { code } } }"
    number = (await Customer.get(id=service.world.owner.customer)).number
    for _ in range(6):
        await service.ask(text, {"input": {"login": number, "password": "wrong"}})
    await service.settle()
    (entry, *_) = await entries(service, filter={"group": ["SIGN_IN"]})
    assert (entry["summary"], entry["error"], entry["sessionId"]) == ("Sign-in: refused", "INVALID_CREDENTIALS", None)


@pytest.mark.parametrize(
    ("filter", "actions"),
    [
        ({"group": ["SIGN_IN"]}, {"SIGN_IN", "SESSION_END"}),
        ({"group": ["SIGN_IN", "SECURITY"]}, {"SIGN_IN", "SESSION_END", "PASSWORD_CHANGE"}),
        ({"group": ["SIGN_IN"], "action": ["SESSION_END"]}, {"SESSION_END"}),
        ({"action": ["PASSWORD_CHANGE", "OTHER"]}, {"PASSWORD_CHANGE"}),
        ({"actorKind": ["PACKAGE_LOGIN"]}, {"SIGN_IN"}),
        ({"occurredTo": (NOW - timedelta(hours=1)).isoformat()}, {"PASSWORD_CHANGE"}),
        ({"occurredFrom": (NOW - timedelta(hours=1)).isoformat()}, {"SIGN_IN", "SESSION_END"}),
        ({"group": []}, set()),
    ],
)
async def test_activity_is_filtered(service: Service, filter: dict[str, Any], actions: set[str]) -> None:
    await write(service, "password.change", at=NOW - timedelta(hours=2))
    await write(service, "session.sign_in", "shop")
    await write(service, "session.end")
    since = {"occurredFrom": (NOW - timedelta(days=1)).isoformat()}
    assert {entry["action"] for entry in await entries(service, filter=since | filter)} == actions


async def test_activity_of_one_package(service: Service) -> None:
    shop, club = (service.world.owner.packages[name] for name in ("shop", "club"))
    await write(service, "session.sign_in", "club")
    for package in (shop, club):
        found = await entries(service, filter={"package": [package]})
        assert {entry["package"]["id"] for entry in found} == {package}
    foreign = service.world.other.packages["shop"]
    assert await entries(service, filter={"package": [foreign, "nonsense"]}) == []


async def test_details_show_what_is_known_to_be_fit_and_nothing_else(service: Service) -> None:
    detail = {
        "failures": 3, "password": "geheim", "before": {"city": "Köln", "nested": [["geheim"]]},
        "after": {"city": "Kiel", "nested": {}}, "changed": ["postcode", {"geheim": 1}, "no name"], "name": "x" * 1_500,
        "remembered": True,
    }  # fmt: skip
    await write(service, "customer.import", detail=detail)
    reply = await service.both(LIST, {"first": 1}, by=Caller.OWNER)
    assert "geheim" not in reply.body.decode()
    (entry,) = reply.data["activity"]["nodes"]
    assert entry["details"] == [
        {"name": "city", "before": "Köln", "after": "Kiel"},
        {"name": "failures", "before": None, "after": "3"},
        {"name": "name", "before": None, "after": "x" * 1_000},
        {"name": "remembered", "before": None, "after": "true"},
        {"name": "postcode", "before": None, "after": None},
    ]


async def test_details_tell_lists_as_text_and_records_one_by_one(service: Service) -> None:
    detail = {"name": "laden.example", "added": ["@ 3600 A 203.0.113.66", "@ 300 MX 10 mx.example.net."], "removed": []}
    await write(service, "dns.change", "shop", detail=detail)
    targets = {"before": {"targets": ["a@example.net"]}, "after": {"targets": ["b@example.net", "c@example.net"]}}
    await write(service, "mail_address.change", "shop", detail=targets)
    mail, dns = (await entries(service, first=2))[:2]
    assert mail["details"] == [{"name": "targets", "before": "a@example.net", "after": "b@example.net, c@example.net"}]
    assert dns["details"] == [
        {"name": "added", "before": None, "after": "@ 3600 A 203.0.113.66"},
        {"name": "added", "before": None, "after": "@ 300 MX 10 mx.example.net."},
        {"name": "name", "before": None, "after": "laden.example"},
    ]


async def test_what_a_package_login_does_to_mail_and_dns_is_read_by_the_customer(service: Service) -> None:
    house = service.world.owner
    domain = await Domain.get(id=house.domains["laden.example"])
    add = [{"name": "neu", "type": "A", "ttl": 3600, "value": "203.0.113.66"}]
    change = {"domainId": domain.id, "version": domain.zone_version, "add": add, "remove": []}
    text = "mutation($input: DnsRecordsChangeInput!) { dnsRecordsChange(input: $input) { errors { code } } }"
    assert (await service.ask(text, {"input": change}, by=Caller.PACKAGE)).data["dnsRecordsChange"]["errors"] == []
    row = await MailAddress.get(id=house.mail_addresses["verkauf@laden.example"])
    change = {"mailAddressId": row.id, "version": row.version, "targets": ["spion@example.net"]}
    text = "mutation($input: MailAddressChangeInput!) { mailAddressChange(input: $input) { errors { code } } }"
    assert (await service.ask(text, {"input": change}, by=Caller.PACKAGE)).data["mailAddressChange"]["errors"] == []
    mail, dns = (await entries(service, first=2))[:2]
    assert ("targets", "spion@example.net") in {(one["name"], one["after"]) for one in mail["details"]}
    assert ("added", "neu 3600 A 203.0.113.66") in {(one["name"], one["after"]) for one in dns["details"]}


async def test_an_action_of_another_version_is_told_as_such(service: Service) -> None:
    await write(service, "time_machine.start", result="TOO_LATE", detail={"before": "x"}, object_id="tma_1")
    (entry, *_) = await entries(service)
    told = {name: entry[name] for name in ("action", "group", "summary", "succeeded", "error", "objectKind")}
    assert told == {
        "action": "OTHER", "group": None, "summary": "Another action: not possible", "succeeded": False, "error": None,
        "objectKind": None,
    }  # fmt: skip


async def test_pages_follow_one_another(service: Service) -> None:
    for hours in (1, 2, 2, 3):
        await write(service, "session.end", at=NOW - timedelta(hours=hours))
    text = "query ($after: String) { activity(first: 2, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }"
    ids: list[str] = []
    after, more = None, True
    while more:
        page = (await service.both(text, {"after": after}, by=Caller.OWNER)).data["activity"]
        ids += [node["id"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    wanted = AuditEvent.filter(customer_id=service.world.owner.customer).order_by("-occurred_at", "-id")
    assert ids == [entry.id async for entry in wanted]


async def test_activity_is_answered_by_a_plan(service: Service) -> None:
    before = service.plans.answered
    await entries(service, filter={"group": ["ACCOUNT"], "package": []})
    assert service.plans.answered == before + 1
    assert service.plans.failed == []
