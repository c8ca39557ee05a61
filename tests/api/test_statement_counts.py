"""How many statements an operation takes: fixed by its depth, whatever it finds."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from models.database import recording
from tests.api.conftest import Seeded
from tests.api.long_lists import Carla, make_carla
from tests.api.service import WIDE, Service, serving
from tests.world import Caller

pytestmark = pytest.mark.asyncio(loop_scope="module")

AUTHENTICATION = re.compile(r"\s*SELECT s\.id, s\.kind,")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lists(seeded: Seeded) -> AsyncIterator[tuple[Service, Carla]]:
    async with seeded.copy() as url, serving(url, seeded.world, **WIDE) as service:
        yield service, await make_carla(seeded.world)


async def statements(service: Service, query: str, token: Caller | str) -> tuple[int, int]:
    """How many the reference takes, then how many a plan takes, after authentication."""
    answered, counts = service.plans.answered, []
    for _ in range(2):
        with recording() as texts:
            reply = await service.ask(query, by=token)
        assert reply.data
        others = [sql for sql in texts if not AUTHENTICATION.match(sql)]
        assert len(others) == len(texts) - 1, "who asks is found by one statement"
        counts.append(len(others))
    assert service.plans.answered == answered + 1, "the second answer is a plan's"
    return counts[0], counts[1]


@pytest.mark.parametrize("first", [1, 50, 100])
async def test_the_package_list_takes_as_many_statements_for_any_number_of_packages(
    first: int, lists: tuple[Service, Carla]
) -> None:
    service, carla = lists
    query = (
        f"{{ packages(first: {first}) {{ totalCount pageInfo {{ endCursor hasNextPage }} nodes {{ name state domainCount"
        " mailboxCount mainDomain domains(first: 3) { totalCount nodes { name } }"
        " contract { number endsOn tariff { name price { formatted } } } } } }"
    )
    reference, plan = await statements(service, query, carla.token)
    print(f"\nthe list of {first} packages: {reference} statements by the reference, {plan} by a plan")
    assert reference == 5
    assert plan == 2


@pytest.mark.parametrize(
    ("query", "reference", "plan"),
    [
        ("{ viewer { scopes } }", 0, 0),
        ("{ viewer { session { id package { name } } } }", 1, 1),
        ("{ customer { displayName email } }", 1, 1),
        ("{ customer { displayName phoneNumbers { number } bankAccount { holder } } }", 3, 2),
        ("{ packages { totalCount } }", 1, 1),
        ("{ packages { nodes { name } } }", 1, 1),
        ("{ packages { nodes { name type { name functions } actions { name allowed } } } }", 4, 1),
        ("{ packages(first: 50) { nodes { domains { totalCount } mailboxes { totalCount } } } }", 3, 3),
        ("{ packages(first: 50) { nodes { domains { nodes { name package { name } } } } } }", 3, 2),
        ("{ packages(first: 50) { nodes { invoices(first: 2) { nodes { number lines { position } } } } } }", 3, 3),
        ("{ packages(first: 50) { nodes { contract { addOns { name } tariff { name } } } } }", 4, 2),
        ("{ contracts(first: 50) { totalCount nodes { number package { name domains { nodes { name } } } } } }", 3, 2),
        (
            "{ invoices(first: 50) { nodes { number lines { package { name } } taxes { vatPercent } payments { paidOn } } } }",
            5,
            4,
        ),
        ("{ sessions { totalCount nodes { id current package { name } } } }", 1, 1),
        ("{ a: packages(first: 2) { totalCount } b: invoices(first: 2) { totalCount } }", 2, 2),
    ],
)
async def test_an_operation_takes_a_statement_for_a_level(
    query: str, reference: int, plan: int, lists: tuple[Service, Carla]
) -> None:
    service, carla = lists
    assert await statements(service, query, carla.token) == (reference, plan)


async def test_a_total_with_a_cursor_is_a_statement_of_its_own(lists: tuple[Service, Carla]) -> None:
    service, carla = lists
    page = "{ packages(first: 2) { pageInfo { endCursor } } }"
    cursor = (await service.ask(page, by=carla.token)).data["packages"]["pageInfo"]["endCursor"]
    query = f'{{ packages(first: 2, after: "{cursor}") {{ totalCount nodes {{ id }} }} }}'
    assert await statements(service, query, carla.token) == (2, 2)
    assert await statements(service, query.replace("totalCount ", ""), carla.token) == (1, 1)


async def test_a_refused_field_costs_nothing(lists: tuple[Service, Carla]) -> None:
    service, _ = lists
    query = (
        "{ packages { nodes { name contract { tariff { name } } invoices { totalCount } } } contracts { totalCount } }"
    )
    for engine in ("reference", "plan"):
        with recording() as texts:
            reply = await service.ask(query, by=Caller.PACKAGE)
        assert {error["extensions"]["code"] for error in reply.errors} == {"FORBIDDEN"}
        assert len([sql for sql in texts if not AUTHENTICATION.match(sql)]) == 1, engine
