"""An id of nothing, of somebody else's row, of an unknown kind and a text that is no id look the same (SECURITY Z4)."""

from __future__ import annotations

import pytest

from models.database import recording
from tests.api.graph import TYPE_OF_PREFIX, graph, id_of
from tests.api.hidden import hidden_ids
from tests.api.service import Reply, Service
from tests.world import Caller, nobodys

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOOKUPS = {
    "package": "query($id: ID!) { found: package(id: $id) { id name } }",
    "contract": "query($id: ID!) { found: contract(id: $id) { id number tariff { id } } }",
    "invoice": "query($id: ID!) { found: invoice(id: $id) { id number lines { position } } }",
    "dataReport": "query($id: ID!) { found: dataReport(id: $id) { id state downloadPath } }",
    "agreement": "query($id: ID!) { found: agreement(id: $id) { id state file { sha256 } } }",
    "node": "query($id: ID!) { found: node(id: $id) { id __typename ... on Package { name } ... on Invoice { number } } }",
    "nodes": "query($id: ID!) { found: nodes(ids: [$id]) { id __typename } }",
}


async def counted(service: Service, query: str, id: str, caller: Caller) -> tuple[Reply, int]:
    """An answer, and how many statements it took."""
    with recording() as statements:
        reply = await service.ask(query, {"id": id}, by=caller)
    return reply, len([sql for sql in statements if not sql.startswith(("UPDATE", "BEGIN", "COMMIT"))])


@pytest.mark.parametrize("caller", [Caller.OWNER, Caller.OTHER, Caller.PACKAGE, Caller.SIBLING], ids=str)
@pytest.mark.parametrize("name", list(LOOKUPS))
async def test_every_id_that_is_not_there_has_the_same_answer_after_the_same_work(
    name: str, caller: Caller, shared: Service
) -> None:
    if caller in (Caller.PACKAGE, Caller.SIBLING) and name in ("contract", "invoice", "dataReport", "agreement"):
        pytest.skip("refused whatever the id is: see the permission matrix")
    hidden = hidden_ids(shared.world, caller)
    for sighting in ("reference", "plan"):
        query = f"{LOOKUPS[name]} # {caller} {sighting}"
        await shared.ask(query, {"id": ""}, by=caller)
        answers: dict[str, tuple[Reply, int]] = {}
        for why, id in hidden.items():
            if sighting == "reference":  # a text of its own each time
                answers[why] = await counted(shared, f"{query} {len(answers):04}", id, caller)
            else:  # one text, whose plans are made from its second sighting on
                answers[why] = await counted(shared, query, id, caller)
        first, statements = answers["malformed 0"]
        expected = [None] if name == "nodes" else None
        assert first.data == {"found": expected}
        for why, (reply, count) in answers.items():
            assert (reply.status, reply.body) == (first.status, first.body), (sighting, why)
            assert dict(reply.headers) == dict(first.headers), (sighting, why)
            assert count == statements, (sighting, why)
        assert statements == 2  # who asks, and the row


async def test_what_is_there_is_found_by_the_same_question(shared: Service) -> None:
    house = shared.world.owner
    for name, id in (
        ("package", house.packages["shop"]), ("contract", house.contracts["shop"]), ("node", house.packages["shop"]),
        ("invoice", house.invoices["both"]), ("dataReport", house.reports["old"]), ("nodes", house.packages["shop"]),
    ):  # fmt: skip
        found = (await shared.both(LOOKUPS[name], {"id": id}, by=Caller.OWNER)).data["found"]
        assert (found[0] if name == "nodes" else found)["id"] == id


async def test_a_plan_made_for_one_kind_of_id_answers_for_every_other(shared: Service) -> None:
    world, kinds = shared.world, list(TYPE_OF_PREFIX.values())
    assert set(kinds) == {kind.name for kind in graph().schema.get_possible_types(graph().schema.type_map["Node"])}
    listed = "query($id: ID!, $other: ID!) { found: nodes(ids: [$id, $other]) { id __typename } }"
    for name, query in (("node", LOOKUPS["node"]), ("nodes", LOOKUPS["nodes"]), ("both", listed)):
        text = f"{query} # one text for {name}"
        for kind in ("Nothing", "Nothing", *kinds, *reversed(kinds)):
            id = "nonsense" if kind == "Nothing" else id_of(world, kind)
            given = {"id": id} | ({"other": world.tariff} if name == "both" else {})
            found = (await shared.ask(text, given, by=Caller.OWNER)).data["found"]
            first = found[0] if isinstance(found, list) else found
            if kind == "Nothing":
                assert first is None
            else:
                assert first is not None, (name, kind, id)
                assert (first["id"], first["__typename"]) == (id, kind)


async def test_nodes_keeps_the_places_of_what_is_not_there(shared: Service) -> None:
    house = shared.world.owner
    ids = [nobodys("pkg"), house.packages["shop"], "nonsense", house.domains["laden.example"], house.packages["shop"]]
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    nodes = (await shared.both(query, {"ids": ids}, by=Caller.OWNER)).data["nodes"]
    assert [node and node["id"] for node in nodes] == [None, ids[1], None, ids[3], ids[4]]
    foreign = (await shared.both(query, {"ids": ids}, by=Caller.OTHER)).data["nodes"]
    assert foreign == [None] * 5


@pytest.mark.parametrize("count", [50, 51])
async def test_nodes_takes_fifty_ids(count: int, shared: Service) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    reply = await shared.ask(query, {"ids": [nobodys("pkg")] * count}, by=Caller.OWNER)
    if count == 50:
        assert reply.data == {"nodes": [None] * 50}
    else:
        assert reply.code in ("BAD_USER_INPUT", "QUERY_TOO_COMPLEX")
