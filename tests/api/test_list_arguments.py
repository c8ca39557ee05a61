"""Arguments a list cannot use: refused with a code, never an error of ours, never what was sent in the answer."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from models.ids import new_id
from tests.api.conftest import Seeded
from tests.api.long_lists import Carla, make_carla
from tests.api.service import WIDE, Reply, Service, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "geheim-4711"


class Lists:
    """The gateway, asked for Carla's packages."""

    def __init__(self, service: Service, carla: Carla) -> None:
        self.service = service
        self.carla = carla

    async def ask(self, name: str = "packages", **arguments: Any) -> Reply:
        """A page by both engines."""
        return await self.service.both(self.carla.lists[name].query(), arguments, by=self.carla.token)

    async def refused(self, name: str = "packages", **arguments: Any) -> None:
        """It is refused as bad input; whatever else was asked is answered."""
        reply = await self.ask(name, **arguments)
        assert reply.status == 200
        assert reply.code == "BAD_USER_INPUT", (arguments, reply.body)
        place = ["under", "list"] if self.carla.lists[name].under else ["list"]
        assert reply.errors[0]["path"] == place
        assert SECRET not in reply.body.decode()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lists(seeded: Seeded) -> AsyncIterator[Lists]:
    async with seeded.copy() as url, serving(url, seeded.world, **WIDE) as service:
        yield Lists(service, await make_carla(seeded.world))


NESTED = "domains of a package"


@pytest.mark.parametrize("name", ["packages", "contracts", "invoices", "sessions", NESTED, "invoices of a package"])
@pytest.mark.parametrize(
    "arguments",
    [
        {"first": 0}, {"first": -1}, {"first": 101}, {"first": 2_147_483_647}, {"last": 0}, {"last": -1}, {"last": 101},
        {"first": 5, "last": 5}, {"first": 0, "last": 0}, {"first": 101, "last": -1},
    ],
    ids=str,
)  # fmt: skip
async def test_a_size_out_of_range_is_refused(name: str, arguments: dict[str, int], lists: Lists) -> None:
    await lists.refused(name, **arguments)


@pytest.mark.parametrize("name", ["packages", NESTED])
async def test_sizes_at_the_edge_are_answered(name: str, lists: Lists) -> None:
    for arguments, most in (({"first": 1}, 1), ({"last": 1}, 1), ({"first": 100}, 100), ({"last": 100}, 100), ({}, 20)):
        data = (await lists.ask(name, **arguments)).data
        page = data["under"]["list"] if "under" in data else data["list"]
        assert len(page["nodes"]) == min(most, len(lists.carla.lists[name].rows))


async def cursor(lists: Lists, name: str = "packages", **arguments: Any) -> str:
    data = (await lists.ask(name, first=1, **arguments)).data
    found = (data["under"]["list"] if "under" in data else data["list"])["pageInfo"]["endCursor"]
    assert isinstance(found, str)
    return found


async def test_a_cursor_goes_with_the_size_of_its_direction(lists: Lists) -> None:
    here = await cursor(lists)
    for arguments in (
        {"first": 2, "before": here}, {"last": 2, "after": here}, {"before": here}, {"after": here, "before": here},
        {"first": 2, "after": here, "before": here}, {"last": 2, "after": here, "before": here},
    ):  # fmt: skip
        await lists.refused(**arguments)
    assert (await lists.ask(after=here)).data["list"]["nodes"]


async def test_a_cursor_of_another_list_or_order_is_refused(lists: Lists) -> None:
    order = [{"field": "NAME", "direction": "DESC"}]
    for name, given in (
        ("contracts", {}), ("invoices", {}), ("sessions", {}), (NESTED, {}), ("packages", {"order": order}),
        ("packages", {"order": [{"field": "CREATED"}]}),
        ("packages", {"order": [{"field": "NAME"}, {"field": "CREATED"}]}),
    ):  # fmt: skip
        foreign = await cursor(lists, name, **given)
        await lists.refused(first=2, after=foreign)
        await lists.refused(last=2, before=foreign)
    mailboxes = await cursor(lists, "mailboxes of a package")
    await lists.refused(NESTED, first=2, after=mailboxes)
    of_all = await cursor(lists, "invoices")
    await lists.refused("invoices of a package", first=2, after=of_all)


