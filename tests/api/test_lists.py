"""Lists: every order, every page, forward and backward, against an order worked out in Python."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
import pytest_asyncio

from models import Domain, Package
from models.text import folded
from tests.api.conftest import Seeded
from tests.api.long_lists import PACKAGES, Carla, Listed, make_carla
from tests.api.service import WIDE, Service, serving
from tests.world import NOW, open_session

pytestmark = pytest.mark.asyncio(loop_scope="module")

LISTS = (
    "packages", "contracts", "invoices", "sessions", "domains of a package", "mailboxes of a package",
    "invoices of a package",
)  # fmt: skip


@dataclass
class Shop:
    """The gateway, asked as Carla."""

    service: Service
    carla: Carla

    async def page(self, listed: Listed, engine: str = "both", **arguments: Any) -> dict[str, Any]:
        """A page of a list, by both engines, or by whichever comes."""
        asking = self.service.both if engine == "both" else self.service.ask
        data = (await asking(listed.query(), arguments, by=self.carla.token)).data
        page = data["under"]["list"] if listed.under else data["list"]
        assert isinstance(page, dict)
        return page


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(seeded: Seeded) -> AsyncIterator[Shop]:
    async with seeded.copy() as url, serving(url, seeded.world, **WIDE) as service:
        yield Shop(service, await make_carla(seeded.world))


def as_order(order: list[tuple[str, bool]]) -> list[dict[str, str]]:
    return [{"field": name, "direction": "DESC" if down else "ASC"} for name, down in order]


def ids(page: dict[str, Any]) -> list[str]:
    found = [node["id"] for node in page["nodes"]]
    assert found == [edge["node"]["id"] for edge in page["edges"]]
    cursors = [edge["cursor"] for edge in page["edges"]]
    assert len(set(cursors)) == len(cursors)
    info = page["pageInfo"]
    assert (info["startCursor"], info["endCursor"]) == ((cursors[0], cursors[-1]) if cursors else (None, None))
    return found


async def walked(
    shop: Shop, listed: Listed, order: list[tuple[str, bool]], size: int, backward: bool, **more: Any
) -> list[str]:
    """All pages, one after the other, in the order of the list."""
    found: list[str] = []
    given = {**more, "order": as_order(order) or None, "last" if backward else "first": size}
    cursor, totals, pages = None, set(), 0
    while True:
        page = await shop.page(listed, **given, **({"before" if backward else "after": cursor} if cursor else {}))
        pages += 1
        totals.add(page["totalCount"])
        rows, info = ids(page), page["pageInfo"]
        found = [*rows, *found] if backward else [*found, *rows]
        onward, back = ("hasPreviousPage", "hasNextPage") if backward else ("hasNextPage", "hasPreviousPage")
        assert info[back] is (cursor is not None)
        if not info[onward]:
            break
        assert len(rows) == size
        cursor = info["startCursor" if backward else "endCursor"]
    assert totals == {len(found)}
    assert pages == max(1, -(-len(found) // size))
    return found


@pytest.mark.parametrize("name", LISTS)
async def test_every_order_runs_both_ways(name: str, shop: Shop) -> None:
    listed = shop.carla.lists[name]
    for field in listed.keys:
        for down in (False, True):
            expected = listed.ordered([(field, down)])
            page = await shop.page(listed, first=100, order=as_order([(field, down)]))
            assert ids(page) == expected[:100], (field, down)
            assert page["totalCount"] == len(expected) > 20
    assert ids(await shop.page(listed, first=100)) == listed.ordered([])[:100]


@pytest.mark.parametrize("name", LISTS)
async def test_paging_visits_every_row_once_in_order(name: str, shop: Shop) -> None:
    listed, random, rows = shop.carla.lists[name], Random(f"pages of {name}"), 0
    for case in range(12):
        fields = random.sample(list(listed.keys), random.randint(0, min(3, len(listed.keys))))
        order = [(field, random.random() < 0.5) for field in fields]
        size = random.choice([7, 10, 33, 50, 100, len(listed.rows) - 1, len(listed.rows)])
        expected = listed.ordered(order)
        found = await walked(shop, listed, order, min(size, 100), backward=case % 2 == 1)
        assert found == expected, (order, size)
        rows += len(found)
    print(f"\n{name}: 12 walks over {rows} rows, forward and backward, each page by both engines")


@pytest.mark.parametrize("name", [name for name in LISTS if "invoices of" not in name and name != "sessions"])
async def test_a_search_is_paged_like_the_whole(name: str, shop: Shop) -> None:
    listed = shop.carla.lists[name]
    assert listed.searched is not None
    text = {"packages": "ARZTE", "contracts": "zebra", "invoices": "cr-00"}.get(name, "groß")
    expected = [row for row in listed.rows if folded(text) in folded(listed.searched(row))]
    assert 4 < len(expected) < len(listed.rows) or name == "invoices"
    for backward in (False, True):
        assert await walked(shop, listed, [], 3, backward, search=text) == listed.ordered([], expected)


@pytest.mark.parametrize(
    "text",
    [
        "ärzte", "ARZTE", "arzte", "Ärzte", "bäckerei groß", "BACKEREI GROSS", "strasse", "straße", "zebra", "ZEBRA",
        "éclair", "ECLAIR", "łódź", "日本", "ωmega", "ΩMEGA", "finch", "%", "_", "\\", "'", '"', "%_", "50%_", "k\\s",
        "'; DROP TABLE package; --", "bücher", "BUCHER", "xn--", "C-5", "c-5", "  zebra  ", "a b", "a-b", "nothing at all",
        "web s", "b00", "*", "?", "[a-z]", "{", "$1", "?1", ":1", "%s", "e\u0301clair", "A\u0308rzte", "İ", "\u00a0",
    ],
)  # fmt: skip
async def test_a_search_finds_what_a_person_means(text: str, shop: Shop) -> None:
    listed = shop.carla.lists["packages"]
    assert listed.searched is not None
    needle = folded(text.strip())
    expected = [row for row in listed.rows if needle in folded(listed.searched(row))] if needle else listed.rows
    page = await shop.page(listed, first=100, search=text)
    assert ids(page) == listed.ordered([], expected)[:100]
    assert page["totalCount"] == len(expected)


async def test_an_empty_search_is_none(shop: Shop) -> None:
    for text in ("", " ", "\u3000", None):
        assert (await shop.page(shop.carla.lists["packages"], first=1, search=text))["totalCount"] == PACKAGES


async def test_filters_are_met_all_at_once(shop: Shop) -> None:
    query = "query($filter: PackageFilter) { packages(first: 100, filter: $filter) { totalCount nodes { id } } }"
    rows, listed = shop.carla.lists["packages"].rows, shop.carla.lists["packages"]
    day = sorted({row.created_at for row in rows})[2]
    for given, meets in (
        ({"state": ["ACTIVE"]}, lambda row: row.state.value == "ACTIVE"),
        ({"state": ["ACTIVE", "ENDED"]}, lambda row: row.state.value in ("ACTIVE", "ENDED")),
        ({"state": []}, lambda row: False),
        ({"state": None}, lambda row: True),
        ({}, lambda row: True),
        (None, lambda row: True),
        ({"type": ["web-s2", "mail"]}, lambda row: row.type.code in ("web-s2", "mail")),
        ({"type": ["no such kind", "' OR 1=1 --", "%"]}, lambda row: False),
        ({"family": ["web"]}, lambda row: row.type.family == "web"),
        ({"createdFrom": day.isoformat()}, lambda row: row.created_at >= day),
        ({"createdTo": day.isoformat()}, lambda row: row.created_at <= day),
        ({"createdFrom": day.isoformat(), "createdTo": day.isoformat()}, lambda row: row.created_at == day),
        (
            {"state": ["ACTIVE"], "family": ["web"], "createdFrom": day.isoformat()},
            lambda row: row.state.value == "ACTIVE" and row.type.family == "web" and row.created_at >= day,
        ),
        ({"createdFrom": "9999-12-31T23:59:59Z"}, lambda row: False),
        ({"createdTo": "0001-01-01T00:00:00Z"}, lambda row: False),
    ):
        expected = [row for row in rows if meets(row)]
        packages = (await shop.service.both(query, {"filter": given}, by=shop.carla.token)).data["packages"]
        assert packages["totalCount"] == len(expected), given
        assert [node["id"] for node in packages["nodes"]] == listed.ordered([], expected)[:100], given


async def test_an_instant_in_another_time_zone_is_the_same_instant(shop: Shop) -> None:
    query = "query($filter: PackageFilter) { packages(filter: $filter) { totalCount } }"
    totals = set()
    for text in (
        "2026-03-01T12:00:00Z",
        "2026-03-01T13:00:00+01:00",
        "2026-03-01T00:30:00-11:30",
        "2026-03-01T12:00:00.000Z",
    ):
        data = (await shop.service.both(query, {"filter": {"createdFrom": text}}, by=shop.carla.token)).data
        totals.add(data["packages"]["totalCount"])
    assert len(totals) == 1
    assert 0 < totals.pop() < PACKAGES


async def test_lists_under_many_rows_are_those_of_each_row(shop: Shop) -> None:
    domains = await Domain.filter(customer_id=shop.carla.customer)
    query = (
        "query($n: Int, $last: Int, $order: [DomainOrder!], $search: String) { packages(first: 100) { nodes { id domainCount"
        " mainDomain domains(first: $n, last: $last, orderBy: $order, search: $search)"
        " { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage } } } } }"
    )
    key = shop.carla.lists["domains of a package"]
    cases: tuple[tuple[dict[str, Any], bool], ...] = (
        ({"n": 2}, False), ({"last": 2}, True), ({"n": 1, "order": as_order([("CREATED", True)])}, False),
        ({"n": 3, "search": "ZOO"}, False), ({"last": 1, "search": "xn--"}, True),
    )  # fmt: skip
    for given, backward in cases:
        nodes = (await shop.service.both(query, given, by=shop.carla.token)).data["packages"]["nodes"]
        assert len(nodes) == 100
        for node in nodes:
            own = [row for row in domains if row.package_id == node["id"]]
            assert node["domainCount"] == len(own)
            needle = folded(str(given.get("search", "")))
            shown = [row for row in own if needle in folded(f"{row.name}\n{row.ascii_name}")]
            order = [("CREATED", True)] if "order" in given else []
            ordered, size = key.ordered(order, shown), int(given.get("n") or given["last"])
            page = node["domains"]
            assert [entry["id"] for entry in page["nodes"]] == (ordered[-size:] if backward else ordered[:size])
            assert page["totalCount"] == len(shown)
            assert page["pageInfo"] == {
                "hasNextPage": not backward and len(shown) > size, "hasPreviousPage": backward and len(shown) > size
            }  # fmt: skip


async def test_the_main_domain_is_the_one_marked_or_else_the_oldest(shop: Shop) -> None:
    query = "{ packages(first: 100) { nodes { id mainDomain } } }"
    domains = await Domain.filter(customer_id=shop.carla.customer)
    for node in (await shop.service.both(query, by=shop.carla.token)).data["packages"]["nodes"]:
        own = sorted(
            (row for row in domains if row.package_id == node["id"]), key=lambda r: (not r.main, r.created_at, r.id)
        )
        assert node["mainDomain"] == (own[0].name if own else None)


async def test_a_row_that_vanishes_between_two_pages_takes_no_other_along(shop: Shop) -> None:
    listed = shop.carla.lists["packages"]
    fresh = [
        await Package.create(
            customer_id=shop.carla.customer, type_id=shop.carla.types["mail"].id, name=f"ZZZ {number}",
            identification=f"zzz{number}", order_number=f"zzz{number}", state="ACTIVE", created_at=NOW,
        )
        for number in range(7)
    ]  # fmt: skip
    first = await shop.page(listed, search="zzz", first=3)
    assert ids(first) == [row.id for row in fresh[:3]]
    await fresh[2].delete()  # the row of the cursor itself
    await fresh[3].delete()
    second = await shop.page(listed, search="zzz", first=3, after=first["pageInfo"]["endCursor"])
    assert ids(second) == [row.id for row in fresh[4:]]
    assert second["totalCount"] == 5
    back = await shop.page(listed, search="zzz", last=3, before=second["pageInfo"]["startCursor"])
    assert ids(back) == [row.id for row in fresh[:2]]
    end = await shop.page(listed, search="zzz", first=3, after=second["pageInfo"]["endCursor"])
    assert ids(end) == []
    assert end["pageInfo"] == {
        "hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None
    }  # fmt: skip
    assert end["totalCount"] == 5
    for row in fresh:
        await Package.filter(id=row.id).delete()


async def test_the_list_of_somebody_with_nothing_is_empty(shop: Shop) -> None:
    from models import Customer

    anna = await Customer.get(number="10001")
    lonely = await Customer.create(
        number="10009", kind="PERSON", last_name="Leer", street="Weg", postcode="1", city="Ulm", country="DE",
        email="leer@example.com", password_hash=anna.password_hash, password_changed_at=NOW, created_at=NOW,
    )  # fmt: skip
    _, token = await open_session(lonely.id)
    for name in ("packages", "contracts", "invoices"):
        for given in ({"first": 5}, {"last": 5}):
            reply = await shop.service.both(shop.carla.lists[name].query(), given, by=token)
            assert reply.data["list"] == {
                "totalCount": 0, "nodes": [], "edges": [],
                "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None},
            }  # fmt: skip
