"""What the menus offer and what the mutations take is the same, in every state that contracts and their parts can have."""

from __future__ import annotations

import random
from typing import Any

from models import AddOn, Cancellation, Contract, Domain, Package, PackageType
from tests.api.cancelling import REVEAL, declare, fate, preview, undo
from tests.api.service import Service
from tests.proofs import counted
from tests.world import Caller

STATES = 60

MENUS = """query($id: ID!) { package(id: $id) { id actions { name allowed reason }
  contract { id actions { name allowed reason } addOns { id actions { name allowed reason } } }
  domains(first: 10) { nodes { id actions { name allowed reason } } } } }"""


async def shaken(service: Service, dice: random.Random) -> None:
    """Give what Anna's shop consists of any states, as an import could."""
    owner = service.world.owner
    days = ["2026-03-01", "2026-03-02", "2026-09-30", None]
    state = dice.choice(["ACTIVE", "ACTIVE", "CANCELLED", "ENDED"])
    package = dice.choice(["ACTIVE", "ACTIVE", "SUSPENDED", "PROVISIONING", "CANCELLED", "ENDED"])
    await Contract.filter(id=owner.contracts["shop"]).update(state=state, ends_on=dice.choice(days))
    await Package.filter(id=owner.packages["shop"]).update(state=package)
    await AddOn.filter(id=owner.add_ons["shop"]).update(
        state=dice.choice(["ACTIVE", "CANCELLED", "ENDED"]), ends_on=dice.choice(days)
    )
    await Domain.filter(id=owner.domains["laden.example"]).update(
        state=dice.choice(["ACTIVE", "ACTIVE", "PENDING", "TRANSFERRING", "CANCELLED"]), ends_on=dice.choice(days),
        paid_until=dice.choice(["2026-05-05", None]), auth_info_sealed=dice.choice([SEALED, None]),
    )  # fmt: skip
    functions = ["SELECT", "DOMAINS", *(["CANCEL"] if dice.random() < 0.8 else [])]
    await PackageType.filter(id=service.world.package_type).update(functions=functions)


SEALED = ""


async def _menus(service: Service) -> dict[str, dict[str, tuple[bool, str | None]]]:
    """The entries by id and name."""
    reply = await service.both(MENUS, {"id": service.world.owner.packages["shop"]}, by=Caller.OWNER)
    package = reply.data["package"]
    things = [package, *package["domains"]["nodes"], package["contract"], *package["contract"]["addOns"]]
    return {
        thing["id"]: {entry["name"]: (entry["allowed"], entry["reason"]) for entry in thing["actions"]}
        for thing in things
    }


async def _chosen(service: Service, id: str) -> list[dict[str, Any]]:
    shown = await preview(service, id)
    names = {entry["domain"]["name"] for entry in shown["domains"]}
    return [fate(domain, "DELETE") for name, domain in service.world.owner.domains.items() if name in names]


async def test_what_is_offered_is_taken_and_what_is_refused_is_refused_for_the_same_reason(service: Service) -> None:
    global SEALED
    owner, dice = service.world.owner, random.Random(7)
    SEALED = service.made.parts.keyring.seal("domain AuthInfo", "tell-nobody")
    by = await service.token(Caller.OWNER, raised=True)
    seen: dict[tuple[str, bool], int] = {}
    subjects = [owner.packages["shop"], owner.contracts["shop"], owner.add_ons["shop"], owner.domains["laden.example"]]
    cases = 0
    for number in range(STATES):
        await shaken(service, dice)
        await (
            Cancellation.filter(state="DECLARED")
            .exclude(package_id=owner.packages["cancelled"])
            .update(state="UNDONE", current_contract_id=None, current_domain_id=None, current_add_on_id=None)
        )
        menus, id = await _menus(service), subjects[number % len(subjects)]
        allowed, reason = menus[id].get("CANCEL", (False, None))
        shown = await preview(service, id, await _chosen(service, id))
        if "CANCEL" in menus[id]:
            assert (shown["allowed"], shown["reason"]) == (allowed, reason), (id, menus[id], shown)
        payload = await declare(service, id, await _chosen(service, id), by=by)
        codes = [error["code"] for error in payload["errors"]]
        assert codes == ([] if allowed else ["CONFLICT"]), (id, menus[id], payload)
        seen["CANCEL", allowed] = seen.get(("CANCEL", allowed), 0) + 1
        told = await service.ask(REVEAL, {"input": {"domainId": owner.domains["laden.example"]}}, by=by)
        menus = await _menus(service)
        may = menus[owner.domains["laden.example"]]["AUTH_INFO_REVEAL"][0]
        codes = [error["code"] for error in told.data["domainAuthInfoReveal"]["errors"]]
        assert codes == ([] if may else ["CONFLICT"])
        seen["AUTH_INFO_REVEAL", may] = seen.get(("AUTH_INFO_REVEAL", may), 0) + 1
        cases += 2
        if payload["cancellation"] is None:
            continue
        if dice.random() < 0.4:
            await Contract.filter(id=owner.contracts["shop"]).update(ends_on="2033-01-01", state="ENDED")
        if dice.random() < 0.3:
            service.clock.now = service.clock.now.replace(year=2026)
        menus = await _menus(service)
        subject = owner.contracts["shop"] if id == owner.packages["shop"] else id
        may = menus[subject]["CANCELLATION_UNDO"][0]
        codes = [error["code"] for error in (await undo(service, payload["cancellation"]["id"], by))["errors"]]
        assert codes == ([] if may else ["CONFLICT"]), (menus[subject], codes)
        seen["CANCELLATION_UNDO", may] = seen.get(("CANCELLATION_UNDO", may), 0) + 1
        cases += 1
    names = ("CANCEL", "CANCELLATION_UNDO", "AUTH_INFO_REVEAL")
    assert set(seen) == {(name, allowed) for name in names for allowed in (True, False)}
    counted("action ⇔ mutation cases", cases, of="cancellations")


async def test_a_package_login_is_offered_nothing_contractual(service: Service) -> None:
    for caller in (Caller.PACKAGE, Caller.NARROW_TECHNICAL):
        reply = await service.both(
            "{ packages(first: 2) { nodes { actions { name } domains(first: 3) { nodes { actions { name allowed } } } } } }",
            by=caller,
        )
        for package in reply.json["data"]["packages"]["nodes"]:
            assert not {"CANCEL", "UPGRADE"} & {entry["name"] for entry in package["actions"]}
            for domain in (package["domains"] or {"nodes": []})["nodes"]:
                assert domain["actions"] == []
