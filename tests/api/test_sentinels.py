"""A package login gets nothing confidential, whichever way it asks (SECURITY Z3, Z6, Z10).

Every confidential column holds a value that is nowhere else. The walk follows every pair of fields that can come after
each other, at every depth up to eight.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLEnumType, get_named_type

from tests.api.cases import CASES
from tests.api.conftest import Seeded
from tests.api.graph import Path, graph, operation
from tests.api.mutations import made_up, text
from tests.api.sentinels import TECHNICAL, Sentinels, plant
from tests.api.service import WIDE, Reply, Service, serving
from tests.http.asking import Log
from tests.world import Caller, World, tables

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOPS = 8
BEHIND_A_REFUSAL = 2
"""How far the walk goes on behind a field that is refused: everything there is null."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planted(seeded: Seeded) -> AsyncIterator[tuple[Service, Sentinels]]:
    async with seeded.copy() as url, serving(url, seeded.world, **WIDE) as service:
        yield service, await plant(seeded.world, Caller.PACKAGE)


def everything_told(reply: Reply) -> str:
    """Headers and body of an answer."""
    return "\n".join([*(f"{name}: {value}" for name, value in reply.headers.items()), reply.body.decode()])


def walk(world: World, caller: Caller, hops: int) -> Iterator[Path]:
    """Paths from the root: at every depth each two fields that can follow each other."""
    scopes = world.scopes(caller)
    layer: list[tuple[Path, int]] = [
        ((edge,), 0)
        for edge in (*graph().edges("Query"), *(one for one in graph().every_answer() if one.parent == "Query"))
    ]
    for _ in range(hops):
        following: dict[Any, tuple[Path, int]] = {}
        for path, refused in layer:
            if not graph().allows(path[-1].coordinate, scopes, signed_in=True) or refused:
                refused += 1
            yield path
            if refused >= BEHIND_A_REFUSAL:
                continue
            for edge in graph().edges(path[-1].target):
                following.setdefault((path[-1], edge, refused), ((*path, edge), refused))
        layer = list(following.values())


async def test_every_column_is_confidential_or_listed_as_technical(planted: tuple[Service, Sentinels]) -> None:
    sentinels = planted[1]
    for table, names in TECHNICAL.items():
        assert names <= set(tables()[table]._meta.db_fields), table
    confidential = {
        place for place in sentinels.places if place.partition(".")[0] in ("contract", "invoice", "customer")
    }
    assert confidential >= {
        "contract.number", "contract.gross_minor", "contract.starts_on", "contract.state", "contract.id",
        "invoice.number", "invoice.gross_minor", "invoice.due_on", "customer.city", "customer.country",
        "customer.password_hash", "customer.email",
    }  # fmt: skip
    assert {"package.order_number", "package.password_changed_at", "bank_account.iban_last4"} <= sentinels.places
    print(f"\nsentinels in {len(sentinels.places)} columns of {sentinels.rows} rows")


async def test_a_package_login_meets_no_sentinel_within_eight_hops(
    planted: tuple[Service, Sentinels], log: Log
) -> None:
    service, sentinels = planted
    walked, edges, refusals = 0, set(), 0
    for path in walk(service.world, Caller.PACKAGE, HOPS):
        reply = await service.both(operation(graph(), service.world, path), by=Caller.PACKAGE)
        assert reply.status == 200
        found = sentinels.found(everything_told(reply))
        assert not found, (" → ".join(edge.coordinate for edge in path), found)
        walked, refusals = walked + 1, refusals + bool(reply.errors)
        edges |= {edge.coordinate for edge in path}
    below_queries = graph().reachable(lambda coordinate: True, ("Query",))
    every = {edge.coordinate for edge in graph().every_edge() if edge.parent in below_queries}
    allowed = graph().reachable(
        lambda coordinate: graph().allows(coordinate, service.world.scopes(Caller.PACKAGE), signed_in=True), ("Query",)
    )
    assert {coordinate for coordinate in every if coordinate.partition(".")[0] in allowed} <= edges
    print(
        f"\npaths walked: {walked}, each by both engines; fields that lead on: {len(edges)}; answers with refusals: {refusals}"
    )
    assert walked > 300
    assert len(log.lines) >= 2 * walked
    assert not sentinels.found(log.text)
    assert service.plans.answered > 200


async def test_the_walk_would_find_what_there_is(planted: tuple[Service, Sentinels]) -> None:
    service, sentinels = planted
    found: set[str] = set()
    for path in walk(service.world, Caller.OWNER, 4):
        reply = await service.ask(operation(graph(), service.world, path), by=Caller.OWNER)
        found |= sentinels.found(everything_told(reply))
    print(f"\ncolumns whose sentinels the owner meets on the same walk: {len(found)}")
    assert found >= {
        "contract.number", "contract.gross_minor", "contract.currency", "contract.starts_on", "contract.state",
        "contract.vat_basis_points", "contract.notice_months", "contract.id", "package.order_number", "package.id",
        "invoice.number", "invoice.net_minor", "invoice_line.quantity_thousandths", "payment.reference", "customer.country",
        "customer.vat_id", "bank_account.iban_last4", "phone_number.number", "tariff.name", "add_on.gross_minor",
        "add_on.name", "session.user_agent",
    }  # fmt: skip
    assert not found & {"bank_account.iban_sealed", "customer.password_hash", "session.token_hash"}


def orders(coordinate: str) -> list[str]:
    """The members of the enum a list can be ordered by."""
    entry = get_named_type(graph().field(coordinate).args["orderBy"].type)
    kind = get_named_type(entry.fields["field"].type)  # type: ignore[attr-defined]  # an input type
    assert isinstance(kind, GraphQLEnumType)
    return list(kind.values)


