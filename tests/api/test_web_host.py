"""Host names: added up to the limit, changed against the version that was read, deleted unless an app stands there."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.jobs.effect_web_host import web_host_ended
from gateway.jobs.provisioning import OperationRounds
from gateway.keys import Keyring
from gateway.ports.provisioning import Answer, Embedded, Order, Result
from models import AuditEvent, Domain, Operation, Package, PackageType, WebHost, WebsiteApp
from models.database import in_unit_of_work
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import KEYS, Caller

FIELDS = """{ id name absoluteName target webRoot redirectUrl redirectCode phpVersion phpEndOfLifeOn
  tls { state issuer expiresAt } version domain { asciiName } actions { name allowed reason } }"""
ERRORS = "errors { code message path }"
CREATE = (
    f"mutation($input: WebHostCreateInput!) {{ done: webHostCreate(input: $input) {{ webHost {FIELDS} {ERRORS} }} }}"
)
CHANGE = (
    f"mutation($input: WebHostChangeInput!) {{ done: webHostChange(input: $input) {{ webHost {FIELDS} {ERRORS} }} }}"
)
DELETE = f"mutation($input: WebHostDeleteInput!) {{ done: webHostDelete(input: $input) {{ webHostId {ERRORS} }} }}"
LIST = f"query($id: ID!) {{ node(id: $id) {{ ... on WebHost {FIELDS} }} }}"
DOMAIN = "laden.example"
FOLDER: dict[str, Any] = {"target": "WEB_ROOT", "webRoot": "shop/public", "phpVersion": "8.4"}
REDIRECT: dict[str, Any] = {"target": "REDIRECT", "redirectUrl": "https://www.example.com/neu", "redirectCode": 308}


async def ask(service: Service, text: str, given: dict[str, Any], by: Any = Caller.OWNER) -> dict[str, Any]:
    payload = (await service.ask(text, {"input": given}, by=by)).data["done"]
    assert isinstance(payload, dict)
    return payload


async def create(service: Service, by: Any = Caller.OWNER, **given: Any) -> dict[str, Any]:
    wanted = {"domainId": service.world.owner.domains[DOMAIN], "name": "neu", **(given or FOLDER)}
    return await ask(service, CREATE, wanted, by)


async def change(service: Service, host: str = f"@ {DOMAIN}", by: Any = Caller.OWNER, **given: Any) -> dict[str, Any]:
    return await ask(service, CHANGE, {"webHostId": service.world.owner.web_hosts[host], "version": 1, **given}, by)


def told(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


async def install(service: Service, host: str = f"@ {DOMAIN}") -> None:
    house = service.world.owner
    await WebsiteApp.create(
        customer_id=house.customer, package_id=house.packages["shop"], web_host_id=house.web_hosts[host], app="wordpress",
        app_version="6.8", path="/", state="INSTALLED", username="anna", created_at=service.clock.now,
    )  # fmt: skip


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE, Caller.DOMAIN_TOKEN], ids=str)
async def test_who_has_the_care_of_a_domain_adds_host_names(caller: Caller, service: Service) -> None:
    payload = await create(service, caller, name="Büro.EN", **FOLDER)
    assert payload["errors"] == []
    host = payload["webHost"]
    id = host.pop("id")
    assert host == {
        "name": "xn--bro-hoa.en", "absoluteName": f"xn--bro-hoa.en.{DOMAIN}", "target": "WEB_ROOT", "webRoot": "shop/public",
        "redirectUrl": None, "redirectCode": None, "phpVersion": "8.4", "phpEndOfLifeOn": "2028-12-31",
        "tls": {"state": "PENDING", "issuer": None, "expiresAt": None}, "version": 1, "domain": {"asciiName": DOMAIN},
        "actions": [
            {"name": "CHANGE", "allowed": True, "reason": None}, {"name": "DELETE", "allowed": True, "reason": None},
        ],
    }  # fmt: skip
    assert (await service.both(LIST, {"id": id}, by=caller)).data["node"] == {"id": id, **host}
    operation = await Operation.get(subject_id=id)
    assert (operation.kind, operation.desired) == (
        "web_host.create",
        {
            "name": f"xn--bro-hoa.en.{DOMAIN}", "target": "WEB_ROOT", "webRoot": "shop/public", "redirectUrl": None,
            "redirectCode": None, "phpVersion": "8.4",
        },
    )  # fmt: skip
    event = await AuditEvent.get(action="web_host.create")
    assert (event.object_id, event.detail["name"]) == (id, operation.desired["name"])


async def test_a_new_host_name_gets_its_certificate_at_the_end_of_the_operation(service: Service) -> None:
    id = (await create(service))["webHost"]["id"]
    now = service.clock.now + timedelta(minutes=1)
    assert await OperationRounds(Embedded(), Keyring(KEYS)).step(now) == 1
    tls = (await service.both(LIST, {"id": id}, by=Caller.PACKAGE)).data["node"]["tls"]
    assert tls["state"] == "ACTIVE"
    assert tls["issuer"]
    assert datetime.fromisoformat(tls["expiresAt"]) == now + timedelta(days=90)


class Scripted:
    """A host's system that answers what it was told to."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    async def apply(self, order: Order) -> Answer:
        return self.answer