async def test_the_default_order_written_out_takes_the_cursors_of_the_default(lists: Lists) -> None:
    here = await cursor(lists)
    reply = await lists.ask(first=2, after=here, order=[{"field": "NAME", "direction": "ASC"}])
    assert len(reply.data["list"]["nodes"]) == 2


def encoded(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


async def garbage(lists: Lists) -> list[str]:
    """Texts that are no cursor of the list of packages, though some begin like one."""
    here = await cursor(lists)
    mark, name, id = json.loads(base64.urlsafe_b64decode(here + "=" * (-len(here) % 4)))
    return [
        "", " ", "x", "=", "====", "null", SECRET, "ü", "\x00", "%", "'", "🦆", "a" * 5_000, "A" * 60_000,
        here[:-1], here + "A", here + "====", here[::-1], f" {here}", f"{here} ", here.swapcase(),
        encoded(), encoded(mark), encoded(mark, id), encoded(mark, name, id, id), encoded(mark, name, "no id"),
        encoded(mark, name, None), encoded(mark, name, 5), encoded(mark, None, id), encoded(mark, 5, id),
        encoded(mark, [name], id), encoded(mark, {"a": 1}, id), encoded(mark, name, [id]), encoded("", name, id),
        encoded(None, name, id), encoded(mark, f"{name}\x00", id), encoded(mark, True, id), encoded(mark, 1e400, id),
        encoded(mark, name, id)[:-2], base64.b64encode(b"\xff\xfe").decode(), base64.b64encode(b"[").decode(),
        base64.b64encode(b"[" * 20_000).decode(), base64.urlsafe_b64encode(b'{"a":1}').decode(),
        base64.urlsafe_b64encode(f'["{mark}","\\ud800","{id}"]'.encode()).decode().rstrip("="),
    ]  # fmt: skip


async def test_a_text_that_is_no_cursor_is_refused(lists: Lists) -> None:
    texts = await garbage(lists)
    for text in texts:
        await lists.refused(first=2, after=text)
        await lists.refused(last=2, before=text)
    print(f"\ntexts that are no cursor: {len(texts)}")


async def test_a_cursor_with_values_of_another_type_is_refused(lists: Lists) -> None:
    for name, field in (("packages", "CREATED"), ("invoices", "ISSUED_ON"), ("invoices", "TOTAL"), (NESTED, "CREATED")):
        order = [{"field": field, "direction": "ASC"}]
        mark = json.loads(base64.urlsafe_b64decode(await cursor(lists, name, order=order) + "=="))[0]
        id = new_id("pkg")
        values: tuple[Any, ...] = (
            "yesterday", "2026-13-45", "", 5.5, None, True, [], "9" * 400, 2**63, -(2**64), "2026-01-01T00:00:00",
            "0000-00-00", "10000-01-01", "2026-01-01T00:00:00+99:99", {"a": 1},
        )  # fmt: skip
        for value in values:
            reply = await lists.ask(name, first=2, after=encoded(mark, value, id), order=order)
            codes = {error["extensions"]["code"] for error in reply.errors}
            assert codes in ({"BAD_USER_INPUT"}, set()), (field, value, reply.body)
            assert reply.status == 200


async def test_a_cursor_made_up_in_the_right_form_shows_nothing_but_ones_own(lists: Lists) -> None:
    mark = json.loads(base64.urlsafe_b64decode(await cursor(lists) + "=="))[0]
    mine = {row.pk for row in lists.carla.lists["packages"].rows}
    for name in ("", "a", "zzzz", "\U0010ffff", "%"):
        page = (await lists.ask(first=100, after=encoded(mark, name, new_id("pkg")))).data["list"]
        assert {node["id"] for node in page["nodes"]} <= mine
        assert page["totalCount"] == len(mine)


@pytest.mark.parametrize("name", ["packages", "contracts", "invoices", NESTED])
@pytest.mark.parametrize(
    "text",
    ["x" * 101, "x" * 10_000, "ü" * 101, "a\x00b", "\x00", "a\nb", "\t" + SECRET, "\x1b[31m", "\x7f", "a\x85b"],
    ids=lambda text: f"{len(text)} {text[:5]!r}",
)
async def test_a_search_that_is_too_long_or_has_control_characters_is_refused(
    name: str, text: str, lists: Lists
) -> None:
    await lists.refused(name, search=text)


async def test_a_search_of_the_longest_kind_is_answered(lists: Lists) -> None:
    for text in ("x" * 100, "ﷺ" * 100, "ß" * 100, "🦆" * 100):
        assert (await lists.ask(search=text)).data["list"]["totalCount"] == 0


async def test_half_a_character_is_no_text(lists: Lists) -> None:
    body = json.dumps({"query": lists.carla.lists["packages"].query(), "variables": {"search": "\ud800"}})
    headers = {"authorization": f"Bearer {lists.carla.token}", "content-type": "application/json"}
    for _ in range(2):
        response = await lists.service.http.post("/graphql", content=body, headers=headers)
        assert response.status_code < 500
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_an_order_names_each_field_once(lists: Lists) -> None:
    once, again = {"field": "NAME", "direction": "ASC"}, {"field": "NAME", "direction": "DESC"}
    await lists.refused(order=[once, once])
    await lists.refused(order=[once, {"field": "CREATED"}, again])
    await lists.refused(order=[once] * 1_000)
    assert (await lists.ask(order=[])).data == (await lists.ask()).data


@pytest.mark.parametrize("field", ["SECRET", "name", "", "NAME; DROP TABLE", 5, None, ["NAME"], "name_key"], ids=repr)
async def test_an_order_by_an_unknown_field_names_the_variable_and_nothing_else(field: Any, lists: Lists) -> None:
    reply = await lists.ask(order=[{"field": field}])
    assert (reply.status, reply.code) == (200, "BAD_USER_INPUT")
    assert "$order" in reply.errors[0]["message"]
    assert "data" not in reply.json
    assert str(field) == "" or f'"{field}"' not in reply.body.decode()


async def test_a_literal_of_an_unknown_field_is_an_invalid_document(lists: Lists) -> None:
    reply = await lists.service.ask("{ packages(orderBy: [{field: SECRET}]) { totalCount } }", by=lists.carla.token)
    assert reply.code == "GRAPHQL_VALIDATION_FAILED"


async def test_a_filter_takes_fifty_values(lists: Lists) -> None:
    query = "query($filter: PackageFilter) { packages(filter: $filter) { totalCount } }"
    for count, refused in ((50, False), (51, True), (5_000, True)):
        reply = await lists.service.both(query, {"filter": {"type": ["mail"] * count}}, by=lists.carla.token)
        if refused:
            assert reply.code == "BAD_USER_INPUT"
        else:
            assert reply.data["packages"]["totalCount"] > 0
    for value in ("a\x00b", "\x1b"):
        assert (
            await lists.service.both(query, {"filter": {"type": [value]}}, by=lists.carla.token)
        ).code == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "variables",
    [
        {"filter": {"createdFrom": "yesterday"}}, {"filter": {"createdFrom": "2026-01-01"}}, {"filter": {"createdFrom": 5}},
        {"filter": {"createdFrom": "2026-01-01T00:00:00"}}, {"filter": {"state": ["NOT A STATE"]}}, {"filter": {"nope": 1}},
        {"filter": {"state": [None]}}, {"filter": []}, {"filter": "x"}, {"filter": {"type": [5]}}, {"first": "5"},
        {"first": 1.5}, {"first": 2**31}, {"first": True}, {"search": 5}, {"search": ["a"]}, {"search": {"a": SECRET}},
        {"filter": {"createdTo": "2026-02-30T00:00:00Z"}}, {"filter": {"createdTo": "x" * 10_000}},
    ],
    ids=lambda given: str(given)[:60],
)  # fmt: skip
async def test_values_of_a_wrong_type_name_the_variable_and_nothing_else(variables: Any, lists: Lists) -> None:
    query = (
        "query($filter: PackageFilter, $first: Int, $search: String)"
        " { packages(filter: $filter, first: $first, search: $search) { totalCount } }"
    )
    reply = await lists.service.both(query, variables, by=lists.carla.token)
    assert (reply.status, reply.code) == (200, "BAD_USER_INPUT")
    (name,) = variables
    assert reply.errors[0]["message"].endswith(f": ${name}.")
    assert SECRET not in reply.body.decode()
    assert len(reply.body) < 400
