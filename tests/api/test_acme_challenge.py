"""Challenges of certification authorities: set and cleared by whoever has DOMAIN_ACME, and nothing else with it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from graphql import GraphQLNonNull, get_named_type, is_leaf_type

from gateway.auth.viewer import Scope
from gateway.jobs.acme_challenge import ChallengePruning
from models import ApiToken, AuditEvent, DnsRecord, Domain, Operation
from models.rules.acme_challenge import KEPT, LABEL, MOST
from tests.api.challenges import (
    CLEAR,
    DOMAIN,
    FQDN,
    SET,
    VALUE,
    acme_token,
    ask,
    codes,
    standing,
    value,
)
from tests.api.graph import graph
from tests.api.mutations import made_up
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.proofs import proved
from tests.world import NOW, Caller

BOTH = pytest.mark.parametrize("text", [SET, CLEAR], ids=["set", "clear"])


def laden(service: Service) -> str:
    return service.world.owner.domains[DOMAIN]


async def version(service: Service) -> int:
    return (await Domain.get(id=laden(service))).zone_version


async def put(service: Service, name: str, kind: str, text: str, ttl: int = 3_600, days: int = 0) -> DnsRecord:
    """A record that stands in the zone already."""
    of = await Domain.get(id=laden(service))
    return await DnsRecord.create(
        customer_id=of.customer_id, package_id=of.package_id, domain_id=of.id, name=name, type=kind, ttl=ttl, value=text,
        created_at=NOW - timedelta(days=days),
    )  # fmt: skip


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.PACKAGE, "token", "token for a domain"], ids=str)
async def test_who_has_the_scope_sets_and_clears_as_often_as_they_like(caller: Any, service: Service) -> None:
    tokens = {"token": (), "token for a domain": (DOMAIN,)}
    by = await acme_token(service, *tokens[caller]) if caller in tokens else caller
    for _ in range(2):
        assert await ask(service, SET, by) == {"fqdn": FQDN, "errors": []}
    row = await DnsRecord.get(name=LABEL)
    assert (row.domain_id, row.type, row.ttl, row.value) == (laden(service), "TXT", 60, f'"{VALUE}"')
    assert await version(service) == 2
    for _ in range(2):
        assert await ask(service, CLEAR, by) == {"fqdn": FQDN, "errors": []}
    assert await standing(laden(service)) == set()
    assert await version(service) == 3
    record = {"absoluteName": FQDN.removesuffix("."), "value": f'"{VALUE}"'}
    events = [
        (event.action, event.object_id, event.detail)
        for event in await AuditEvent.filter(action__startswith="dns.").order_by("number")
    ]
    assert events == [
        ("dns.acme_set", laden(service), {"name": DOMAIN, "before": {}, "after": record}),
        ("dns.acme_clear", laden(service), {"name": DOMAIN, "before": record, "after": {}}),
    ]
    kinds = await Operation.filter(subject_id=laden(service)).order_by("number").values_list("kind", flat=True)
    assert kinds == ["dns.acme_set", "dns.acme_clear"]


async def test_a_wildcard_and_its_domain_stand_at_one_name(service: Service) -> None:
    token = await acme_token(service, DOMAIN)
    for number in (1, 2):
        assert codes(await ask(service, SET, token, value=value(number))) == []
    assert codes(await ask(service, SET, token, f"{LABEL}.www.{DOMAIN}", value(3))) == []
    assert await standing(laden(service)) == {
        (LABEL, value(1)), (LABEL, value(2)), (f"{LABEL}.www", value(3)),
    }  # fmt: skip
    assert codes(await ask(service, CLEAR, token, value=value(1))) == []
    assert await standing(laden(service)) == {(LABEL, value(2)), (f"{LABEL}.www", value(3))}
    zone = (await service.ask(f'{{ zoneFile(domainId: "{laden(service)}") }}', by=Caller.PACKAGE)).data["zoneFile"]
    assert f'{LABEL}\t60\tIN\tTXT\t"{value(2)}"' in zone


@pytest.mark.parametrize(
    "typed",
    [
        "_acme-challenge.bücher-müller.example",
        "_acme-challenge.BÜCHER-müller.example.",
        "_ACME-Challenge.xn--bcher-mller-thbg.example.",
    ],
)
async def test_a_name_is_known_in_unicode_and_in_a_labels(typed: str, service: Service) -> None:
    payload = await ask(service, SET, Caller.PACKAGE, typed)
    assert payload == {"fqdn": "_acme-challenge.xn--bcher-mller-thbg.example.", "errors": []}
    assert await standing(service.world.owner.domains["bücher-müller.example"]) == {(LABEL, VALUE)}


@BOTH
@pytest.mark.parametrize(
    ("fqdn", "given", "place"),
    [
        (DOMAIN, VALUE, "fqdn"),
        (f"www.{DOMAIN}.", VALUE, "fqdn"),
        (f"@.{DOMAIN}.", VALUE, "fqdn"),
        (f"_dmarc.{DOMAIN}.", VALUE, "fqdn"),
        (f"www.{LABEL}.{DOMAIN}.", VALUE, "fqdn"),
        (f"{LABEL}-x.{DOMAIN}.", VALUE, "fqdn"),
        (f"{LABEL}.*.{DOMAIN}.", VALUE, "fqdn"),
        (f"{LABEL}..{DOMAIN}.", VALUE, "fqdn"),
        (f"{LABEL}.{DOMAIN}..", VALUE, "fqdn"),
        (f"{LABEL}.a b.{DOMAIN}.", VALUE, "fqdn"),
        (f"{LABEL}.{DOMAIN}.\n@ A 192.0.2.1", VALUE, "fqdn"),
        (f"{LABEL}.{'a' * 64}.{DOMAIN}", VALUE, "fqdn"),
        (f"{LABEL}.{'a.' * 130}{DOMAIN}", VALUE, "fqdn"),
        (f"{LABEL}.", VALUE, "fqdn"),
        (LABEL, VALUE, "fqdn"),
        ("", VALUE, "fqdn"),
        ("x" * 60_000, VALUE, "fqdn"),
        (FQDN, "", "value"),
        (FQDN, VALUE[1:], "value"),
        (FQDN, f"{VALUE}=", "value"),
        (FQDN, f'{VALUE[:40]}" "', "value"),
        (FQDN, "v=spf1 -all", "value"),
        (FQDN, f"{VALUE[:-1]}\n", "value"),
    ],
)
async def test_other_names_and_other_texts_are_refused(
    text: str, fqdn: str, given: str, place: str, service: Service
) -> None:
    token = await acme_token(service, DOMAIN)
    await ask(service, SET, token)  # its use is noted once
    await service.settle()
    before = await stored()
    (error,) = (await ask(service, text, token, fqdn, given))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", place])
    assert changed(before, await stored()) == set()


@BOTH
async def test_a_domain_the_token_does_not_name_is_answered_like_one_nobody_has(text: str, service: Service) -> None:
    of = await Domain.get(id=laden(service))
    house = service.world.owner
    inner = await Domain.create(
        customer_id=of.customer_id, package_id=of.package_id, name=f"eigen.{DOMAIN}", ascii_name=f"eigen.{DOMAIN}",
        state="ACTIVE", created_at=NOW,
    )  # fmt: skip
    await Domain.create(
        customer_id=service.world.other.customer, package_id=service.world.other.packages["shop"],
        name=f"fremd.{DOMAIN}", ascii_name=f"fremd.{DOMAIN}", state="ACTIVE", created_at=NOW,
    )  # fmt: skip
    token = await acme_token(service, DOMAIN)
    nobodys = await ask(service, text, token, f"{LABEL}.nobody.example.")
    assert [(e["code"], e["path"]) for e in nobodys["errors"]] == [("NOT_FOUND", ["input", "fqdn"])]
    for name in (
        "xn--bcher-mller-thbg.example",  # of the same package
        "verein.example",  # of another package of the customer
        "pause.example",
        "konkurrenz.example",  # of somebody else
        inner.ascii_name,  # zones of their own below the one that is named
        f"www.eigen.{DOMAIN}",
        f"fremd.{DOMAIN}",
        "example",
        f"anders{DOMAIN}",
    ):
        assert await ask(service, text, token, f"{LABEL}.{name}.") == nobodys, name
    assert await DnsRecord.filter(name__startswith=LABEL).count() == 0
    assert {house.domains[DOMAIN], inner.id} == set(
        await Domain.filter(ascii_name__endswith=DOMAIN, customer_id=house.customer).values_list("id", flat=True)
    )
    # Who sees the inner domain sets it in its own zone.
    assert codes(await ask(service, SET, Caller.PACKAGE, f"{LABEL}.www.eigen.{DOMAIN}")) == []
    assert await standing(inner.id) == {(f"{LABEL}.www", VALUE)}
    assert await standing(of.id) == set()


@BOTH
async def test_a_package_login_reaches_its_own_package_alone(text: str, service: Service) -> None:
    for by, name in ((Caller.SIBLING, DOMAIN), (Caller.PACKAGE, "verein.example"), (Caller.OTHER, DOMAIN)):
        assert codes(await ask(service, text, by, f"{LABEL}.{name}")) == ["NOT_FOUND"]


@BOTH
@pytest.mark.parametrize("caller", [Caller.DOMAIN_TOKEN, Caller.NARROW_TECHNICAL, Caller.NARROW_CONTRACTUAL], ids=str)
async def test_without_the_scope_nobody_does(text: str, caller: Caller, service: Service) -> None:
    reply = await service.ask(text, {"input": {"fqdn": FQDN, "value": VALUE}}, by=caller)
    (error,) = reply.errors
    assert error["extensions"] == {"code": "FORBIDDEN", "requiredScope": "DOMAIN_ACME"}
    assert await standing(laden(service)) == set()


async def test_a_token_that_is_over_or_revoked_sets_nothing(service: Service) -> None:
    tokens = [await acme_token(service, DOMAIN, days=1), await acme_token(service, DOMAIN, days=30)]
    await ApiToken.filter(expires_at__gt=NOW + timedelta(days=29), scopes=["DOMAIN_ACME"]).update(revoked_at=NOW)
    service.clock.wait(days=1)
    for token in tokens:
        reply = await service.ask(SET, {"input": {"fqdn": FQDN, "value": VALUE}}, by=token)
        assert (reply.status, reply.code) == (401, "UNAUTHENTICATED")
    assert await standing(laden(service)) == set()


async def test_the_scope_alone_reads_nothing_and_changes_nothing_else(service: Service) -> None:
    """Every query and mutation of the schema that needs a scope, however it will be grown."""
    token = await acme_token(service, DOMAIN)
    await service.ask("{ __typename }", by=token)
    await service.settle()
    known, before, tried = graph(), await stored(), 0
    for kind in ("Query", "Mutation"):
        for name, field in known.types[kind].fields.items():
            needed = known.needs.get(f"{kind}.{name}")
            if needed not in set(Scope) - {Scope.DOMAIN_ACME}:
                continue
            given = {key: one.type for key, one in field.args.items() if isinstance(one.type, GraphQLNonNull)}
            declared = f"({', '.join(f'${key}: {type}' for key, type in given.items())})" if given else ""
            passed = f"({', '.join(f'{key}: ${key}' for key in given)})" if given else ""
            below = "" if is_leaf_type(get_named_type(field.type)) else "{ __typename }"
            text = f"{kind.lower()}{declared} {{ {name}{passed} {below} }}"
            reply = await service.ask(text, {key: made_up(type, "x") for key, type in given.items()}, by=token)
            assert [e["extensions"].get("requiredScope") for e in reply.errors] == [needed], name
            assert reply.json["data"] in (None, {name: None})
            tried += 1
    assert tried > 60
    assert changed(before, await stored()) == set()
    house = service.world.owner
    for id in (*house.domains.values(), *house.records.values(), *house.packages.values(), house.customer):
        reply = await service.ask(
            f'{{ node(id: "{id}") {{ ... on Domain {{ name }} ... on Package {{ name }} }} }}', by=token
        )
        assert reply.json["data"]["node"] in (None, {}, {"name": None})


async def test_a_record_that_cannot_be_in_its_zone_is_refused_with_the_reason(service: Service) -> None:
    await put(service, LABEL, "CNAME", "elsewhere.example.")
    await put(service, "sub", "NS", "ns.elsewhere.example.")
    for name, words in (
        (FQDN, "CNAME"),
        (f"{LABEL}.sub.{DOMAIN}.", "name servers"),
        (f"{LABEL}.a.sub.{DOMAIN}.", "name"),
    ):
        (error,) = (await ask(service, SET, Caller.PACKAGE, name))["errors"]
        assert (error["code"], error["path"]) == ("CONFLICT", ["input", "fqdn"])
        assert words in error["message"]
        assert codes(await ask(service, CLEAR, Caller.PACKAGE, name)) == []
    assert codes(await ask(service, SET, Caller.PACKAGE, f"{LABEL}.www.{DOMAIN}.")) == []
    await Domain.filter(id=laden(service)).update(state="TRANSFERRING")
    for text in (SET, CLEAR):
        assert codes(await ask(service, text, Caller.PACKAGE)) == ["CONFLICT"]
        assert codes(await ask(service, text, Caller.OWNER, f"{LABEL}.pause.example.")) == ["CONFLICT"]


async def test_beside_a_text_by_hand_a_challenge_takes_its_ttl_and_leaves_it_there(service: Service) -> None:
    by_hand = await put(service, LABEL, "TXT", '"by hand"', ttl=7_200)
    assert codes(await ask(service, SET, Caller.PACKAGE)) == []
    assert await DnsRecord.filter(name=LABEL).values_list("ttl", flat=True) == [7_200, 7_200]
    assert codes(await ask(service, CLEAR, Caller.PACKAGE)) == []
    assert await DnsRecord.filter(name=LABEL).values_list("id", flat=True) == [by_hand.id]


async def test_a_domain_has_twenty_challenges_at_most(service: Service) -> None:
    token = await acme_token(service, DOMAIN)
    for number in range(MOST):
        assert codes(await ask(service, SET, token, f"{LABEL}.h{number % 3}.{DOMAIN}", value(number))) == []
    (error,) = (await ask(service, SET, token))["errors"]
    assert (error["code"], error["path"]) == ("CONFLICT", ["input", "fqdn"])
    assert codes(await ask(service, SET, token, f"{LABEL}.h0.{DOMAIN}", value(0))) == [], "it is there"
    assert codes(await ask(service, CLEAR, token, f"{LABEL}.h0.{DOMAIN}", value(0))) == []
    assert codes(await ask(service, SET, token)) == []
    assert codes(await ask(service, SET, Caller.OWNER, f"{LABEL}.verein.example")) == [], "another domain has its own"


async def test_what_nobody_cleared_goes_after_a_week(service: Service) -> None:
    await put(service, LABEL, "TXT", '"by hand"', days=30)
    await put(service, "_acme-challenge-of-mine", "TXT", f'"{VALUE}"', days=30)
    for number in (1, 2):
        await ask(service, SET, Caller.PACKAGE, value=value(number))
    await ask(service, SET, Caller.SIBLING, f"{LABEL}.www.verein.example")
    pruning, late = ChallengePruning(), NOW + KEPT
    await pruning.step(late - timedelta(seconds=1))
    assert await DnsRecord.filter(name__startswith=LABEL).count() == 5
    service.clock.wait(days=1)
    await ask(service, SET, await service.token(Caller.PACKAGE), value=value(2))  # set again, so that it is young again
    at = await version(service)
    assert await pruning.step(late) == 0
    assert await standing(laden(service)) == {
        (LABEL, "by hand"), ("_acme-challenge-of-mine", VALUE), (LABEL, value(2)),
    }  # fmt: skip
    assert await standing(service.world.owner.domains["verein.example"]) == set()
    assert await version(service) == at + 1
    event = await AuditEvent.get(action="dns.acme_clear", object_id=laden(service))
    assert (event.actor_kind, event.package_id) == ("SYSTEM", service.world.owner.packages["shop"])
    assert event.detail["before"]["value"] == f'"{value(1)}"'
    last = await Operation.filter(subject_id=laden(service)).order_by("-number").first()
    assert last is not None
    assert (last.kind, last.desired["value"]) == ("dns.acme_clear", f'"{value(1)}"')


async def test_the_customer_sees_who_set_what(service: Service) -> None:
    token = await acme_token(service, DOMAIN)
    await ask(service, SET, token)
    shop = service.world.owner.packages["shop"]
    text = f"""{{ package(id: "{shop}") {{ activity(first: 1) {{ nodes {{
      action actorKind objectLabel summary details {{ name before after }} }} }} }} }}"""
    (node,) = (await service.both(text, by=Caller.OWNER)).data["package"]["activity"]["nodes"]
    assert node == {
        "action": "ACME_CHALLENGE_SET", "actorKind": "API_TOKEN", "objectLabel": DOMAIN, "summary": "ACME challenge set",
        "details": [
            {"name": "absoluteName", "before": None, "after": FQDN.removesuffix(".")},
            {"name": "value", "before": None, "after": f'"{VALUE}"'},
            {"name": "name", "before": None, "after": DOMAIN},
        ],
    }  # fmt: skip


async def test_of_twenty_at_once_none_is_lost_and_one_more_is_too_many(service: Service, database_kind: str) -> None:
    token = await acme_token(service, DOMAIN)
    payloads = await asyncio.gather(*(ask(service, SET, token, value=value(number)) for number in range(MOST)))
    assert [codes(payload) for payload in payloads] == [[]] * MOST
    assert await standing(laden(service)) == {(LABEL, value(number)) for number in range(MOST)}
    assert await version(service) == 1 + MOST
    more = await asyncio.gather(*(ask(service, SET, token, value=value(100 + number)) for number in range(5)))
    assert [codes(payload) for payload in more] == [["CONFLICT"]] * 5
    proved(f"ACME challenges ({MOST} at once on {database_kind}, none lost)")


async def test_sets_clears_and_changes_by_hand_at_once_leave_what_they_said(service: Service) -> None:
    by_hand = """mutation($input: DnsRecordsChangeInput!) { it: dnsRecordsChange(input: $input) { errors { code } } }"""
    main = "xn--bcher-mller-thbg.example"
    for number in range(8):
        await ask(service, SET, Caller.PACKAGE, value=value(number))

    async def hand(number: int) -> dict[str, Any]:
        record = {"name": f"h{number}", "type": "A", "value": "192.0.2.1"}
        wanted = {"domainId": laden(service), "version": 9 + number, "add": [record]}
        answer = (await service.ask(by_hand, {"input": wanted}, by=Caller.PACKAGE)).data["it"]
        assert isinstance(answer, dict)
        return answer

    doing = [
        *(ask(service, CLEAR, Caller.PACKAGE, value=value(number)) for number in range(8)),
        *(ask(service, SET, Caller.OWNER, value=value(20 + number)) for number in range(8)),
        *(ask(service, SET, Caller.OWNER, f"{LABEL}.{main}", value(number)) for number in range(8)),
        *(hand(number) for number in range(6)),
    ]
    answers = await asyncio.gather(*doing)
    assert [answer["errors"] for answer in answers[:24]] == [[]] * 24
    by_hands = [error["code"] for answer in answers[24:] for error in answer["errors"]]
    assert set(by_hands) <= {"CONFLICT"}
    assert await standing(laden(service)) == {(LABEL, value(20 + number)) for number in range(8)}
    assert len(await standing(service.world.owner.domains["bücher-müller.example"])) == 8
    added = await DnsRecord.filter(domain_id=laden(service), name__startswith="h").count()
    assert added == 6 - len(by_hands)
    assert await version(service) == 1 + 24 + added