NO_CERTIFICATE = [
    {}, {"tlsIssuer": "CA"}, {"tlsValidDays": 90}, {"tlsIssuer": 7, "tlsValidDays": 90},
    {"tlsIssuer": "C\x00A", "tlsValidDays": 90}, {"tlsIssuer": "CA", "tlsValidDays": True},
    {"tlsIssuer": "CA", "tlsValidDays": 10**12}, {"tlsIssuer": "CA", "tlsExpiresAt": "soon"},
    {"tlsIssuer": "CA", "tlsExpiresAt": "2020-01-01T00:00:00Z"}, {"tlsIssuer": "CA", "tlsExpiresAt": "2036-01-01T00:00:00"},
    {"tlsIssuer": "CA", "tlsExpiresAt": "9999-12-31T23:59:59-23:00"},
]  # fmt: skip


@pytest.mark.parametrize("facts", NO_CERTIFICATE, ids=json.dumps)
async def test_facts_that_are_no_certificate_leave_it_asked_for(facts: dict[str, Any], service: Service) -> None:
    id = (await create(service))["webHost"]["id"]
    await OperationRounds(Scripted(Answer(Result.SUCCEEDED, facts=facts)), Keyring(KEYS)).step(service.clock.now)
    assert (await Operation.get(subject_id=id)).state == "SUCCEEDED"
    host = await WebHost.get(id=id)
    assert (host.tls_state, host.tls_issuer, host.tls_expires_at) == ("PENDING", None, None)


async def test_a_certificate_is_good_until_the_host_says_and_fails_when_it_does(service: Service) -> None:
    first, second = [(await create(service, name=name, **FOLDER))["webHost"]["id"] for name in ("a", "b")]
    until = datetime(2026, 9, 1, 12, tzinfo=UTC)
    good = Answer(Result.SUCCEEDED, facts={"tlsIssuer": "CA " * 99, "tlsExpiresAt": "2026-09-01T14:00:00+02:00"})
    await OperationRounds(Scripted(good), Keyring(KEYS)).step(service.clock.now)
    await OperationRounds(Scripted(Answer(Result.FAILED, "NO_CERTIFICATE")), Keyring(KEYS)).step(service.clock.now)
    host = await WebHost.get(id=first)
    assert (host.tls_state, len(host.tls_issuer or ""), host.tls_expires_at) == ("ACTIVE", 160, until)
    assert (await WebHost.get(id=second)).tls_state == "FAILED"
    await change(service, **REDIRECT)
    await OperationRounds(Scripted(Answer(Result.FAILED, "BUSY")), Keyring(KEYS)).step(service.clock.now)
    assert (await WebHost.get(id=service.world.owner.web_hosts[f"@ {DOMAIN}"])).tls_state == "ACTIVE"


async def test_an_end_bears_a_host_name_that_is_gone(service: Service) -> None:
    id = (await create(service))["webHost"]["id"]
    assert (await ask(service, DELETE, {"webHostId": id})) == {"webHostId": id, "errors": []}
    rounds = OperationRounds(Embedded(), Keyring(KEYS))
    assert [await rounds.step(service.clock.now) for _ in range(3)] == [1, 1, 0]
    kinds = await Operation.filter(subject_id=id).order_by("number").values_list("kind", "state")
    assert [(kind, str(state)) for kind, state in kinds] == [
        ("web_host.create", "SUCCEEDED"), ("web_host.delete", "SUCCEEDED"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "a_b", **FOLDER}, "name"),
        ({"name": "раypal", **FOLDER}, "name"),
        ({"name": "autoconfig", **FOLDER}, "name"),
        ({"name": ".".join(["a" * 60] * 4), **FOLDER}, "name"),
        ({"name": "x" * 60_000, **FOLDER}, "name"),
        ({"name": "*", **FOLDER}, "name"),
        ({**FOLDER, "webRoot": "../x"}, "webRoot"),
        ({**FOLDER, "webRoot": "a\u0000"}, "webRoot"),
        ({**FOLDER, "webRoot": None}, "webRoot"),
        ({**FOLDER, "phpVersion": "7.4"}, "phpVersion"),
        ({**FOLDER, "phpVersion": ""}, "phpVersion"),
        ({**FOLDER, "redirectUrl": "https://a.example"}, "redirectUrl"),
        ({**FOLDER, "redirectCode": 301}, "redirectCode"),
        ({**REDIRECT, "redirectCode": 303}, "redirectCode"),
        ({**REDIRECT, "redirectCode": None}, "redirectCode"),
        ({**REDIRECT, "redirectUrl": None}, "redirectUrl"),
        ({**REDIRECT, "redirectUrl": "javascript:alert(1)"}, "redirectUrl"),
        ({**REDIRECT, "redirectUrl": "https://geheim:wort@a.example/"}, "redirectUrl"),
        ({**REDIRECT, "redirectUrl": f"https://NEU.{DOMAIN}:443/x"}, "redirectUrl"),
        ({**REDIRECT, "webRoot": ""}, "webRoot"),
        ({**REDIRECT, "phpVersion": "8.4"}, "phpVersion"),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
