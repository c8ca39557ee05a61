"""What packages, domains and contracts offer beside their terms is what the mutations behind it take, in many random states."""

from __future__ import annotations

import random
from typing import Any
from uuid import uuid4

from models import Contract, Domain, Package, PackageFunction, PackageType
from tests.api.service import Service
from tests.proofs import counted
from tests.world import Caller

STATES = 60

MENUS = """query($id: ID!) { package(id: $id) { version actions { name allowed reason }
  contract { actions { name allowed reason } }
  domains(first: 10) { nodes { id zoneVersion actions { name allowed reason } } } } }"""

ERRORS = "errors { code message path }"
RENAME = f"mutation($input: PackageRenameInput!) {{ packageRename(input: $input) {{ {ERRORS} }} }}"
SECURE = f"mutation($input: PackagePasswordSetInput!) {{ packagePasswordSet(input: $input) {{ {ERRORS} }} }}"
TOKEN = f"mutation($input: ApiTokenCreateInput!) {{ apiTokenCreate(input: $input) {{ {ERRORS} }} }}"
RECORDS = f"mutation($input: DnsRecordsChangeInput!) {{ dnsRecordsChange(input: $input) {{ {ERRORS} }} }}"
FORM = f"mutation($input: FormTicketCreateInput!) {{ formTicketCreate(input: $input) {{ {ERRORS} }} }}"
END = """mutation($input: ExtraordinaryCancellationRequestInput!) { extraordinaryCancellationRequest(input: $input) {
  errors { code message path } } }"""

ANY = ("RENAME", "SECURITY", "DOMAINS")
"""Functions whose mutations are called here; those of the contract have tests of their own, the rest only shows."""


class Tried:
    """Calls mutations, and counts what became of them."""

    def __init__(self, service: Service, by: str, seen: dict[tuple[str, bool], int]) -> None:
        self._service = service
        self._by = by
        self._seen = seen

    async def hold(self, name: str, menu: dict[str, tuple[bool, str | None]], text: str, given: dict[str, Any]) -> None:
        """Accepted exactly if it is offered, and otherwise refused in the words of the reason."""
        allowed, reason = menu.get(name, (False, "FUNCTION_NOT_INCLUDED"))
        (payload,) = (await self._service.ask(text, {"input": given}, by=self._by)).data.values()
        codes = [error["code"] for error in payload["errors"]]
        assert codes == ([] if allowed else ["CONFLICT"]), (name, allowed, reason, payload)
        self._seen[name, allowed] = self._seen.get((name, allowed), 0) + 1


def _by_name(actions: list[dict[str, Any]]) -> dict[str, tuple[bool, str | None]]:
    return {entry["name"]: (entry["allowed"], entry["reason"]) for entry in actions}


async def shaken(service: Service, dice: random.Random) -> None:
    """Give Anna's shop any states, as an import could."""
    owner = service.world.owner
    package = dice.choice(["ACTIVE", "ACTIVE", "SUSPENDED", "PROVISIONING", "CANCELLED", "ENDED"])
    await Package.filter(id=owner.packages["shop"]).update(state=package)
    state = dice.choice(["ACTIVE", "CANCELLED", "ENDED"])
    await Contract.filter(id=owner.contracts["shop"]).update(
        state=state, ends_on=None if state == "ACTIVE" else dice.choice(["2026-03-01", "2026-09-30"])
    )
    domain = dice.choice(["ACTIVE", "ACTIVE", "PENDING", "TRANSFERRING", "CANCELLED"])
    await Domain.filter(package_id=owner.packages["shop"]).update(state=domain)
    functions = [name.value for name in PackageFunction if name.value not in ANY or dice.random() < 0.8]
    await PackageType.filter(id=service.world.package_type).update(functions=functions)


async def test_what_is_offered_is_taken_and_what_is_refused_is_refused(service: Service) -> None:
    dice, owner = random.Random(3), service.world.owner
    shop, domain = owner.packages["shop"], owner.domains["laden.example"]
    seen: dict[tuple[str, bool], int] = {}
    for number in range(STATES):
        service.clock.wait(hours=2)  # so that no limit is in the way
        by = await service.token(Caller.OWNER, raised=True)
        tried = Tried(service, by, seen)
        await shaken(service, dice)
        package = (await service.both(MENUS, {"id": shop}, by=by)).data["package"]
        menu, of_contract = _by_name(package["actions"]), _by_name(package["contract"]["actions"])
        (found,) = [node for node in package["domains"]["nodes"] if node["id"] == domain]
        active = (await Domain.get(id=domain)).state == "ACTIVE"
        # A domain that is not registered here has no zone to change, whatever its package can do.
        records = menu if active else menu | {"DOMAINS": (False, None)}
        named = {"id": shop, "version": package["version"], "name": f"Laden {number}"}
        await tried.hold("RENAME", menu, RENAME, named)
        password = f"sieben Möwen zählen Kutter {number}"
        await tried.hold("SECURITY", menu, SECURE, {"packageId": shop, "password": password})
        wanted = {"name": "Zertifikate", "scopes": ["PACKAGE_READ"], "packageId": shop}
        await tried.hold("SECURITY", menu, TOKEN, wanted)
        record = {"name": f"n{number}", "type": "A", "value": "192.0.2.1"}
        await tried.hold(
            "DOMAINS", records, RECORDS, {"domainId": domain, "version": found["zoneVersion"], "add": [record]}
        )
        contract = {"contractId": owner.contracts["shop"]}
        if active:  # the form is for all domains of a contract: of one that leaves it says nothing
            holder = _by_name(found["actions"])
            await tried.hold("HOLDER_CHANGE", holder, FORM, contract | {"kind": "DOMAIN_HOLDER_CHANGE"})
        wanted = contract | {"reason": "Der Server steht still.", "idempotencyKey": str(uuid4())}
        await tried.hold("EXTRAORDINARY_CANCELLATION", of_contract, END, wanted)
    names = (*ANY, "HOLDER_CHANGE", "EXTRAORDINARY_CANCELLATION")
    assert set(seen) == {(name, allowed) for name in names for allowed in (True, False)}
    counted("action ⇔ mutation cases", sum(seen.values()), of="packages, domains and contracts")
