"""What an operation may be: one at a time, one change at a time, no schema for strangers (SECURITY G3–G5, G7, G8, G10)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from graphql import get_introspection_query

from models import Session, Throttle
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.world import PASSWORD, Caller

SEVERAL = "query A { viewer { scopes } } query B { packages { totalCount } } mutation C { signOut { errors { code } } }"


async def test_of_several_operations_none_is_guessed(service: Service) -> None:
    for name in (None, ""):
        reply = await service.ask(SEVERAL, by=Caller.OWNER, operationName=name)
        assert (reply.status, reply.code) == (400, "BAD_USER_INPUT")
        assert "data" not in reply.json
    assert (await service.ask(SEVERAL, by=Caller.OWNER, operationName="D")).code == "BAD_USER_INPUT"
    for _ in range(3):
        assert "packages" in (await service.ask(SEVERAL, by=Caller.OWNER, operationName="B")).data
        assert "viewer" in (await service.ask(SEVERAL, by=Caller.OWNER, operationName="A")).data
    assert (await service.ask("{ viewer { scopes } }", by=Caller.OWNER)).data, "still signed in"
    assert "signOut" in (await service.ask(SEVERAL, by=Caller.OWNER, operationName="C")).data


async def test_of_several_operations_none_is_guessed_under_the_other_media_type_either(service: Service) -> None:
    headers = {"accept": "application/graphql-response+json"}
    reply = await service.ask(SEVERAL, by=Caller.OWNER, headers=headers)
    assert (reply.status, reply.code) == (400, "BAD_USER_INPUT")


async def test_a_list_of_operations_is_not_answered(service: Service) -> None:
    query = {"query": "{ viewer { scopes } }"}
    for body in ([query], [query, query], []):
        response = await service.http.post("/graphql", json=body)
        assert response.status_code == 400
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


GUESS = 'signIn(input: {{login: "anna", password: "guess {0}"}}) {{ session {{ token }} errors {{ code }} }}'


@pytest.mark.parametrize(
    "query",
    [
        "mutation { " + " ".join(f"a{n}: {GUESS.format(n)}" for n in range(2)) + " }",
        "mutation { " + " ".join(f"a{n}: {GUESS.format(n)}" for n in range(25)) + " }",
        f"mutation {{ ...F a: {GUESS.format(1)} }} fragment F on Mutation {{ b: {GUESS.format(2)} }}",
        "mutation { ...F ...G }"
        f" fragment F on Mutation {{ a: {GUESS.format(1)} }} fragment G on Mutation {{ b: {GUESS.format(2)} }}",
        f"mutation {{ a: {GUESS.format(1)} signOut {{ errors {{ code }} }} }}",
        f"mutation {{ ... on Mutation {{ a: {GUESS.format(1)} ... on Mutation {{ b: {GUESS.format(2)} }} }} }}",
        f"mutation {{ ... @include(if: true) {{ a: {GUESS.format(1)} }} ... @skip(if: true) {{ b: {GUESS.format(2)} }} }}",
    ],
    ids=range(7),
)
async def test_one_request_is_one_guess_at_a_password(query: str, service: Service) -> None:
    for _ in range(2):
        reply = await service.ask(query)
        assert reply.code == "QUERY_TOO_COMPLEX", reply.body
        assert "data" not in reply.json
    await service.settle()
    assert await Throttle.all().count() == 0


async def test_many_operations_in_a_document_are_one_guess_too(service: Service) -> None:
    query = " ".join(f"mutation M{n} {{ {GUESS.format(n)} }}" for n in range(20))
    reply = await service.ask(query, operationName="M7")
    assert [error["code"] for error in reply.data["signIn"]["errors"]] == ["INVALID_CREDENTIALS"]
    assert {row.failures async for row in Throttle.all()} == {1}


# Introspection

NEAR = [
    ("{ viewr { scopes } }", "{ qqqqq { scopes } }"),
    ("{ viewer { scope } }", "{ viewer { qqqqq } }"),
    ("{ packages(frst: 1) { totalCount } }", "{ packages(qqqq: 1) { totalCount } }"),
    ("{ packages { totalCount } ...F } fragment F on Qury { viewer { scopes } }",
     "{ packages { totalCount } ...F } fragment F on Qqqq { viewer { scopes } }"),
    ("{ packages(orderBy: [{field: NAM}]) { totalCount } }", "{ packages(orderBy: [{field: QQQ}]) { totalCount } }"),
    ("{ packages(orderBy: [{fild: NAME}]) { totalCount } }", "{ packages(orderBy: [{qqqq: NAME}]) { totalCount } }"),
    ("{ packages(filter: {stat: [ACTIVE]}) { totalCount } }", "{ packages(filter: {qqqq: [ACTIVE]}) { totalCount } }"),
    ("{ packages @skp(if: true) { totalCount } }", "{ packages @qqq(if: true) { totalCount } }"),
    ("query($a: Strng) { packages(search: $a) { totalCount } }", "query($a: Qqqqqq) { packages(search: $a) { totalCount } }"),
    ("{ packages }", "{ packages { } }"),
    ("{ viewer { scopes { a } } }", "{ viewer { scopes { b } } }"),
    ("mutation { signInn { errors { code } } }", "mutation { qqqqqqq { errors { code } } }"),
    ("subscription { viewer { scopes } }", "subscription { qqqqqq { scopes } }"),
    ("{ package { id } }", "{ contract { id } }"),
]  # fmt: skip
"""Guesses that nearly hit something, each with one that does not, or that misses in the same way."""

TELLING = ("did you mean", "viewer", "scopes", "first", "orderby", "state", "@skip", "string", "signin", "query", "id!")


@pytest.fixture
async def closed(serve: Serve) -> AsyncIterator[Service]:
    async with serve(introspection=False) as service:
        yield service


async def test_without_introspection_a_near_guess_teaches_nothing(closed: Service) -> None:
    for near, far in NEAR:
        one, other = await closed.ask(near, by=Caller.OWNER), await closed.ask(far, by=Caller.OWNER)
        for reply in (one, other):
            assert "data" not in reply.json
            for error in reply.errors:
                assert error["extensions"]["code"] in ("GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED")
                assert not [word for word in TELLING if word in error["message"].lower()], (near, error["message"])
        if one.errors[0]["extensions"]["code"] == other.errors[0]["extensions"]["code"]:
            assert {e["message"] for e in one.errors} == {e["message"] for e in other.errors}, near


async def test_without_introspection_variables_teach_nothing_either(closed: Service) -> None:
    query = (
        "query($order: [PackageOrder!], $filter: PackageFilter)"
        " { packages(orderBy: $order, filter: $filter) { totalCount } }"
    )
    cases: tuple[dict[str, Any], ...] = (
        {"order": [{"field": "NAM"}]}, {"order": [{"fild": "NAME"}]}, {"filter": {"stat": []}},
        {"filter": {"state": ["ACTIV"]}},
    )  # fmt: skip
    for given in cases:
        reply = await closed.ask(query, given, by=Caller.OWNER)
        assert reply.code == "BAD_USER_INPUT"
        message = reply.errors[0]["message"]
        assert "mean" not in message
        assert not [word for word in ("NAME", "ACTIVE", "state", "field", "PackageOrder") if word in message]


@pytest.mark.parametrize(
    "query",
    [
        get_introspection_query(), "{ __schema { queryType { name } } }", '{ __type(name: "Package") { name } }',
        "{ viewer { scopes } x: __schema { types { name } } }", "{ ...F } fragment F on Query { __schema { types { name } } }",
        "query A { viewer { scopes } } query B { __schema { types { name } } }",
        '{ ... @include(if: true) { __type(name: "Package") { fields { name } } } }',
    ],
    ids=range(7),
)  # fmt: skip
async def test_without_introspection_the_schema_is_not_told(query: str, closed: Service) -> None:
    for caller in (Caller.ANONYMOUS, Caller.OWNER):
        reply = await closed.ask(query, by=caller, operationName="B" if "query B" in query else None)
        assert {error["extensions"]["code"] for error in reply.errors} == {"INTROSPECTION_DISABLED"}
        assert "data" not in reply.json


async def test_the_name_of_a_type_is_no_introspection(closed: Service) -> None:
    data = (await closed.both("{ __typename viewer { __typename } }", by=Caller.OWNER)).data
    assert data == {"__typename": "Query", "viewer": {"__typename": "Viewer"}}


async def test_with_introspection_tools_work(serve: Serve) -> None:
    async with serve(introspection=True) as service:
        data = (await service.both(get_introspection_query(), by=Caller.ANONYMOUS)).data
        assert "Package" in {kind["name"] for kind in data["__schema"]["types"]}


# How it is sent


@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/graphql", ""],
)
async def test_a_request_that_a_browser_sends_without_asking_is_not_answered(kind: str, service: Service) -> None:
    before = await Session.all().count()
    query = {
        "query": f'mutation {{ signIn(input: {{login: "anna", password: "{PASSWORD}"}}) {{ errors {{ code }} }} }}'
    }
    headers: dict[str, Any] = {"content-type": kind} if kind else {}
    response = await service.http.post("/graphql", content=json.dumps(query), headers=headers)
    assert response.status_code == 415
    assert await Session.all().count() == before


async def test_a_query_does_not_come_by_get(service: Service) -> None:
    response = await service.http.get("/graphql", params={"query": "{ viewer { scopes } }"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