async def test_what_cannot_be_is_refused_with_its_place_and_nothing_is_written(
    given: dict[str, Any], field: str, service: Service
) -> None:
    await service.ask("{ viewer { scopes } }", by=Caller.OWNER)
    await service.settle()
    before = await stored()
    reply = await service.ask(
        CREATE,
        {"input": {"domainId": service.world.owner.domains[DOMAIN], "name": "neu", **given}},
        by=Caller.OWNER,
        headers={"accept-language": "de"},
    )
    (error,) = reply.data["done"]["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", field])
    assert changed(before, await stored()) == set()
    assert "geheim" not in reply.body.decode()


async def test_a_version_of_php_is_kept_beyond_its_end_but_not_chosen(service: Service) -> None:
    service.clock.now = datetime(2027, 2, 1, tzinfo=UTC)
    token = await service.token(Caller.OWNER)
    await WebHost.filter(id=service.world.owner.web_hosts[f"@ {DOMAIN}"]).update(php_version="8.2")
    old = {**FOLDER, "phpVersion": "8.2"}
    assert told(await create(service, token, **old)) == [("BAD_USER_INPUT", ["input", "phpVersion"])]
    payload = await change(service, by=token, **old)
    assert (payload["errors"], payload["webHost"]["phpEndOfLifeOn"]) == ([], "2026-12-31")
    id = service.world.owner.web_hosts[f"@ {DOMAIN}"]
    assert (await ask(service, CHANGE, {"webHostId": id, "version": 2, **FOLDER}, token))["errors"] == []
    payload = await ask(service, CHANGE, {"webHostId": id, "version": 3, **old}, token)
    assert told(payload) == [("BAD_USER_INPUT", ["input", "phpVersion"])]


async def test_a_change_takes_the_place_of_what_was_there(service: Service) -> None:
    payload = await change(service, by=Caller.PACKAGE, **REDIRECT)
    assert payload["errors"] == []
    seen = {name: payload["webHost"][name] for name in ("target", "webRoot", "redirectUrl", "phpVersion", "version")}
    assert seen == {
        "target": "REDIRECT", "webRoot": None, "redirectUrl": "https://www.example.com/neu", "phpVersion": None, "version": 2,
    }  # fmt: skip
    event = await AuditEvent.get(action="web_host.change")
    assert event.detail["after"] == {**REDIRECT, "webRoot": None, "phpVersion": None}
    assert event.detail["before"]["phpVersion"] == "8.4"
    assert told(await change(service, **FOLDER)) == [("CONFLICT", ["input", "version"])]


async def test_redirects_that_lead_back_are_refused(service: Service) -> None:
    assert (await change(service, f"www {DOMAIN}", **{**REDIRECT, "redirectUrl": f"https://{DOMAIN}/"}))["errors"] == []
    for back in (f"http://www.{DOMAIN}/a", f"https://{DOMAIN}/b"):
        payload = await change(service, **{**REDIRECT, "redirectUrl": back})
        assert told(payload) == [("BAD_USER_INPUT", ["input", "redirectUrl"])]
    assert (await change(service, **{**REDIRECT, "redirectUrl": f"https://{DOMAIN}:8443/"}))["errors"] == []


