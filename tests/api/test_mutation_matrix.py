"""Every kind of viewer tries every mutation, and may or may not as the SDL says (SECURITY Z1, Z2, SE7's zero writes)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest

from gateway.errors import ErrorCode
from tests.api.cases import CASES
from tests.api.graph import graph, has_session, objects_at, signed_in
from tests.api.mutations import text
from tests.api.service import Reply, Service
from tests.api.stored import changed, stored
from tests.world import ALIVE, PASSWORD, Caller

ERRORS_ALONE = {"UserError.retryAfter"}
"""Filled only where something fails in a special way."""

ELSEWHERE = {"TwoFactorChallenge"}
"""Types whose objects come with another input than the one that is tried here: a sign-in with two-factor authentication."""

PREPARE = {"declarationPrepare"}
"""Mutations that hand out what another one takes, and write nothing."""

NAMELESS = {"packageHandBack", "acmeChallengeSet", "acmeChallengeClear"}
"""Their operations are not in the payload: one for each item of the checklist, and what programs set without asking further."""

LISTED = re.compile(r"Codes in `errors`: (.+)\.\Z")


@cache
def kinds_of_payloads() -> frozenset[str]:
    """The types that only mutations lead to."""
    return frozenset(graph().types) - graph().reachable(lambda coordinate: True, ("Query",))


def codes_of(name: str) -> set[str]:
    """The codes that the description of a mutation lists."""
    found = LISTED.search(graph().field(f"Mutation.{name}").description or "")
    assert found, f"the description of {name} does not say which codes it gives"
    return set() if found[1] == "none" else set(re.findall(r"`([A-Z_]+)`", found[1]))


def mutations() -> list[str]:
    return list(graph().types["Mutation"].fields)


def test_each_mutation_has_its_cases() -> None:
    assert set(CASES) == set(mutations())


def test_what_a_description_lists_are_codes() -> None:
    for name in mutations():
        assert codes_of(name) <= {code.value for code in ErrorCode}, name
        assert bool(codes_of(name)) >= (CASES[name].failing is not None), name


class Cells:
    """What was seen of each field of mutations."""

    def __init__(self, caller: Caller, service: Service) -> None:
        self.caller = caller
        self.scopes = service.world.scopes(caller)
        self.seen: dict[str, Counter[str]] = defaultdict(Counter)

    def allows(self, coordinate: str) -> bool:
        session = has_session(self.caller)
        return graph().allows(coordinate, self.scopes, signed_in=signed_in(self.caller), session=session)

    def _told(self, coordinate: str) -> dict[str, str]:
        """What a refusal says: the scope that is missing, unless it is the session."""
        if not signed_in(self.caller):
            return {"code": "UNAUTHENTICATED"}
        if graph().allows(coordinate, self.scopes, signed_in=True):
            return {"code": "FORBIDDEN"}
        return {"code": "FORBIDDEN", "requiredScope": graph().needs[coordinate]}

    def refused(self, name: str, reply: Reply) -> None:
        assert reply.json["data"] == {name: None}
        (error,) = reply.errors
        assert (error["path"], error["extensions"]) == ([name], self._told(f"Mutation.{name}"))
        self.seen[f"Mutation.{name}"]["refused"] += 1
        self._below("Mutation", name, "beyond")

    def _below(self, kind: str, name: str, verdict: str) -> None:
        for edge in graph().edges(kind):
            if edge.name == name and edge.target in kinds_of_payloads():
                for field in graph().types[edge.target].fields:
                    self.seen[f"{edge.target}.{field}"][verdict] += 1
                    self._below(edge.target, field, verdict)

    def granted(self, name: str, reply: Reply) -> dict[str, Any]:
        payload = reply.data[name]
        assert isinstance(payload, dict)
        self.seen[f"Mutation.{name}"]["granted"] += 1
        self._walk("Mutation", {name: payload})
        return payload

    def _walk(self, kind: str, found: dict[str, Any]) -> None:
        for edge in graph().edges(kind):
            if edge.name in found and edge.target in kinds_of_payloads():
                for value, _ in objects_at(found, (edge.name,)):
                    for field in graph().types[edge.target].fields:
                        assert self.allows(f"{edge.target}.{field}")
                        self.seen[f"{edge.target}.{field}"]["granted"] += 1
                        self.seen[f"{edge.target}.{field}"]["filled"] += value[field] is not None
                    self._walk(edge.target, value)


async def tried(caller: Caller, service: Service) -> Cells:
    """A viewer tries every mutation, each with a fresh session."""
    cells = Cells(caller, service)
    for name in mutations():
        allowed = cells.allows(f"Mutation.{name}")
        tries = [await CASES[name].working(service.world, caller)]
        if CASES[name].failing is not None:
            tries.append(CASES[name].failing)
        for inputs in tries:
            variables = None if inputs is None else {"input": inputs}
            if variables is None and "input" in graph().field(f"Mutation.{name}").args:
                continue
            raised = graph().steps_up(f"Mutation.{name}")
            token = await service.token(caller, raised=raised) if caller in ALIVE else caller
            before = await stored()
            reply = await service.ask(text(graph(), name), variables, by=token)
            await service.settle()
            after = await stored()
            if caller in (Caller.EXPIRED, Caller.REVOKED):
                assert (reply.status, reply.code) == (401, "UNAUTHENTICATED")
                assert changed(before, after) == set()
                cells.seen[f"Mutation.{name}"]["refused"] += 1
                cells._below("Mutation", name, "beyond")
                continue
            if not allowed:
                cells.refused(name, reply)
                assert changed(before, after) == set(), name
                continue
            payload = cells.granted(name, reply)
            codes = {error["code"] for error in payload["errors"]}
            assert codes <= codes_of(name)
            if inputs is CASES[name].failing and inputs is not None:
                assert codes, name
                assert changed(before, after) <= {"audit_event", "audit_chain"}, name  # a failed sign-in is noted
            else:
                assert not codes, (name, payload)
                assert bool(changed(before, after)) == (name not in PREPARE), name
                asked = "operation" in changed(before, after)
                assert bool(payload.get("operation")) == (asked and name not in NAMELESS), name
    return cells


@pytest.mark.parametrize("caller", list(Caller), ids=str)
async def test_every_mutation_works_or_is_refused_as_the_sdl_says(caller: Caller, service: Service) -> None:
    cells = await tried(caller, service)
    expected = {c for c in graph().needs if c.partition(".")[0] in kinds_of_payloads()}
    assert set(cells.seen) >= {c for c in expected if c.partition(".")[0] not in ELSEWHERE}
    verdicts = Counter(verdict for counts in cells.seen.values() for verdict in counts if counts[verdict])
    print(f"\n{caller}: {len(cells.seen)} cells of mutations: {dict(verdicts)}")
    for coordinate, counts in cells.seen.items():
        if not cells.allows(coordinate):
            assert not counts["granted"], coordinate
    if caller is Caller.OWNER:
        empty = {c for c, counts in cells.seen.items() if not counts["filled"] and not c.startswith("Mutation.")}
        assert empty == ERRORS_ALONE.union(*(case.empty for case in CASES.values()))


def raised_ones() -> list[str]:
    """The mutations that ask for the password again."""
    return [name for name in mutations() if graph().steps_up(f"Mutation.{name}")]


def test_a_mutation_that_asks_for_the_password_again_says_so() -> None:
    for name in mutations():
        assert (name in raised_ones()) == ("REAUTHENTICATION_REQUIRED" in codes_of(name)), name


@pytest.mark.parametrize("name", raised_ones())
@pytest.mark.parametrize("late", [False, True], ids=["never raised", "raised too long ago"])
async def test_nothing_is_written_until_the_password_was_given_again(name: str, late: bool, service: Service) -> None:
    given = await CASES[name].working(service.world, Caller.OWNER)
    token = await service.token(Caller.OWNER, raised=late)
    service.clock.wait(minutes=5)
    before = await stored()
    reply = await service.ask(text(graph(), name), {"input": given} if given is not None else None, by=token)
    await service.settle()
    (error,) = reply.data[name]["errors"]
    assert error["code"] == "REAUTHENTICATION_REQUIRED"
    assert changed(before, await stored()) == set()


async def test_a_package_login_ends_its_own_session_and_no_other(service: Service) -> None:
    reply = await service.ask("mutation { signOut { errors { code } } }", by=Caller.PACKAGE)
    assert reply.data == {"signOut": {"errors": []}}
    assert (await service.ask("{ viewer { scopes } }", by=Caller.PACKAGE)).status == 401
    assert (await service.ask("{ viewer { scopes } }", by=Caller.SIBLING)).status == 200
    assert (await service.ask("{ viewer { scopes } }", by=Caller.OWNER)).status == 200


async def test_a_mutation_is_never_answered_by_a_plan(service: Service) -> None:
    sign_in = "mutation($input: SignInInput!) { signIn(input: $input) { session { id } errors { code } } }"
    given = {"input": {"login": "anna", "password": PASSWORD}}
    ids = {(await service.ask(sign_in, given, by=Caller.OWNER)).data["signIn"]["session"]["id"] for _ in range(3)}
    assert len(ids) == 3
    assert service.plans.answered == 0
