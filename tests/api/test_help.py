"""The help: everybody reads it, in their language, answered by plans, and finds nothing else without a session."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.auth import visible
from gateway.auth.viewer import STRANGER
from tests.api.service import Service
from tests.world import ALIVE, PUBLIC, Caller

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASKING = [Caller.ANONYMOUS, *ALIVE]
LIST = """query ($filter: HelpArticleFilter, $search: String, $first: Int, $after: String) {
  helpArticles(filter: $filter, search: $search, first: $first, after: $after) {
    totalCount nodes { slug language kind title } pageInfo { hasNextPage endCursor } edges { cursor node { topic } }
  }
}"""
ONE = "query ($slug: String!, $language: Language) { helpArticle(slug: $slug, language: $language) { title body } }"
CONTACTS = (
    "query ($filter: ContactOptionFilter) { contactOptions(filter: $filter) { nodes { title phone email hours } } }"
)


def slugs(answer: dict[str, Any]) -> list[str]:
    return [node["slug"] for node in answer["helpArticles"]["nodes"]]


@pytest.mark.parametrize("caller", ASKING, ids=str)
@pytest.mark.parametrize(
    ("accept", "title"), [("de-AT,de;q=0.9", "Mein Postfach ist voll"), ("fr", "My mailbox is full")]
)
async def test_everybody_reads_it_in_the_language_of_the_request(
    caller: Caller, accept: str, title: str, shared: Service
) -> None:
    headers = {"accept-language": accept}
    listed = (await shared.both(LIST, by=caller, headers=headers)).data["helpArticles"]
    assert listed["totalCount"] == 3
    assert listed["nodes"][0]["title"] == title
    assert {node["language"] for node in listed["nodes"]} == {accept[:2] if accept != "fr" else "en"}
    found = (await shared.both(ONE, {"slug": "mailbox-full"}, by=caller, headers=headers)).data["helpArticle"]
    assert found["title"] == title
    contacts = (await shared.both(CONTACTS, by=caller, headers=headers)).data["contactOptions"]["nodes"]
    assert [contact["title"] for contact in contacts] == ["Technik" if accept != "fr" else "Technology"]


async def test_a_language_that_is_named_wins_over_the_request_and_one_plan_answers_both(shared: Service) -> None:
    for accept, language, title in (
        ("de", None, "Mein Postfach ist voll"),
        ("de", "EN", "My mailbox is full"),
        ("en", "DE", "Mein Postfach ist voll"),
        ("en", None, "My mailbox is full"),
    ):
        headers, given = {"accept-language": accept}, {"language": language} if language else {}
        one = await shared.both(ONE, {"slug": "mailbox-full"} | given, headers=headers)
        assert one.data["helpArticle"]["title"] == title
        listed = await shared.both(LIST, {"filter": given or None}, headers=headers)
        assert listed.data["helpArticles"]["nodes"][0]["title"] == title


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"filter": {"kind": ["GUIDE"]}}, ["set-up-mail"]),
        ({"filter": {"topic": ["mail"]}}, ["mailbox-full", "set-up-mail"]),
        ({"filter": {"topic": ["nothing"]}}, []),
        ({"search": "GRÖSSE"}, ["set-up-mail"]),
        ({"search": "so geht"}, ["mailbox-full", "certificate", "set-up-mail"]),
        ({"search": "this is how"}, []),
        ({"search": "zertifikat", "filter": {"topic": ["mail"]}}, []),
        ({"first": 1}, ["mailbox-full"]),
    ],
)
async def test_it_is_filtered_and_searched(given: dict[str, Any], found: list[str], shared: Service) -> None:
    answer = (await shared.both(LIST, given, headers={"accept-language": "de"})).data
    assert slugs(answer) == found
    assert answer["helpArticles"]["totalCount"] == (3 if given == {"first": 1} else len(found))


async def test_a_page_is_followed_by_the_next(shared: Service) -> None:
    seen: list[str] = []
    after = None
    for _ in range(3):
        answer = (await shared.both(LIST, {"first": 1, "after": after})).data
        seen += slugs(answer)
        after = answer["helpArticles"]["pageInfo"]["endCursor"]
    assert seen == ["mailbox-full", "certificate", "set-up-mail"]
    assert not answer["helpArticles"]["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize("slug", ["", "nothing", "x" * 10_000, "a\x00b", "mailbox-full\n", "%", "MAILBOX-FULL", "🦆"])
async def test_a_slug_of_nothing_finds_nothing(slug: str, shared: Service) -> None:
    reply = await shared.both(ONE, {"slug": slug})
    assert reply.json == {"data": {"helpArticle": None}}


async def test_plans_answer_it_for_those_without_a_session_too(shared: Service) -> None:
    before = shared.plans.answered
    await shared.both(LIST, {"search": "postfach"})
    await shared.both(ONE, {"slug": "certificate"})
    assert shared.plans.answered > before
    assert [repr(error) for error in shared.plans.failed] == []


async def test_for_nobody_there_are_no_rows_but_what_is_everybodys(shared: Service) -> None:
    there = {}
    for model, rows in visible.BY_MODEL.items():
        assert await model.all().count() or model._meta.db_table not in PUBLIC
        if await rows(STRANGER).count():
            there[model._meta.db_table] = True
    assert set(there) <= PUBLIC | {"package_type"}
    assert set(there) >= PUBLIC