async def test_a_host_name_with_an_app_on_it_stays_what_the_app_needs(service: Service) -> None:
    await install(service)
    host = await WebHost.get(id=service.world.owner.web_hosts[f"@ {DOMAIN}"])
    here: dict[str, Any] = {"target": "WEB_ROOT", "webRoot": host.web_root, "phpVersion": "8.4"}
    payload = await ask(service, DELETE, {"webHostId": host.id}, Caller.PACKAGE)
    assert told(payload) == [("CONFLICT", ["input", "webHostId"])]
    assert "website app" in payload["errors"][0]["message"]
    assert told(await change(service, **REDIRECT)) == [("CONFLICT", ["input", "webHostId"])]
    assert told(await change(service, **{**here, "webRoot": "other"})) == [("CONFLICT", ["input", "webHostId"])]
    assert told(await change(service, **{**here, "phpVersion": None})) == [("CONFLICT", ["input", "phpVersion"])]
    assert (await change(service, **{**here, "phpVersion": "8.3"}))["errors"] == []
    node = (await service.both(LIST, {"id": host.id}, by=Caller.PACKAGE)).data["node"]
    assert node["actions"] == [
        {"name": "CHANGE", "allowed": True, "reason": None},
        {"name": "DELETE", "allowed": False, "reason": "APP_INSTALLED"},
    ]


async def test_the_menu_of_a_host_name_says_what_its_mutations_do(service: Service) -> None:
    house, cases = service.world.owner, 0
    www = house.web_hosts[f"www {DOMAIN}"]
    for domain_state in ("ACTIVE", "PENDING", "TRANSFERRING", "CANCELLED"):
        for package_state in ("ACTIVE", "SUSPENDED", "CANCELLED", "ENDED", "PROVISIONING"):
            await Domain.filter(id=house.domains[DOMAIN]).update(state=domain_state)
            await Package.filter(id=house.packages["shop"]).update(state=package_state)
            id = house.web_hosts[f"@ {DOMAIN}"]
            node = (await service.both(LIST, {"id": id}, by=Caller.OWNER)).data["node"]
            menu = {entry["name"]: entry["allowed"] for entry in node["actions"]}
            payload = await ask(service, CHANGE, {"webHostId": id, "version": node["version"], **FOLDER})
            assert (payload["errors"] == []) is menu["CHANGE"], (domain_state, package_state)
            gone = await ask(service, DELETE, {"webHostId": www})
            assert (gone["errors"] == []) is menu["DELETE"], (domain_state, package_state)
            if menu["DELETE"]:
                www = (
                    await WebHost.create(
                        customer_id=house.customer, package_id=house.packages["shop"], domain_id=house.domains[DOMAIN],
                        name="www", target="WEB_ROOT", web_root="", tls_state="NONE", created_at=service.clock.now,
                    )
                ).id  # fmt: skip
            cases += 1
    assert cases == 20


async def test_a_domain_that_is_not_active_gets_no_host_names(service: Service) -> None:
    await Domain.filter(id=service.world.owner.domains[DOMAIN]).update(state="PENDING")
    assert told(await create(service)) == [("CONFLICT", ["input", "domainId"])]


async def test_a_certificate_that_was_not_got_is_asked_for_again_with_a_change(service: Service) -> None:
    id = service.world.owner.web_hosts[f"@ {DOMAIN}"]
    await WebHost.filter(id=id).update(tls_state="FAILED")
    payload = await change(service, **FOLDER)
    assert (payload["errors"], payload["webHost"]["tls"]["state"]) == ([], "PENDING")
    operation = await Operation.filter(kind="web_host.change", subject_id=id).order_by("-number").first()
    assert operation is not None
    await in_unit_of_work(lambda: web_host_ended(operation, Answer(Result.FAILED, "NO_DNS"), service.clock.now))
    assert (await WebHost.get(id=id)).tls_state == "FAILED"


async def test_a_name_is_there_once(service: Service) -> None:
    for name in ("www", "WWW", "@", ""):
        assert told(await create(service, name=name, **FOLDER)) == [("CONFLICT", ["input", "name"])]
    payload = await create(service, name="www.neu", **FOLDER)
    assert payload["errors"] == []


async def test_a_name_of_another_domain_is_not_to_be_had(service: Service) -> None:
    house, other = service.world.owner, service.world.other
    for owner, package, name in ((house, "club", "kasse"), (other, "shop", "fremd"), (house, "shop", "eigen")):
        await Domain.create(
            customer_id=owner.customer, package_id=owner.packages[package], name=f"{name}.{DOMAIN}",
            ascii_name=f"{name}.{DOMAIN}", state="ACTIVE", created_at=service.clock.now,
        )  # fmt: skip
    answers = set()
    for name in ("kasse", "pay.kasse", "fremd", "tief.im.fremd", "eigen"):
        for by in (Caller.OWNER, Caller.PACKAGE, Caller.DOMAIN_TOKEN):
            payload = await create(service, by, name=name, **FOLDER)
            assert told(payload) == [("CONFLICT", ["input", "name"])], (name, by)
            answers.add(payload["errors"][0]["message"])
    assert len(answers) == 1, "whose it is, nobody learns"
    assert (await create(service, name="kassen", **FOLDER))["errors"] == []
    assert await Operation.filter(kind="web_host.create").count() == 1


