"""API tokens: made once, limited in what they reach, good until they are revoked or over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gateway.auth.viewer import READING_SCOPES, TECHNICAL_SCOPES, Scope
from models import ApiToken, AuditEvent, Customer, OutboxMessage, Package
from models.rules.api_token import MOST_TOKENS
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import DOMAIN_OF_TOKEN, NOW, Caller, nobodys

CREATE = """mutation($input: ApiTokenCreateInput!) { apiTokenCreate(input: $input) { token
  apiToken { id name scopes active allDomains expiresAt lastUsedAt package { name } domains { nodes { name } } }
  errors { code message path } } }"""
REVOKE = """mutation($input: ApiTokenRevokeInput!) { apiTokenRevoke(input: $input) {
  apiTokenId errors { code path } } }"""
LIST = "{ apiTokens(first: 100) { nodes { id name lastUsedAt } } }"
WHO = "{ viewer { session { id } scopes package { name } } }"
DOMAINS = "{ packages { totalCount nodes { name domains { totalCount nodes { name } } } } }"


async def create(service: Service, by: Any = None, **given: Any) -> dict[str, Any]:
    token = by or await service.token(Caller.OWNER, raised=True)
    wanted = {"name": "Skript", "scopes": ["PACKAGE_READ"], **given}
    payload = (await service.ask(CREATE, {"input": wanted}, by=token)).data["apiTokenCreate"]
    assert isinstance(payload, dict)
    return payload


async def made(service: Service, **given: Any) -> str:
    """A token that must be made."""
    payload = await create(service, **given)
    assert payload["errors"] == []
    return str(payload["token"])


async def test_a_token_is_shown_once_and_works_as_long_as_was_said(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    payload = await create(service, packageId=shop, scopes=["MAIL_READ", "PACKAGE_READ"], name="  Sicherung  ")
    token, about = payload["token"], payload["apiToken"]
    assert token.startswith("gwa_")
    assert about == {
        "id": about["id"], "name": "Sicherung", "scopes": ["PACKAGE_READ", "MAIL_READ"], "active": True,
        "allDomains": True, "expiresAt": "2026-05-31T12:00:00Z", "lastUsedAt": None, "package": {"name": "Shop Nº 7"},
        "domains": {"nodes": []},
    }  # fmt: skip
    assert token not in str(await stored())
    reply = await service.both(WHO, by=token)
    assert reply.data["viewer"] == {
        "session": None, "scopes": ["PACKAGE_READ", "MAIL_READ"], "package": {"name": "Shop Nº 7"},
    }  # fmt: skip
    await service.settle()
    (found,) = [
        t for t in (await service.both(LIST, by=Caller.OWNER)).data["apiTokens"]["nodes"] if t["id"] == about["id"]
    ]
    assert found == {"id": about["id"], "name": "Sicherung", "lastUsedAt": "2026-03-02T12:00:00Z"}
    service.clock.wait(days=90, seconds=-1)
    assert (await service.ask(WHO, by=token)).status == 200
    service.clock.wait(seconds=1)
    assert (await service.ask(WHO, by=token)).status == 401


async def test_a_revoked_token_is_dead_at_its_next_request(service: Service) -> None:
    payload = await create(service)
    id, token = payload["apiToken"]["id"], payload["token"]
    assert (await service.ask(WHO, by=token)).status == 200
    for expected in ([], ["NOT_FOUND"]):
        answer = (await service.ask(REVOKE, {"input": {"id": id}}, by=Caller.OWNER)).data["apiTokenRevoke"]
        assert [error["code"] for error in answer["errors"]] == expected
    assert (await service.ask(WHO, by=token)).status == 401


@pytest.mark.parametrize("id", ["tok_1", "", nobodys("tok"), "x" * 5_000])
async def test_nobody_revokes_what_is_not_theirs(id: str, service: Service) -> None:
    foreign = await ApiToken.create(
        customer_id=service.world.other.customer, name="Fremd", token_hash="0" * 64, scopes=["PACKAGE_READ"],
        created_at=NOW, expires_at=NOW + timedelta(days=9),
    )  # fmt: skip
    answers = [
        (await service.ask(REVOKE, {"input": {"id": which}}, by=Caller.OWNER)).data for which in (id, foreign.id)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["apiTokenRevoke"]["errors"] == [{"code": "NOT_FOUND", "path": ["input", "id"]}]
    await foreign.refresh_from_db()
    assert foreign.revoked_at is None


async def test_with_its_package_or_its_customer_a_token_ends(service: Service) -> None:
    house = service.world.owner
    token = await made(service, packageId=house.packages["shop"])
    await Package.filter(id=house.packages["shop"]).update(state="ENDED")
    assert (await service.ask(WHO, by=token)).status == 401
    await Package.filter(id=house.packages["shop"]).update(state="ACTIVE")
    await Customer.filter(id=house.customer).update(disabled_at=NOW)
    assert (await service.ask(WHO, by=token)).status == 401
    await Customer.filter(id=house.customer).update(disabled_at=None)
    assert (await service.ask(WHO, by=token)).status == 200


@pytest.mark.parametrize("scope", sorted(set(Scope) - TECHNICAL_SCOPES))
async def test_no_token_for_a_package_reaches_contract_data(scope: Scope, service: Service) -> None:
    payload = await create(
        service, packageId=service.world.owner.packages["shop"], scopes=["PACKAGE_READ", scope.value]
    )
    (error,) = payload["errors"]
    assert (payload["token"], error["code"], error["path"]) == (None, "BAD_USER_INPUT", ["input", "scopes"])


@pytest.mark.parametrize("scope", sorted(set(Scope) - READING_SCOPES))
async def test_a_token_without_a_package_only_reads(scope: Scope, service: Service) -> None:
    (error,) = (await create(service, scopes=[scope.value]))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "scopes"])


async def test_scopes_that_a_row_holds_beyond_its_kind_are_worth_nothing(service: Service) -> None:
    token = await made(service, packageId=service.world.owner.packages["shop"])
    await ApiToken.filter(package_id=service.world.owner.packages["shop"], all_domains=True).update(
        scopes=["CONTRACT_READ", "PACKAGE_READ", "WORLD_DOMINATION"]
    )
    assert (await service.both(WHO, by=token)).data["viewer"]["scopes"] == ["PACKAGE_READ"]
    refused = await service.ask("{ contracts { totalCount } }", by=token)
    assert refused.code == "FORBIDDEN"


async def test_a_token_for_a_domain_sees_no_other_by_any_way(service: Service) -> None:
    seen = (await service.both(DOMAINS, by=Caller.DOMAIN_TOKEN)).data
    domains = {"totalCount": 1, "nodes": [{"name": DOMAIN_OF_TOKEN}]}
    assert seen == {"packages": {"totalCount": 1, "nodes": [{"name": "Shop Nº 7", "domains": domains}]}}
    main = service.world.owner.domains["bücher-müller.example"]
    for text in ("{ node(id: $id) { id } }", "{ nodes(ids: [$id]) { id } }"):
        reply = await service.both(text.replace("$id", f'"{main}"'), by=Caller.DOMAIN_TOKEN)
        assert next(iter(reply.data.values())) in (None, [None])
    for sought, found in (("bücher", 0), ("laden", 1)):
        reply = await service.both(f'{{ packages(search: "{sought}") {{ totalCount }} }}', by=Caller.DOMAIN_TOKEN)
        assert reply.data["packages"]["totalCount"] == found


async def test_plans_of_other_reach_are_not_taken_for_a_domains(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    whole = await made(service, packageId=shop, scopes=["PACKAGE_READ", "DOMAIN_READ", "DOMAIN_WRITE"])
    counts = []
    for token in (whole, Caller.DOMAIN_TOKEN, whole, Caller.DOMAIN_TOKEN):
        reply = await service.ask(DOMAINS, by=token)
        counts.append(reply.data["packages"]["nodes"][0]["domains"]["totalCount"])
    assert counts == [2, 1, 2, 1]


async def test_domains_are_the_packages_own(service: Service) -> None:
    house, scopes = service.world.owner, ["DOMAIN_READ"]
    shop, laden, verein = house.packages["shop"], house.domains["laden.example"], house.domains["verein.example"]
    payload = await create(service, packageId=shop, scopes=scopes, domainIds=[laden, laden])
    assert payload["apiToken"]["domains"]["nodes"] == [{"name": "laden.example"}]
    for domains, code in (
        ([verein], "NOT_FOUND"), ([laden, "dom_1"], "NOT_FOUND"), ([nobodys("dom")], "NOT_FOUND"), ([], "BAD_USER_INPUT"),
        ([laden] * 51 + [nobodys("dom") for _ in range(50)], "BAD_USER_INPUT"),
    ):  # fmt: skip
        (error,) = (await create(service, packageId=shop, scopes=scopes, domainIds=domains))["errors"]
        assert (error["code"], error["path"]) == (code, ["input", "domainIds"])
    (error,) = (await create(service, scopes=scopes, domainIds=[laden]))["errors"]
    assert error["code"] == "BAD_USER_INPUT"
    (error,) = (await create(service, packageId=shop, scopes=["MAIL_READ"], domainIds=[laden]))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", "scopes"])


@pytest.mark.parametrize(
    "given",
    [{"name": " "}, {"name": "x" * 81}, {"name": "a\u202eb"}, {"days": 0}, {"days": 366}, {"scopes": []}],
    ids=str,
)
async def test_bad_input_is_refused_and_nothing_written(given: dict[str, Any], service: Service) -> None:
    token = await service.token(Caller.OWNER, raised=True)
    before = await stored()
    (error,) = (await create(service, by=token, **given))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", next(iter(given))])
    assert changed(before, await stored()) == set()


async def test_there_are_only_so_many(service: Service) -> None:
    there = await ApiToken.filter(customer_id=service.world.owner.customer).count()
    for number in range(MOST_TOKENS - there):
        await ApiToken.create(
            customer_id=service.world.owner.customer, name="Skript", token_hash=f"{number:064}", scopes=["PACKAGE_READ"],
            created_at=NOW, expires_at=NOW + timedelta(hours=1),
        )  # fmt: skip
    assert [error["code"] for error in (await create(service))["errors"]] == ["CONFLICT"]
    service.clock.wait(hours=1)
    assert (await create(service))["errors"] == []


async def test_a_token_is_accepted_exactly_where_the_menu_offers_it(service: Service) -> None:
    reply = await service.ask("{ packages(first: 100) { nodes { id actions { name allowed } } } }", by=Caller.OWNER)
    seen = set()
    for package in reply.data["packages"]["nodes"]:
        allowed = next(a["allowed"] for a in package["actions"] if a["name"] == "SECURITY")
        payload = await create(service, packageId=package["id"])
        assert [error["code"] for error in payload["errors"]] == ([] if allowed else ["CONFLICT"])
        seen.add(allowed)
    assert seen == {True, False}


async def test_the_customer_is_told_by_mail_and_by_the_log_and_neither_has_the_token(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    token = await made(service, packageId=shop, name="Sicherung")
    mail, event = (
        await OutboxMessage.get(kind="mail.api_token_created"),
        await AuditEvent.get(action="api_token.create"),
    )
    assert mail.payload["name"] == "Sicherung"
    assert event.package_id == shop
    assert token not in f"{mail.payload}{event.detail}"


async def test_what_a_token_does_is_known_as_its_doing(service: Service) -> None:
    shop = service.world.owner.packages["shop"]
    token = await made(service, packageId=shop, scopes=["PACKAGE_READ", "PACKAGE_WRITE"])
    rename = "mutation($input: PackageRenameInput!) { packageRename(input: $input) { errors { code } } }"
    given = {"id": shop, "version": 1, "name": "Neu"}
    assert (await service.ask(rename, {"input": given}, by=token)).data == {"packageRename": {"errors": []}}
    event, row = await AuditEvent.get(action="package.rename"), await ApiToken.get(package_id=shop, all_domains=True)
    assert (event.actor_kind, event.actor_id, event.session_id, event.package_id) == ("API_TOKEN", row.id, None, shop)


async def test_so_many_requests_a_minute_are_answered(serve: Serve) -> None:
    async with serve(api_token_requests=3) as service:
        replies = [await service.ask(WHO, by=Caller.NARROW_TECHNICAL) for _ in range(4)]
        assert [reply.status for reply in replies] == [200, 200, 200, 429]
        assert replies[3].headers["retry-after"] == "20"
        assert (await service.ask(WHO, by=Caller.NARROW_CONTRACTUAL)).status == 200
        assert (await service.ask(WHO, by=Caller.OWNER)).status == 200
        service.clock.wait(seconds=20)
        assert (await service.ask(WHO, by=Caller.NARROW_TECHNICAL)).status == 200
