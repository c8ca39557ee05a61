"""The `httpreq` protocol: requests exactly as lego sends them, and everything that is none."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest

from gateway.http.acme import FAILURES_PER_MINUTE, MOST_BYTES
from gateway.http.log import loggable_name
from models import ApiToken, AuditEvent, DnsRecord, Domain
from models.rules.acme_challenge import LABEL, MOST, value_of
from tests.api.challenges import DOMAIN, FQDN, VALUE, acme_token, basic, post, standing, value
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.http.asking import Log, code
from tests.world import NOW, Caller

BODY = {"fqdn": FQDN, "value": VALUE}
RAW = {"domain": DOMAIN, "token": "DGyRejmCefe7v4NfDGDKfA", "keyAuth": "DGyRejmCefe7v4NfDGDKfA.thumb_print-0"}
PATHS = pytest.mark.parametrize("path", ["present", "cleanup"])


def laden(service: Service) -> str:
    return service.world.owner.domains[DOMAIN]


async def test_lego_sets_and_clears_as_often_as_it_likes(service: Service) -> None:
    token = await acme_token(service, DOMAIN)
    for expected, path in (({(LABEL, VALUE)}, "present"), (set(), "cleanup")):
        for _ in range(2):
            answer = await post(service, path, BODY, basic(token))
            assert (answer.status_code, answer.json()) == (200, {"fqdn": FQDN})
            assert answer.headers["content-type"] == "application/json; charset=utf-8"
            assert await standing(laden(service)) == expected
    actions = await AuditEvent.filter(action__startswith="dns.").order_by("number").values_list("action", flat=True)
    assert actions == ["dns.acme_set", "dns.acme_clear"]


@pytest.mark.parametrize("user", ["lego", "", "anything at all", "ünïcode"])
async def test_the_password_is_the_token_whatever_the_user(user: str, service: Service) -> None:
    token = await acme_token(service, DOMAIN)
    assert (await post(service, "present", BODY, basic(token, user))).status_code == 200


async def test_a_bearer_is_as_good(service: Service) -> None:
    token = await acme_token(service)
    assert (await post(service, "present", BODY, f"Bearer {token}")).status_code == 200
    session = service.world.tokens[Caller.PACKAGE]
    assert (await post(service, "cleanup", BODY, f"Bearer {session}")).status_code == 200
    assert await standing(laden(service)) == set()


@pytest.mark.parametrize("domain", [DOMAIN, f"*.{DOMAIN}"])
async def test_in_raw_mode_the_value_is_computed(domain: str, service: Service) -> None:
    token = await acme_token(service, DOMAIN)
    assert (await post(service, "present", {**RAW, "domain": domain}, basic(token))).status_code == 200
    assert await standing(laden(service)) == {(LABEL, value_of(RAW["keyAuth"]))}
    assert (await post(service, "cleanup", {**RAW, "domain": domain}, basic(token))).status_code == 200
    assert await standing(laden(service)) == set()


@PATHS
async def test_a_domain_the_token_does_not_name_is_answered_like_one_nobody_has(path: str, service: Service) -> None:
    token = await acme_token(service, DOMAIN)
    answers = [
        await post(service, path, {"fqdn": f"{LABEL}.{name}.", "value": VALUE}, basic(token))
        for name in (
            "nobody.example",
            "verein.example",
            "konkurrenz.example",
            "xn--bcher-mller-thbg.example",
            "pause.example",
        )
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert code(answers[0]) == "NOT_FOUND"
    assert await DnsRecord.filter(name=LABEL).count() == 0


@PATHS
@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic QQ",
        "Basic " + b64encode(b"\xff\xfe:x").decode(),
        "Basic " + b64encode(b"no colon").decode(),
        basic(""),
        basic("gwa_" + "0" * 72),
        basic("x" * 9_000),
        "Digest username=lego",
        "Bearer x",
    ],
)
async def test_nobody_sets_anything_without_a_token(path: str, authorization: str | None, service: Service) -> None:
    before = await stored()
    answer = await post(service, path, BODY, authorization)
    assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")
    assert [line.split()[0] for line in answer.headers.get_list("www-authenticate")] == ["Basic", "Bearer"]
    assert changed(before, await stored()) == set()


@PATHS
async def test_a_token_that_is_over_revoked_or_of_an_ended_package_is_none(path: str, service: Service) -> None:
    tokens = [await acme_token(service, DOMAIN, days=1), await acme_token(service, DOMAIN)]
    await ApiToken.filter(expires_at__gt=NOW + timedelta(days=29), scopes=["DOMAIN_ACME"]).update(revoked_at=NOW)
    service.clock.wait(days=1)
    for token in tokens:
        assert (await post(service, path, BODY, basic(token))).status_code == 401
    assert await standing(laden(service)) == set()


@PATHS
@pytest.mark.parametrize("caller", [Caller.DOMAIN_TOKEN, Caller.NARROW_TECHNICAL, Caller.NARROW_CONTRACTUAL], ids=str)
async def test_without_the_scope_a_token_does_nothing(path: str, caller: Caller, service: Service) -> None:
    answer = await post(service, path, BODY, basic(service.world.tokens[caller]))
    assert (answer.status_code, code(answer)) == (403, "FORBIDDEN")
    assert answer.json()["errors"][0]["extensions"]["requiredScope"] == "DOMAIN_ACME"


async def test_who_only_looks_at_a_package_changes_nothing(service: Service) -> None:
    token, shop = service.world.tokens[Caller.OWNER], service.world.owner.packages["shop"]
    answer = await post(service, "present", BODY, f"Bearer {token}", **{"x-view-as": shop})
    assert (answer.status_code, code(answer)) == (403, "FORBIDDEN")
    assert await standing(laden(service)) == set()


@PATHS
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b'"x"',
        b"[" * 2_000,
        {},
        {"fqdn": FQDN},
        {"value": VALUE},
        {"fqdn": FQDN, "value": None},
        {"fqdn": [FQDN], "value": VALUE},
        {"fqdn": FQDN, "value": {"": VALUE}},
        {"fqdn": 1, "value": 2},
        {"domain": DOMAIN, "token": "x"},
        {"domain": DOMAIN, "token": "x", "keyAuth": 7},
        {**BODY, **RAW},
        {"fqdn": f"www.{DOMAIN}.", "value": VALUE},
        {"fqdn": FQDN, "value": "v=spf1 -all"},
        {"fqdn": f"{LABEL}.{DOMAIN}.\n", "value": f"{VALUE}\n"},
        {"fqdn": "", "value": ""},
        {**RAW, "domain": ""},
        {**RAW, "domain": "*."},
    ],
)
async def test_a_body_that_asks_for_nothing_is_refused(path: str, body: Any, service: Service) -> None:
    token = await acme_token(service, DOMAIN)
    answer = await post(service, path, body, basic(token))
    assert (answer.status_code, code(answer)) == (400, "BAD_USER_INPUT")
    assert await DnsRecord.filter(name=LABEL).count() == 0


@PATHS
async def test_a_long_body_is_refused_and_other_forms_of_it_too(path: str, service: Service) -> None:
    token = basic(await acme_token(service, DOMAIN))
    long = json.dumps({**BODY, "more": "x" * MOST_BYTES}).encode()
    assert (await post(service, path, long, token)).status_code == 413

    async def slowly() -> Any:
        for start in range(0, len(long), 1_000):
            yield long[start : start + 1_000]

    headers = {"authorization": token, "content-type": "application/json"}
    assert (await service.http.post(f"/acme/{path}", content=slowly(), headers=headers)).status_code == 413
    for more in (
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": ""},
        {"content-encoding": "gzip"},
    ):
        answer = await post(service, path, BODY, token, **more)
        assert (answer.status_code, code(answer)) == (415, "BAD_USER_INPUT")
    for method in ("GET", "PUT", "DELETE", "HEAD"):
        assert (await service.http.request(method, f"/acme/{path}", headers=headers)).status_code == 405
    for other in ("/acme", "/acme/", f"/acme/{path}/", "/acme/x", f"/acme/{path}%20", f"//acme/{path}"):
        assert (await service.http.post(other, json=BODY, headers=headers)).status_code == 404
    assert await standing(laden(service)) == set()


async def test_what_stands_against_it_is_said_in_the_language_asked_for(service: Service) -> None:
    token = basic(await acme_token(service, DOMAIN))
    await Domain.filter(id=laden(service)).update(state="PENDING")
    said = [
        (await post(service, "present", BODY, token, **{"accept-language": language})).json()["errors"][0]["message"]
        for language in ("en", "de")
    ]
    assert said == [
        "The records of a domain can be changed while it is active.",
        "Die Einträge einer Domain können geändert werden, solange sie aktiv ist.",
    ]
    assert (await post(service, "present", BODY, token)).status_code == 409


async def test_a_domain_has_twenty_challenges_at_most_whoever_asks_how(service: Service) -> None:
    token = basic(await acme_token(service, DOMAIN))
    bodies = [{"fqdn": FQDN, "value": value(number)} for number in range(MOST + 4)]
    answers = await asyncio.gather(*(post(service, "present", body, token) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [200] * MOST + [409] * 4
    assert len(await standing(laden(service))) == MOST


async def test_a_program_has_the_pace_of_its_token(serve: Serve) -> None:
    async with serve(api_token_requests=5) as service:
        token = await acme_token(service, DOMAIN)
        answers = [await post(service, "present", BODY, basic(token)) for _ in range(5)]
        assert {answer.status_code for answer in answers} == {200}
        late = await post(service, "present", BODY, basic(token))
        assert (late.status_code, code(late), late.headers["retry-after"]) == (429, "RATE_LIMITED", "12")
        assert (await service.ask("{ __typename }", by=token)).code == "RATE_LIMITED", "one bucket for both"
        service.clock.wait(minutes=1)
        assert (await post(service, "present", BODY, basic(token))).status_code == 200


async def test_guessing_is_slowed_down_and_holds_up_nobody_with_a_token(service: Service) -> None:
    token, wrong = basic(await acme_token(service, DOMAIN)), basic("guess")
    statuses = [(await post(service, "present", BODY, wrong)).status_code for _ in range(FAILURES_PER_MINUTE + 1)]
    assert statuses == [401] * FAILURES_PER_MINUTE + [429]
    assert (await post(service, "present", BODY, token)).status_code == 200
    service.clock.wait(minutes=1)
    assert (await post(service, "present", BODY, wrong)).status_code == 401


async def test_the_log_has_neither_token_nor_name(service: Service, log: Log) -> None:
    token = await acme_token(service, DOMAIN)
    for authorization in (basic(token), f"Bearer {token}", basic("guess-4711")):
        await post(service, "present", BODY, authorization)
    lines = [line for line in log.lines if line.get("route") == "/acme/present"]
    assert [line["status"] for line in lines] == [200, 200, 401]
    for hidden in (token, basic(token).split()[1], b64encode(b"guess-4711").decode()[:8], VALUE, DOMAIN):
        assert hidden not in log.text
    assert loggable_name(token) is None
