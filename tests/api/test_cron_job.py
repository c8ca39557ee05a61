"""Cron jobs: made up to the limit, changed against the version that was read, told when they run next."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from models import AuditEvent, CronJob, Operation, Package, PackageType
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import Caller

FIELDS = """{ id label schedule kind target phpVersion enabled nextRuns(first: 2) lastRunAt lastSucceeded version
  actions { name allowed reason } }"""
ERRORS = "errors { code message path }"
CREATE = (
    f"mutation($input: CronJobCreateInput!) {{ done: cronJobCreate(input: $input) {{ cronJob {FIELDS} {ERRORS} }} }}"
)
CHANGE = (
    f"mutation($input: CronJobChangeInput!) {{ done: cronJobChange(input: $input) {{ cronJob {FIELDS} {ERRORS} }} }}"
)
DELETE = f"mutation($input: CronJobDeleteInput!) {{ done: cronJobDelete(input: $input) {{ cronJobId {ERRORS} }} }}"
LIST = f"query($id: ID!) {{ node(id: $id) {{ ... on CronJob {FIELDS} }} }}"
SCRIPT = {"schedule": "30 4 * * mon-fri", "kind": "SCRIPT", "target": "shop/cron.php", "phpVersion": "8.4"}
ADDRESS = {"schedule": "@daily", "kind": "URL", "target": "https://Shop.example/cron?key=GEHEIM"}


async def ask(service: Service, text: str, given: dict[str, Any], by: Any = Caller.OWNER) -> dict[str, Any]:
    payload = (await service.ask(text, {"input": given}, by=by)).data["done"]
    assert isinstance(payload, dict)
    return payload


async def create(service: Service, by: Any = Caller.OWNER, **given: Any) -> dict[str, Any]:
    return await ask(service, CREATE, {"packageId": service.world.owner.packages["shop"], **SCRIPT, **given}, by)


def told(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE], ids=str)
async def test_who_has_the_care_of_a_package_makes_jobs(caller: Caller, service: Service) -> None:
    payload = await create(service, caller, label=" Nachts ")
    assert payload["errors"] == []
    job = payload["cronJob"]
    id = job.pop("id")
    assert job == {
        "label": "Nachts", "schedule": "30 4 * * 1-5", "kind": "SCRIPT", "target": "shop/cron.php", "phpVersion": "8.4",
        "enabled": True, "nextRuns": ["2026-03-03T03:30:00Z", "2026-03-04T03:30:00Z"], "lastRunAt": None,
        "lastSucceeded": None, "version": 1,
        "actions": [
            {"name": "CHANGE", "allowed": True, "reason": None}, {"name": "DELETE", "allowed": True, "reason": None},
        ],
    }  # fmt: skip
    assert (await service.both(LIST, {"id": id}, by=caller)).data["node"] == {"id": id, **job}
    operation = await Operation.get(subject_id=id)
    assert operation.kind == "cron_job.create"
    assert operation.desired["schedule"] == "30 4 * * 1-5"
    assert operation.desired["timeZone"] == "Europe/Berlin"


async def test_what_an_address_asks_with_is_in_no_audit_entry(service: Service) -> None:
    id = (await create(service, **ADDRESS, phpVersion=None))["cronJob"]["id"]
    job = await CronJob.get(id=id)
    assert job.target == "https://shop.example/cron?key=GEHEIM"
    given = {"cronJobId": id, "version": 1, **ADDRESS, "enabled": False}
    assert (await ask(service, CHANGE, given))["cronJob"]["nextRuns"] == []
    assert (await ask(service, DELETE, {"cronJobId": id})) == {"cronJobId": id, "errors": []}
    events = await AuditEvent.filter(object_id=id).order_by("id")
    assert [event.action for event in events] == ["cron_job.create", "cron_job.change", "cron_job.delete"]
    assert events[0].detail["after"]["target"] == "https://shop.example/cron?…"
    assert events[1].detail == {"before": {"enabled": True}, "after": {"enabled": False}}
    assert "GEHEIM" not in str([event.detail for event in events])


BAD = [
    ({"schedule": "* * * * *"}, "schedule"), ({"schedule": "0 0 30 2 *"}, "schedule"), ({"schedule": "GEHEIM"}, "schedule"),
    ({"schedule": "@reboot"}, "schedule"), ({"schedule": "61 * * * *"}, "schedule"), ({"schedule": "0 0\x00* * *"}, "schedule"),
    ({"target": "/GEHEIM.php"}, "target"), ({"target": "../GEHEIM.php"}, "target"), ({"target": "GEHEIM.sh"}, "target"),
    ({"target": "a\x00.php"}, "target"), ({"phpVersion": None}, "phpVersion"), ({"phpVersion": "5.6"}, "phpVersion"),
    ({**ADDRESS, "phpVersion": "8.4"}, "phpVersion"), ({"label": "x" * 81}, "label"), ({"label": "a\u202eb"}, "label"),
    *(
        ({**ADDRESS, "phpVersion": None, "target": target}, "target")
        for target in (
            "ftp://shop.example/", "javascript:GEHEIM", "https://u:GEHEIM@shop.example/", "https://localhost/", "https://[::1]/",
            "http://127.0.0.1:8000/graphql", "http://10.0.0.8/", "http://169.254.169.254/latest", "https://imap.musterhost.example/",
            "https://shop.example:22/", "https://shop.example:0/", "https://2130706433/", "https://127.1/", "https://0x7f.1/",
            "https://shop.example\n.evil.example/", "https://shop.example/" + "x" * 2_048, "", "https://", "http://ⓛocalhost/",
            "http://localhost./", "http://[::ffff:127.0.0.1]/", "https:\\\\shop.example",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "field"), BAD)
async def test_what_cannot_be_is_refused_with_its_path_and_written_nowhere(
    given: dict[str, Any], field: str, service: Service
) -> None:
    before = await stored()
    payload = await create(service, **given)
    assert told(payload) == [("BAD_USER_INPUT", ["input", field])]
    assert "GEHEIM" not in str(payload)
    assert not changed(before, await stored())


async def test_a_job_keeps_the_version_of_php_that_ended_meanwhile(service: Service) -> None:
    id = (await create(service))["cronJob"]["id"]
    await CronJob.filter(id=id).update(php_version="5.6")
    given = {"cronJobId": id, "version": 1, **SCRIPT}
    assert (await ask(service, CHANGE, {**given, "phpVersion": "5.6"}))["errors"] == []
    assert (await ask(service, CHANGE, {**given, "version": 2}))["errors"] == []
    assert told(await ask(service, CHANGE, {**given, "version": 3, "phpVersion": "5.6"})) == [
        ("BAD_USER_INPUT", ["input", "phpVersion"])
    ]


async def test_of_changes_at_once_one_wins(service: Service) -> None:
    id = (await create(service))["cronJob"]["id"]
    given = {"cronJobId": id, "version": 1, **SCRIPT}
    payloads = await asyncio.gather(*(ask(service, CHANGE, {**given, "schedule": f"{n} 5 * * *"}) for n in range(6)))
    assert sorted("".join(code for code, _ in told(payload)) for payload in payloads) == ["", *["CONFLICT"] * 5]
    assert await Operation.filter(subject_id=id, kind="cron_job.change").count() == 1


async def test_of_many_at_once_as_many_are_made_as_there_is_room_for(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    there = await CronJob.filter(package_id=shop).count()
    await PackageType.filter(id=service.world.package_type).update(cron_job_limit=there + 2)
    payloads = await asyncio.gather(*(create(service) for _ in range(8)))
    assert sorted("".join(code for code, _ in told(payload)) for payload in payloads) == ["", "", *["CONFLICT"] * 6]
    assert await CronJob.filter(package_id=shop).count() == there + 2
    assert await Operation.filter(kind="cron_job.create").count() == 2


async def test_the_menu_of_a_job_says_what_its_mutations_do(service: Service) -> None:
    house = service.world.owner
    for state in ("ACTIVE", "CANCELLED", "SUSPENDED", "ENDED", "PROVISIONING"):
        await Package.filter(id=house.packages["shop"]).update(state=state)
        node = (await service.both(LIST, {"id": house.cron_jobs["shop"]}, by=Caller.OWNER)).data["node"]
        menu = {entry["name"]: entry["allowed"] for entry in node["actions"]}
        assert bool(node["nextRuns"]) is menu["CHANGE"], state
        given = {"cronJobId": node["id"], "version": node["version"], **SCRIPT}
        assert ((await ask(service, CHANGE, given))["errors"] == []) is menu["CHANGE"], state
    await Package.filter(id=house.packages["shop"]).update(state="ACTIVE")
    assert (await ask(service, DELETE, {"cronJobId": house.cron_jobs["shop"]}))["errors"] == []


async def test_runs_are_told_up_to_twenty(service: Service) -> None:
    text = "query($id: ID!, $first: Int!) { node(id: $id) { ... on CronJob { nextRuns(first: $first) } } }"
    for first, count in ((-1, 0), (0, 0), (1, 1), (20, 20), (2**31 - 1, 20)):
        given = {"id": service.world.owner.cron_jobs["shop"], "first": first}
        assert len((await service.both(text, given, by=Caller.OWNER)).data["node"]["nextRuns"]) == count
