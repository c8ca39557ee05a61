"""Totals, orders, filters and searches tell nothing of what a caller cannot see (SECURITY Z6)."""

from __future__ import annotations

import pytest

from tests.api.service import Service
from tests.world import Caller

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOTALS = "query($search: String) { packages(search: $search) { totalCount nodes { id name } } }"


@pytest.mark.parametrize(
    ("caller", "search", "found"),
    [
        (Caller.OWNER, "A-0000", 8),  # order numbers
        (Caller.PACKAGE, "A-0000", 0),
        (Caller.SIBLING, "a-00008", 0),
        (Caller.NARROW_TECHNICAL, "A-0000", 0),
        (Caller.OWNER, "verein.example", 1),  # the sibling's domain
        (Caller.PACKAGE, "verein.example", 0),
        (Caller.SIBLING, "verein.example", 1),
        (Caller.NARROW_TECHNICAL, "verein.example", 0),  # has no DOMAIN_READ
        (Caller.PACKAGE, "laden.example", 1),
        (Caller.PACKAGE, "Club", 0),  # the sibling's name
        (Caller.OWNER, "club", 1),
        (Caller.NARROW_TECHNICAL, "club", 1),
        (Caller.OTHER, "club", 0),
        (Caller.OTHER, "laden", 0),
        (Caller.OWNER, "konkurrenz", 0),  # another customer's
        (Caller.OTHER, "konkurrenz", 1),
        (Caller.PACKAGE, "V-00013", 0),  # its own contract's number
        (Caller.PACKAGE, "Anna", 0),
    ],
)
async def test_a_search_finds_what_is_there_for_the_caller(
    caller: Caller, search: str, found: int, shared: Service
) -> None:
    packages = (await shared.both(TOTALS, {"search": search}, by=caller)).data["packages"]
    assert packages["totalCount"] == len(packages["nodes"]) == found


@pytest.mark.parametrize(
    ("caller", "total"),
    [
        (Caller.OWNER, 8),
        (Caller.OTHER, 1),
        (Caller.PACKAGE, 1),
        (Caller.SIBLING, 1),
        (Caller.NARROW_TECHNICAL, 8),
    ],
    ids=str,
)
async def test_totals_count_what_is_there_for_the_caller(caller: Caller, total: int, shared: Service) -> None:
    data = (await shared.both("{ packages(first: 1) { totalCount } all: packages { nodes { id } } }", by=caller)).data
    assert data["packages"]["totalCount"] == len(data["all"]["nodes"]) == total


@pytest.mark.parametrize("caller", [Caller.PACKAGE, Caller.SIBLING, Caller.NARROW_TECHNICAL], ids=str)
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_an_order_by_what_is_hidden_is_refused(caller: Caller, direction: str, shared: Service) -> None:
    for order in (
        f"[{{field: ORDER_NUMBER, direction: {direction}}}]",
        f"[{{field: NAME}}, {{field: ORDER_NUMBER, direction: {direction}}}]",
    ):
        reply = await shared.both(f"{{ packages(orderBy: {order}) {{ totalCount }} viewer {{ scopes }} }}", by=caller)
        assert reply.code == "FORBIDDEN"
        assert reply.errors[0]["extensions"]["requiredScope"] == "CONTRACT_READ"
        assert reply.json["data"]["packages"] is None
        assert reply.json["data"]["viewer"]["scopes"], "the rest lives on"


async def test_contract_lists_tell_nothing_of_packages_to_a_token_without_their_scope(shared: Service) -> None:
    caller = Caller.NARROW_CONTRACTUAL
    ordered = "{ contracts(orderBy: [{field: PACKAGE_NAME}]) { totalCount pageInfo { endCursor } } }"
    reply = await shared.both(ordered, by=caller)
    assert (reply.code, reply.json["data"]) == ("FORBIDDEN", {"contracts": None})
    assert reply.errors[0]["extensions"]["requiredScope"] == "PACKAGE_READ"
    searched = '{ contracts(search: "shop") { totalCount } all: contracts { totalCount } }'
    data = (await shared.both(searched, by=caller)).data
    assert (data["contracts"]["totalCount"], data["all"]["totalCount"]) == (0, 6)
    owners = (await shared.both(searched, by=Caller.OWNER)).data
    assert owners["contracts"]["totalCount"] == 1


async def test_counts_under_a_row_count_what_is_there(shared: Service) -> None:
    query = '{ packages(search: "shop") { nodes { domainCount mailboxCount mainDomain domains { totalCount } } } }'
    for caller in (Caller.OWNER, Caller.PACKAGE):
        (node,) = (await shared.both(query, by=caller)).data["packages"]["nodes"]
        assert node == {
            "domainCount": 2, "mailboxCount": 2, "mainDomain": "bücher-müller.example", "domains": {"totalCount": 2}
        }  # fmt: skip
