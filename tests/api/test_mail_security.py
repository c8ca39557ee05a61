"""Mail security of a domain: read from its zone, and mended by the mutation that changes records."""

from __future__ import annotations

from typing import Any

import pytest

from models import Domain
from tests.api.service import Service
from tests.world import Caller

CHECK = "{ state reason message found expected fixes { add { name type ttl value } remove } }"
QUERY = f"""query($id: ID!) {{ node(id: $id) {{ ... on Domain {{ mailSecurity {{
  zoneVersion mx {CHECK} spf {CHECK} dkim {CHECK} dmarc {CHECK} fixes {{ add {{ name type ttl value }} remove }} }} }} }} }}"""
CHANGE = "mutation($input: DnsRecordsChangeInput!) { dnsRecordsChange(input: $input) { errors { code message path } } }"
DOMAIN = "laden.example"
CHECKS = ("mx", "spf", "dkim", "dmarc")


async def seen(service: Service, by: Any = Caller.OWNER, **options: Any) -> Any:
    given = {"id": service.world.owner.domains[DOMAIN]}
    return (await service.both(QUERY, given, by=by, **options)).data["node"]["mailSecurity"]


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE, Caller.DOMAIN_TOKEN], ids=str)
async def test_its_fixes_go_through_as_a_change_of_records_and_mend_it(caller: Caller, service: Service) -> None:
    found = await seen(service, caller)
    assert {name: found[name]["state"] for name in CHECKS} == {
        "mx": "MISSING", "spf": "DIFFERENT", "dkim": "MISSING", "dmarc": "MISSING",
    }  # fmt: skip
    assert found["spf"]["reason"] == "HOST_NOT_INCLUDED"
    assert found["spf"]["found"] == ["v=spf1 mx -all"]
    assert found["spf"]["expected"] == ["v=spf1 include:spf.musterhost.example mx -all"]
    wanted = {
        "domainId": service.world.owner.domains[DOMAIN], "version": found["zoneVersion"], **found["fixes"],
    }  # fmt: skip
    payload = (await service.ask(CHANGE, {"input": wanted}, by=caller)).data["dnsRecordsChange"]
    assert payload["errors"] == []
    after = await seen(service, caller)
    assert {after[name]["state"] for name in CHECKS} == {"OK"}
    assert after["fixes"] == {"add": [], "remove": []}


@pytest.mark.parametrize("name", CHECKS)
async def test_each_is_mended_for_itself(name: str, service: Service) -> None:
    found = await seen(service)
    wanted = {"domainId": service.world.owner.domains[DOMAIN], "version": 1, **found[name]["fixes"]}
    assert (await service.ask(CHANGE, {"input": wanted}, by=Caller.OWNER)).data["dnsRecordsChange"]["errors"] == []
    after = await seen(service)
    assert {one: after[one]["state"] == "OK" for one in CHECKS} == {one: one == name for one in CHECKS}


async def test_a_domain_without_a_key_says_so_in_the_language_of_the_request(service: Service) -> None:
    await Domain.filter(id=service.world.owner.domains[DOMAIN]).update(dkim_selector=None, dkim_public_key=None)
    found = (await seen(service, headers={"accept-language": "de"}))["dkim"]
    assert (found["state"], found["found"], found["expected"]) == ("NO_KEY", [], [])
    assert "noch nicht" in found["message"]


async def test_many_domains_are_looked_at_with_one_statement_for_their_records(service: Service) -> None:
    text = '{ package(id: "%s") { domains { nodes { name mailSecurity { spf { state } } } } } }'
    shop = service.world.owner.packages["shop"]
    found = (await service.both(text % shop, by=Caller.OWNER)).data["package"]["domains"]["nodes"]
    assert [domain["mailSecurity"]["spf"]["state"] for domain in found] == ["DIFFERENT"] * 2


async def test_nobody_else_sees_it(service: Service) -> None:
    id = service.world.owner.domains[DOMAIN]
    for caller in (Caller.SIBLING, Caller.OTHER):
        assert (await service.both(QUERY, {"id": id}, by=caller)).data["node"] is None
