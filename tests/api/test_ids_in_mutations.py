"""An id inside of a mutation's input: foreign is missing, and nothing is written (SECURITY Z5)."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import get_named_type

from tests.api.cases import CASES
from tests.api.graph import graph
from tests.api.hidden import hidden_ids
from tests.api.mutations import made_up, text
from tests.api.service import Service
from tests.api.stored import changed, stored
from tests.world import Caller


def inputs_with_ids() -> list[tuple[str, str]]:
    """Each mutation with each field of its input that holds an id."""
    found = []
    for name, field in graph().types["Mutation"].fields.items():
        if "input" not in field.args:
            continue
        kind: Any = get_named_type(field.args["input"].type)
        found += [(name, inner) for inner, taken in kind.fields.items() if get_named_type(taken.type).name == "ID"]
    return found


def test_ids_of_inputs_are_found() -> None:
    assert ("sessionEnd", "id") in inputs_with_ids()
    assert ("invoiceTicketCreate", "invoiceId") in inputs_with_ids()


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.OTHER], ids=str)
@pytest.mark.parametrize(("name", "field"), inputs_with_ids())
async def test_a_foreign_id_in_a_mutation_is_a_missing_one_and_nothing_is_written(
    name: str, field: str, caller: Caller, service: Service
) -> None:
    world = service.world
    working = await CASES[name].working(world, caller)
    assert working is not None
    hidden = hidden_ids(world, caller)
    whole = working[field]
    first = whole[0] if isinstance(whole, list) else whole
    kind = world.rows[first].table if first in world.rows else "session"
    others = [id for id, row in world.rows.items() if row.table != kind and id in world.visible(caller)]
    hidden |= {f"visible, but no {kind} {number}": id for number, id in enumerate(others[:10])}
    token = await service.token(caller, raised=graph().steps_up(f"Mutation.{name}"))
    await service.ask("{ viewer { scopes } }", by=token)
    await service.settle()
    before = await stored()
    answers: dict[str, bytes] = {}
    for why, id in hidden.items():
        reply = await service.ask(
            text(graph(), name), {"input": {**working, field: [id] if isinstance(whole, list) else id}}, by=token
        )
        payload = reply.data[name]
        (error,) = payload.pop("errors")
        assert error["code"] == "NOT_FOUND", why
        assert set(payload.values()) == {None}, why
        answers[why] = reply.body
    await service.settle()
    assert len(set(answers.values())) == 1
    assert changed(before, await stored()) == set()
    print(f"\n{name}.{field} by {caller}: {len(hidden)} ids that are not there")


@pytest.mark.parametrize("caller", [Caller.OTHER, Caller.PACKAGE, Caller.SIBLING, Caller.NARROW_TECHNICAL], ids=str)
async def test_no_guess_at_an_id_changes_anything_of_somebody_else(caller: Caller, service: Service) -> None:
    world = service.world
    hidden = [id for id in world.rows if id not in world.visible(caller)]
    token = await service.token(caller, raised=True)
    before = await stored()
    tried = 0
    for name, field in inputs_with_ids():
        kind: Any = get_named_type(graph().field(f"Mutation.{name}").args["input"].type)
        for id in hidden:
            given = {**made_up(kind, "x"), field: id}
            reply = await service.ask(text(graph(), name), {"input": given}, by=token)
            codes = {error["extensions"]["code"] for error in reply.errors}
            payload = (reply.json["data"] or {}).get(name) or {}
            codes |= {error["code"] for error in payload.get("errors", ())}
            assert codes <= {"FORBIDDEN", "NOT_FOUND", "BAD_USER_INPUT"}
            assert codes
            tried += 1
    await service.settle()
    assert changed(before, await stored()) == set()
    print(f"\n{caller}: {tried} ids of others tried in mutations")