async def test_visitors_are_not_sent_around_by_hosts_the_caller_does_not_see(service: Service) -> None:
    there: dict[str, Any] = {**REDIRECT, "redirectUrl": "https://konkurrenz.example/"}
    idn = "bücher-müller.example"
    assert (await change(service, f"www {idn}", **there | {"redirectUrl": f"https://{DOMAIN}/"}))["errors"] == []
    back = {**REDIRECT, "redirectUrl": f"https://www.{idn}/"}
    assert told(await change(service, by=Caller.DOMAIN_TOKEN, **back)) == [("BAD_USER_INPUT", ["input", "redirectUrl"])]
    assert (await change(service, by=Caller.DOMAIN_TOKEN, **there))["errors"] == []


async def test_the_limit_of_the_package_counts_beyond_what_a_token_reaches(service: Service) -> None:
    await PackageType.filter(id=service.world.package_type).update(web_host_limit=5)
    there = await WebHost.filter(package_id=service.world.owner.packages["shop"]).count()
    assert there == 5
    for caller in (Caller.OWNER, Caller.PACKAGE, Caller.DOMAIN_TOKEN):
        assert told(await create(service, caller)) == [("CONFLICT", ["input", "domainId"])]
    assert await WebHost.filter(package_id=service.world.owner.packages["shop"]).count() == there


async def test_of_many_at_once_as_many_are_made_as_there_is_room_for(service: Service) -> None:
    await PackageType.filter(id=service.world.package_type).update(web_host_limit=7)
    payloads = await asyncio.gather(*(create(service, name=f"h{number}", **FOLDER) for number in range(8)))
    codes = sorted("".join(error["code"] for error in payload["errors"]) for payload in payloads)
    assert codes == ["", "", *["CONFLICT"] * 6]
    assert await WebHost.filter(package_id=service.world.owner.packages["shop"]).count() == 7
    assert await Operation.filter(kind="web_host.create").count() == 2


async def test_of_changes_at_once_one_wins_and_the_same_name_is_made_once(service: Service) -> None:
    payloads = await asyncio.gather(*(change(service, **{**FOLDER, "webRoot": f"f{n}"}) for n in range(6)))
    assert sorted("".join(e["code"] for e in p["errors"]) for p in payloads) == ["", *["CONFLICT"] * 5]
    payloads = await asyncio.gather(*(create(service) for _ in range(6)))
    assert sorted("".join(e["code"] for e in p["errors"]) for p in payloads) == ["", *["CONFLICT"] * 5]


async def test_two_redirects_made_at_once_lead_in_no_circle(service: Service) -> None:
    there: dict[str, Any] = {**REDIRECT, "redirectUrl": f"https://www.{DOMAIN}/"}
    back: dict[str, Any] = {**REDIRECT, "redirectUrl": f"https://{DOMAIN}/"}
    payloads = await asyncio.gather(change(service, **there), change(service, f"www {DOMAIN}", **back))
    assert sorted("".join(e["code"] for e in p["errors"]) for p in payloads) == ["", "BAD_USER_INPUT"], payloads


async def test_hosts_are_listed_with_their_domain_and_their_package(service: Service) -> None:
    text = """{ packages(search: "shop", first: 1) { nodes {
      webHosts(filter: {target: [REDIRECT]}, search: "ww") { totalCount nodes { absoluteName redirectUrl } }
      domains(first: 3) { nodes { asciiName webHosts(orderBy: [{field: NAME, direction: DESC}]) { nodes { name } } } } } } }"""
    (found,) = (await service.both(text, by=Caller.OWNER)).data["packages"]["nodes"]
    assert found["webHosts"]["totalCount"] == 2
    assert [[host["name"] for host in domain["webHosts"]["nodes"]] for domain in found["domains"]["nodes"]] == [
        ["www", "@"], ["www", "blog", "@"],
    ]  # fmt: skip
    seen = (await service.both(text, by=Caller.DOMAIN_TOKEN)).data["packages"]["nodes"][0]
    assert [host["absoluteName"] for host in seen["webHosts"]["nodes"]] == [f"www.{DOMAIN}"]