async def test_no_order_and_no_cursor_tells_anything(planted: tuple[Service, Sentinels]) -> None:
    service, sentinels = planted
    refused, asked = set(), 0
    page = "{ totalCount pageInfo { startCursor endCursor } edges { cursor node { id } } }"
    for coordinate in ("Query.packages", "Package.domains", "Package.mailboxes", "Package.invoices", "Query.sessions"):
        kind, _, name = coordinate.partition(".")
        for member in orders(coordinate):
            for direction in ("ASC", "DESC"):
                asking = f"{name}(orderBy: [{{field: {member}, direction: {direction}}}]) {page}"
                query = f"{{ {asking} }}" if kind == "Query" else f"{{ viewer {{ package {{ {asking} }} }} }}"
                reply = await service.both(query, by=Caller.PACKAGE)
                assert not sentinels.found(everything_told(reply))
                asked += 1
                if reply.errors:
                    assert reply.code == "FORBIDDEN"
                    refused.add(f"{coordinate}.{member}")
    print(f"\norders asked: {asked}")
    assert {one for one in refused if one.startswith(("Query.packages", "Package.domains", "Package.mailboxes"))} == {
        "Query.packages.ORDER_NUMBER"
    }


async def test_searching_for_what_is_hidden_is_searching_for_nothing(planted: tuple[Service, Sentinels]) -> None:
    service, sentinels = planted
    query = (
        "query($text: String!) { packages(search: $text) { totalCount nodes { id } }"
        " viewer { package { domains(search: $text) { totalCount } mailboxes(search: $text) { totalCount } } } }"
    )
    nothing = await service.both(query, {"text": "there is no such thing"}, by=Caller.PACKAGE)
    assert nothing.data["packages"] == {"totalCount": 0, "nodes": []}
    hidden = sentinels.searchable
    for guess in hidden:
        reply = await service.ask(query, {"text": guess}, by=Caller.PACKAGE)
        assert reply.body == nothing.body, guess
    assert len(hidden) > 100
    print(f"\nhidden texts searched for: {len(hidden)}")


async def test_no_mutation_tells_anything(planted: tuple[Service, Sentinels], log: Log) -> None:
    service, sentinels = planted
    hidden = sorted(sentinels.ids)
    for name in CASES:
        if "input" not in graph().field(f"Mutation.{name}").args:
            continue
        kind: Any = get_named_type(graph().field(f"Mutation.{name}").args["input"].type)
        for guess in hidden[::5]:
            reply = await service.ask(text(graph(), name), {"input": made_up(kind, guess)}, by=Caller.PACKAGE)
            assert not sentinels.found(everything_told(reply)), (name, guess)
    await service.settle()
    assert not sentinels.found(log.text)


@pytest.mark.parametrize(
    "query",
    [
        "{ packages { nodes { contract { number } } } }",
        "{ packages { edges { node { contract { number } } } } }",
        '{ package(id: "PKG") { contract { number } } }',
        "{ viewer { package { contract { number } } } }",
        "{ viewer { session { package { contract { number } } } } }",
        '{ node(id: "PKG") { ... on Package { contract { number } } } }',
        '{ nodes(ids: ["PKG", "PKG"]) { ... on Package { contract { number } } } }',
        '{ node(id: "DOM") { ... on Domain { package { contract { number } } } } }',
        '{ nodes(ids: ["MBX"]) { ... on Mailbox { package { contract { number } } } } }',
        "{ packages { nodes { domains { nodes { package { contract { number } } } } } } }",
        "{ packages { nodes { mailboxes { edges { node { package { contract { number } } } } } } } }",
        '{ node(id: "CTR") { ... on Contract { number } } }',
        '{ nodes(ids: ["CTR"]) { ... on Contract { number } } }',
        '{ contract(id: "CTR") { number } }',
        "{ contracts { nodes { number } } }",
        "{ contracts(orderBy: [{field: NUMBER}]) { edges { cursor node { number } } pageInfo { endCursor } } }",
        '{ invoice(id: "INV") { lines { package { contract { number } } } } }',
        "{ sessions { nodes { package { contract { number } } } } }",
        '{ node(id: "SES") { ... on Session { package { contract { number } } } } }',
        "{ packages { nodes { ...Deep } } }"
        " fragment Deep on Package { ... on Node { id ... on Package { c: contract { n: number } } } }",
    ],
)
async def test_a_contract_field_never_answers_a_package_login(query: str, planted: tuple[Service, Sentinels]) -> None:
    service, sentinels = planted
    house = service.world.owner
    ids = {
        "PKG": house.packages["shop"], "DOM": house.domains["laden.example"], "CTR": house.contracts["shop"],
        "MBX": house.mailboxes["info@laden.example"], "INV": house.invoices["both"],
        "SES": service.world.sessions[Caller.PACKAGE],
    }  # fmt: skip
    for name, id in ids.items():
        query = query.replace(f'"{name}"', f'"{id}"')
    reply = await service.both(query, by=Caller.PACKAGE)
    assert sentinels.found(everything_told(reply)) == set()
    assert '"number":' not in reply.body.decode()
    assert {error["extensions"]["code"] for error in reply.errors} <= {"FORBIDDEN"}
    owners = await service.both(query, by=Caller.OWNER)
    # The same question has an answer for the owner, unless it asks for what only the package login has.
    if "viewer" not in query:
        assert sentinels.found(everything_told(owners)) >= {"contract.number"}
