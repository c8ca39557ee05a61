"""When a plan answers: at a text's second sighting, at the first when the operation is dear, and root field by root field."""

from __future__ import annotations

from gateway.execution.plans import DEAR
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.world import Caller

DEAR_LIST = "{ packages(first: 50) { totalCount nodes { id name domains(first: 5) { nodes { name } } } } }"
CHEAP_LIST = "{ packages(first: 3) { nodes { id name } } }"


async def test_a_dear_operation_is_planned_at_first_sight(service: Service) -> None:
    service.made.engine.plans.dear = DEAR
    first = await service.ask(DEAR_LIST, by=Caller.OWNER)
    assert service.plans.answered == 1
    assert len(first.data["packages"]["nodes"]) > 3
    await service.ask(CHEAP_LIST, by=Caller.OWNER)
    assert service.plans.answered == 1
    await service.ask(CHEAP_LIST, by=Caller.OWNER)
    assert service.plans.answered == 2


async def test_what_a_plan_answers_at_first_sight_is_the_same(service: Service) -> None:
    reference = await service.ask(DEAR_LIST, by=Caller.OWNER)
    assert service.plans.answered == 0
    service.made.engine.plans.dear = DEAR
    assert (await service.ask(f"{DEAR_LIST} # anew", by=Caller.OWNER)).body == reference.body


async def test_a_field_no_plan_knows_leaves_the_others_to_their_plan(serve: Serve) -> None:
    mixed = (
        "query($with: Boolean!) { kind: __typename a: packages(first: 2) { nodes { name } }"
        " __schema @include(if: $with) { queryType { name } } ...more b: packages(last: 1) { nodes { id } } }"
        ' fragment more on Query { free: usernameAvailable(username: "anna") { available } }'
    )
    async with serve(introspection=True) as service:
        reference = await service.ask(mixed, {"with": True}, by=Caller.OWNER)
        assert service.plans.answered == 0
        planned = await service.ask(mixed, {"with": True}, by=Caller.OWNER)
        assert service.plans.answered == 1
        assert planned.body == reference.body
        assert list(planned.data) == ["kind", "a", "__schema", "free", "b"]
        assert list((await service.ask(mixed, {"with": False}, by=Caller.OWNER)).data) == ["kind", "a", "free", "b"]


async def test_errors_of_both_parts_are_told_once(service: Service) -> None:
    mixed = '{ packages(first: 1) { nodes { name orderNumber } } usernameAvailable(username: "anna") { available } }'
    reference = await service.ask(mixed, by=Caller.PACKAGE)
    planned = await service.ask(mixed, by=Caller.PACKAGE)
    assert service.plans.answered == 1
    assert reference.json["data"] == planned.json["data"]

    def told(reply: object) -> list[object]:
        return sorted((error["path"], error["message"], error["locations"]) for error in reply.errors)  # type: ignore[attr-defined]  # a Reply

    assert told(planned) == told(reference)
    assert len(planned.errors) == 2
