"""DNS records: changed as a set, against the version that was read, all or nothing; zone files likewise."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.documents.zone_record import plain_text
from models import AuditEvent, DnsRecord, Domain, Operation
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import Caller

CHANGE = """mutation($input: DnsRecordsChangeInput!) { dnsRecordsChange(input: $input) {
  domain { zoneVersion dnsRecords { nodes { name absoluteName type ttl value text } } } errors { code message path } } }"""
IMPORT = """mutation($input: DnsZoneImportInput!) { dnsZoneImport(input: $input) {
  domain { zoneVersion dnsRecords { totalCount } } errors { code message path } } }"""
PREVIEW = """query($id: ID!, $file: String!, $replace: Boolean!) {
  zoneImportPreview(domainId: $id, zoneFile: $file, replace: $replace) { zoneVersion unchanged passedOver
    added { name type ttl value } removed { name type } problems { line reason message } } }"""
DOMAIN = "laden.example"


def record(name: str, kind: str, value: str, ttl: int = 3_600) -> dict[str, Any]:
    return {"name": name, "type": kind, "value": value, "ttl": ttl}


async def change(service: Service, by: Any = Caller.OWNER, **given: Any) -> dict[str, Any]:
    wanted = {"domainId": service.world.owner.domains[DOMAIN], "version": 1, **given}
    payload = (await service.ask(CHANGE, {"input": wanted}, by=by)).data["dnsRecordsChange"]
    assert isinstance(payload, dict)
    return payload


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE, Caller.DOMAIN_TOKEN], ids=str)
async def test_who_has_the_care_of_a_domain_changes_its_records(caller: Caller, service: Service) -> None:
    old = service.world.owner.records[f"@ TXT {DOMAIN}"]
    payload = await change(
        service,
        caller,
        remove=[old],
        add=[record("@", "TXT", "v=spf1 -all"), record("büro", "CNAME", "www.laden.example")],
    )
    assert payload["errors"] == []
    assert payload["domain"]["zoneVersion"] == 2
    assert payload["domain"]["dnsRecords"]["nodes"] == [
        {"name": "@", "absoluteName": DOMAIN, "type": "A", "ttl": 3_600, "value": "192.0.2.17", "text": None},
        {"name": "@", "absoluteName": DOMAIN, "type": "TXT", "ttl": 3_600, "value": '"v=spf1 -all"', "text": "v=spf1 -all"},
        {
            "name": "xn--bro-hoa", "absoluteName": f"xn--bro-hoa.{DOMAIN}", "type": "CNAME", "ttl": 3_600,
            "value": "www.laden.example.", "text": None,
        },
    ]  # fmt: skip
    event = await AuditEvent.get(action="dns.change")
    assert event.object_id == service.world.owner.domains[DOMAIN]
    assert event.detail["removed"] == ['@ 3600 TXT "v=spf1 mx -all"']
    operation = await Operation.get(subject_id=service.world.owner.domains[DOMAIN])
    assert (operation.kind, operation.package_id) == ("dns.change", service.world.owner.packages["shop"])
    assert operation.desired["domain"] == DOMAIN
    assert [(one["name"], one["type"]) for one in operation.desired["added"]] == [
        ("@", "TXT"),
        ("xn--bro-hoa", "CNAME"),
    ]
    assert operation.desired["removed"] == [{"name": "@", "type": "TXT", "ttl": 3_600, "value": '"v=spf1 mx -all"'}]


@pytest.mark.parametrize(
    ("add", "place"),
    [
        ([record("www", "A", "192.0.2.1"), record("www", "A", "192.0.2")], "1"),
        ([record("www", "CNAME", "a.example"), record("www", "A", "192.0.2.1")], "0"),
        ([record("@", "CNAME", "a.example")], "0"),
        ([record("pаypаl", "A", "192.0.2.1")], "0"),
        ([record("xn--zzzzzz", "A", "192.0.2.1")], "0"),
        ([record("@", "A", "192.0.2.17")], "0"),
        ([record("@", "A", "192.0.2.18", ttl=60)], "0"),
        ([record("www.verein.example.", "A", "192.0.2.18")], "0"),
        ([record("www", "A", "192.0.2.18", ttl=0)], "0"),
        ([record("www", "A", "192.0.2.18", ttl=2**31 - 1)], "0"),
        ([record("sub", "NS", "ns.example.com"), record("a.sub", "TXT", "x")], "1"),
    ],
)
async def test_a_record_that_cannot_be_stops_all_and_says_which(
    add: list[dict[str, Any]], place: str, service: Service
) -> None:
    await service.ask("{ viewer { scopes } }", by=Caller.OWNER)
    await service.settle()
    before = await stored()
    (error,) = (await change(service, add=add))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "add", place])
    assert changed(before, await stored()) == set()


async def test_the_longest_text_of_other_letters_is_stored_and_comes_back_as_a_zone_file(service: Service) -> None:
    assert (await change(service, add=[record("t", "TXT", "é" * 1_024)]))["errors"] == []
    row = await DnsRecord.get(name="t")
    assert plain_text(row.value) == "é" * 1_024
    lines = f'@ A 192.0.2.17\n@ TXT "v=spf1 mx -all"\nu TXT {row.value}'
    wanted = {"domainId": service.world.owner.domains[DOMAIN], "version": 2, "zoneFile": lines, "replace": True}
    payload = (await service.ask(IMPORT, {"input": wanted}, by=Caller.OWNER)).data["dnsZoneImport"]
    assert payload["errors"] == []
    assert (await DnsRecord.get(name="u")).value == row.value


async def test_a_name_with_records_is_handed_to_other_name_servers_once_they_are_gone(service: Service) -> None:
    first = [record("sub", "MX", "10 mx.example.com"), record("www.sub", "TXT", "x")]
    assert (await change(service, add=first))["errors"] == []
    handed = [record("sub", "NS", "ns1.example.com"), record("ns1.sub", "A", "192.0.2.1")]
    (error,) = (await change(service, version=2, add=handed))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "add", "0"])
    gone = [row.id for row in await DnsRecord.filter(name__in=["sub", "www.sub"])]
    assert (await change(service, version=2, add=handed, remove=gone))["errors"] == []


async def test_records_of_other_zones_and_nothing_are_none_of_it(service: Service) -> None:
    house = service.world.owner
    before = await DnsRecord.all().count()
    for id in (
        house.records["@ A verein.example"],
        service.world.other.records["@ MX konkurrenz.example"],
        "dns_1",
        "",
    ):
        payload = await change(service, remove=[house.records[f"@ A {DOMAIN}"], id])
        assert [(e["code"], e["path"]) for e in payload["errors"]] == [("NOT_FOUND", ["input", "remove", "1"])]
    assert [e["code"] for e in (await change(service))["errors"]] == ["BAD_USER_INPUT"]
    many = [record(f"h{n}", "A", "192.0.2.1") for n in range(201)]
    assert [e["code"] for e in (await change(service, add=many))["errors"]] == ["BAD_USER_INPUT"]
    assert await DnsRecord.all().count() == before


async def test_a_token_for_one_domain_changes_no_other(service: Service) -> None:
    main = service.world.owner.domains["bücher-müller.example"]
    payload = await change(service, Caller.DOMAIN_TOKEN, domainId=main, add=[record("www", "A", "192.0.2.1")])
    assert [(e["code"], e["path"]) for e in payload["errors"]] == [("NOT_FOUND", ["input", "domainId"])]
    seen = await service.both(
        "{ packages { nodes { domains { nodes { dnsRecords { totalCount } } } } } }", by=Caller.DOMAIN_TOKEN
    )
    assert seen.data == {"packages": {"nodes": [{"domains": {"nodes": [{"dnsRecords": {"totalCount": 2}}]}}]}}


async def test_of_two_changes_at_once_one_wins(service: Service) -> None:
    payloads = await asyncio.gather(
        *(change(service, add=[record(f"h{number}", "A", "192.0.2.1")]) for number in range(6))
    )
    codes = sorted("".join(error["code"] for error in payload["errors"]) for payload in payloads)
    assert codes == ["", *["CONFLICT"] * 5]
    domain = await Domain.get(id=service.world.owner.domains[DOMAIN])
    assert (domain.zone_version, await DnsRecord.filter(domain_id=domain.id).count()) == (2, 3)


async def test_a_domain_that_is_not_active_and_a_package_that_cannot_are_left_alone(service: Service) -> None:
    house = service.world.owner
    add = [record("www", "A", "192.0.2.1")]
    await Domain.filter(id=house.domains[DOMAIN]).update(state="PENDING")
    assert [e["code"] for e in (await change(service, add=add))["errors"]] == ["CONFLICT"]
    payload = await change(service, domainId=house.domains["pause.example"], add=add)
    assert [e["code"] for e in payload["errors"]] == ["CONFLICT"]


async def test_a_zone_file_is_what_its_preview_says(service: Service) -> None:
    domain = service.world.owner.domains[DOMAIN]
    text = (await service.ask(f'{{ zoneFile(domainId: "{domain}") }}', by=Caller.PACKAGE)).data["zoneFile"]
    assert text == f'$ORIGIN {DOMAIN}.\n@\t3600\tIN\tA\t192.0.2.17\n@\t3600\tIN\tTXT\t"v=spf1 mx -all"\n'
    file = text.replace("192.0.2.17", "192.0.2.99") + "www CNAME @\n@ SOA a. b. 1 2 3 4 5\n"
    seen = (await service.ask(PREVIEW, {"id": domain, "file": file, "replace": True}, by=Caller.PACKAGE)).data
    assert seen["zoneImportPreview"] == {
        "zoneVersion": 1, "unchanged": 1, "passedOver": 1, "problems": [], "removed": [{"name": "@", "type": "A"}],
        "added": [
            {"name": "@", "type": "A", "ttl": 3_600, "value": "192.0.2.99"},
            {"name": "www", "type": "CNAME", "ttl": 3_600, "value": f"{DOMAIN}."},
        ],
    }  # fmt: skip
    given = {"domainId": domain, "version": 1, "zoneFile": file, "replace": True}
    payload = (await service.ask(IMPORT, {"input": given}, by=Caller.PACKAGE)).data["dnsZoneImport"]
    assert payload == {"domain": {"zoneVersion": 2, "dnsRecords": {"totalCount": 3}}, "errors": []}
    again = (await service.ask(IMPORT, {"input": given}, by=Caller.PACKAGE)).data["dnsZoneImport"]
    assert [e["code"] for e in again["errors"]] == ["CONFLICT"]
    assert await Operation.filter(subject_id=domain).values_list("kind", flat=True) == ["dns.import"]
    written = (await service.ask(f'{{ zoneFile(domainId: "{domain}") }}', by=Caller.PACKAGE)).data["zoneFile"]
    after = (await service.ask(PREVIEW, {"id": domain, "file": written, "replace": True}, by=Caller.PACKAGE)).data
    assert (after["zoneImportPreview"]["added"], after["zoneImportPreview"]["unchanged"]) == ([], 3)


async def test_of_a_thousand_records_the_three_bad_lines_are_told_and_none_is_taken(service: Service) -> None:
    domain = service.world.owner.domains[DOMAIN]
    lines = [f"h{number} 300 IN A 192.0.2.{number % 250}" for number in range(900)]
    lines[9], lines[500], lines[899] = "h9 A 192.0.2", "@ CNAME a.example.", "h1 600 A 192.0.2.200"
    file = "\n".join(lines)
    seen = (await service.ask(PREVIEW, {"id": domain, "file": file, "replace": False}, by=Caller.OWNER)).data
    told = [(problem["line"], problem["reason"]) for problem in seen["zoneImportPreview"]["problems"]]
    assert told == [(2, "TTL_DIFFERS"), (10, "BAD_VALUE"), (501, "CNAME_AT_APEX"), (900, "TTL_DIFFERS")]
    before = await DnsRecord.all().count()
    given = {"domainId": domain, "version": 1, "zoneFile": file}
    (error,) = (await service.ask(IMPORT, {"input": given}, by=Caller.OWNER)).data["dnsZoneImport"]["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "zoneFile"])
    assert "2, 10, 501, 900" in error["message"]
    assert await DnsRecord.all().count() == before


async def test_foreign_domains_have_no_zone_file_and_no_preview(service: Service) -> None:
    for id in (service.world.other.domains["konkurrenz.example"], "dom_1", ""):
        assert (await service.ask(f'{{ zoneFile(domainId: "{id}") }}', by=Caller.OWNER)).data == {"zoneFile": None}
        reply = await service.ask(PREVIEW, {"id": id, "file": "a A 192.0.2.1", "replace": False}, by=Caller.OWNER)
        assert reply.data == {"zoneImportPreview": None}
