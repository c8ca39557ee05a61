"""The codes that the description of a mutation lists are the codes it can give, each of them and no other."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import get_named_type

from tests.api.cases import CASES
from tests.api.cases.case import Failing
from tests.api.graph import graph
from tests.api.mutations import made_up, text
from tests.api.service import Service
from tests.api.test_mutation_matrix import codes_of, mutations
from tests.world import Caller

FAILING: dict[tuple[str, str], Failing] = {
    (name, code): failing for name, case in CASES.items() for code, failing in case.codes.items()
}


def test_each_listed_code_has_a_case() -> None:
    listed = {(name, code) for name in mutations() for code in codes_of(name)}
    assert {case for case in listed if case[1] != "REAUTHENTICATION_REQUIRED"} == set(FAILING)


@pytest.mark.parametrize(("name", "code"), FAILING, ids=[" ".join(case) for case in FAILING])
@pytest.mark.parametrize("language", ["en", "de"])
async def test_each_listed_code_comes_up(name: str, code: str, language: str, service: Service) -> None:
    given = await FAILING[name, code](service)
    headers = {"accept-language": language}
    token = await service.token(Caller.OWNER, raised=graph().steps_up(f"Mutation.{name}"))
    payload = (await service.ask(text(graph(), name), {"input": given}, by=token, headers=headers)).data[name]
    (error,) = payload["errors"]
    assert error["code"] == code
    assert error["message"]
    assert (error["retryAfter"] is not None) == (code == "RATE_LIMITED")
    assert {name: value for name, value in payload.items() if value is not None} == {"errors": [error]}


HOSTILE: list[Any] = [
    "", " ", "x" * 60_000, "ü" * 300, "\x00", "a\x00b", "🦆", "\ud800", "\u202e", "%_\\'\"", "' OR 1=1 --", "-1", "0", "null",
    "anna\n", "ANNA", "10001 ", "bücher-müller.example", "BÜCHER-MÜLLER.EXAMPLE", "xn--", "xn--a.example", "." * 300, "a@b",
    "İ", "ﷺ" * 100, "\u0661\u0662", "A" * 73, "p" * 1_024,
]  # fmt: skip


@pytest.mark.parametrize("name", mutations())
async def test_no_other_code_comes_up(name: str, service: Service) -> None:
    field = graph().field(f"Mutation.{name}")
    if "input" not in field.args:
        pytest.skip("takes nothing")
    kind: Any = get_named_type(field.args["input"].type)
    texts = [inner for inner, taken in kind.fields.items() if get_named_type(taken.type).name in ("ID", "String")]
    raised = graph().steps_up(f"Mutation.{name}")
    seen: set[str] = set()
    asked, token = 0, await service.token(Caller.OWNER, raised=raised)
    for place in texts:
        for hostile in HOSTILE:
            given = {**made_up(kind, "anna"), place: made_up(kind.fields[place].type, hostile)}
            reply = await service.ask(text(graph(), name), {"input": given}, by=token)
            assert reply.status < 500 or reply.code == "UNAVAILABLE"
            assert "INTERNAL" not in reply.body.decode(), hostile[:40]
            payload = (reply.json.get("data") or {}).get(name)
            seen |= {error["code"] for error in payload["errors"]} if payload else set()
            asked += 1
            service.clock.wait(hours=25)  # the throttles forget, and sessions end
            token = await service.token(Caller.OWNER, raised=raised)
    assert seen <= codes_of(name)
    print(f"\n{name}: {asked} hostile inputs, codes seen: {sorted(seen)}")
