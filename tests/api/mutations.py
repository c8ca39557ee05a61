"""How each mutation is asked: once so that it can work, once with something that is not there. A new one needs its case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType, get_named_type

from tests.api.graph import Graph
from tests.world import PASSWORD, Caller, World, nobodys, open_session

Input = dict[str, Any] | None


@dataclass(frozen=True)
class Case:
    """Inputs of a mutation for a caller. `failing` is missing where it cannot fail."""

    working: Callable[[World, Caller], Awaitable[Input]]
    failing: Input = None
    writes: bool = True


async def _nothing(world: World, caller: Caller) -> Input:
    return None


async def _sign_in(world: World, caller: Caller) -> Input:
    return {"login": "anna", "password": PASSWORD, "deviceName": "Tablet", "remember": True}


async def _session_of_the_customer(world: World, caller: Caller) -> Input:
    id, _ = await open_session(world.customer(caller))
    return {"id": id}


async def _invoice_of_the_customer(world: World, caller: Caller) -> Input:
    house = world.other if caller is Caller.OTHER else world.owner
    return {"invoiceId": house.invoices["shop"]}


CASES: dict[str, Case] = {
    "signIn": Case(_sign_in, {"login": "anna", "password": "guessed"}),
    "signOut": Case(_nothing),
    "sessionEnd": Case(_session_of_the_customer, {"id": nobodys("ses")}),
    "sessionEndOthers": Case(_nothing),
    "invoiceTicketCreate": Case(_invoice_of_the_customer, {"invoiceId": nobodys("inv")}),
}


def text(graph: Graph, name: str) -> str:
    """The mutation with everything its payload holds."""
    field = graph.field(f"Mutation.{name}")
    taken = str(field.args["input"].type) if "input" in field.args else None
    payload = get_named_type(field.type)
    assert isinstance(payload, GraphQLObjectType)
    asked = f"{name}{'(input: $input)' if taken else ''} {_everything(graph, payload)}"
    return f"mutation{f'($input: {taken})' if taken else ''} {{ {asked} }}"


def _everything(graph: Graph, kind: GraphQLObjectType) -> str:
    """All fields of a payload, down to objects that queries lead to."""
    of_queries = graph.reachable(lambda coordinate: True, ("Query",))
    inner = graph.leaves(kind.name)
    for edge in graph.edges(kind.name):
        below = "{ __typename }" if edge.target in of_queries else _everything(graph, graph.types[edge.target])
        inner.append(f"{edge.name} {below}")
    return f"{{ {' '.join(inner)} }}"
