"""Feedback is kept and told to the operator, by whomever it is given, so often an hour, and never told back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from models import Feedback, OutboxMessage
from models.database import in_unit_of_work
from tests.api.conftest import Serve
from tests.api.service import Service
from tests.world import NOW, Caller

GIVE = "mutation ($input: FeedbackCreateInput!) { feedbackCreate(input: $input) { errors { code message path retryAfter } } }"


async def give(service: Service, by: Caller | str = Caller.ANONYMOUS, **given: Any) -> list[dict[str, Any]]:
    reply = await service.ask(GIVE, {"input": {"rating": 5} | given}, by=by)
    errors: list[dict[str, Any]] = reply.data["feedbackCreate"]["errors"]
    return errors


async def test_feedback_is_kept_with_who_gave_it(service: Service) -> None:
    world = service.world
    for caller in (Caller.ANONYMOUS, Caller.OWNER, Caller.PACKAGE):
        assert (
            await give(service, caller, rating=2, text=" Gut\r\nerklärt ", page="https://my.host.example/a?code=s#x")
            == []
        )
    kept = {(row.customer_id, row.package_id) for row in await Feedback.all()}
    owner, shop = world.owner.customer, world.owner.packages["shop"]
    assert kept == {(None, None), (owner, None), (owner, shop)}
    row = await Feedback.first()
    assert row is not None
    assert (row.rating, row.text, row.page) == (2, "Gut\nerklärt", "https://my.host.example/a")
    assert row.created_at == NOW


async def test_feedback_is_told_to_the_operator_and_nobody_is_named(serve: Serve) -> None:
    async with serve(feedback_email="help@host.example") as service:
        assert await give(service, Caller.OWNER, text="Gut\nerklärt", page="/help") == []
        message = await OutboxMessage.get(kind="mail.feedback_received")
        row = await Feedback.get()
    assert message.customer_id is None
    assert message.payload == {
        "to": ["help@host.example"],
        "language": "en",
        "at": NOW.isoformat(),
        "rating": 5,
        "page": "/help",
        "text": ["Gut", "erklärt"],
        "feedback_id": row.id,
    }


async def test_without_an_address_of_the_operator_it_is_only_kept(service: Service) -> None:
    assert await give(service) == []
    assert await Feedback.all().count() == 1
    assert await OutboxMessage.filter(kind="mail.feedback_received").count() == 0


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"rating": 0}, "rating"),
        ({"rating": 6}, "rating"),
        ({"rating": -(2**31)}, "rating"),
        ({"text": "x" * 4_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "a\x1b[31m"}, "text"),
        ({"page": "/" + "x" * 200}, "page"),
        ({"page": "/a\nb"}, "page"),
    ],
)
async def test_bad_feedback_is_refused_by_its_part_and_nothing_is_written(
    given: dict[str, Any], name: str, service: Service
) -> None:
    (error,) = await give(service, **given)
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["input", name])
    assert await Feedback.all().count() == 0
    for _ in range(60):
        await give(service, **given)
    assert await give(service) == []  # what is refused uses nothing up


async def test_the_longest_feedback_is_taken_and_an_empty_one_is_no_text(service: Service) -> None:
    assert await give(service, text="ü" * 4_000, page="/" + "x" * 199 + "?" + "y" * 5_000) == []
    assert await give(service, text=" \n ", page="#top") == []
    texts = [row.text and len(row.text) for row in await Feedback.all().order_by("id")]
    assert texts == [4_000, None]


async def test_feedback_is_limited_for_a_session_and_for_an_address(service: Service) -> None:
    owner = await service.token(Caller.OWNER)
    for _ in range(10):
        assert await give(service, owner) == []
    (error,) = await give(service, owner)
    assert (error["code"], error["path"]) == ("RATE_LIMITED", None)
    assert 0 < error["retryAfter"] <= 3_600
    assert await give(service, await service.token(Caller.OTHER)) == []
    codes = [[e["code"] for e in await give(service, await service.token(Caller.OTHER))] for _ in range(40)]
    assert codes[-1] == ["RATE_LIMITED"]
    assert await Feedback.all().count() <= 40
    service.clock.wait(minutes=61)
    assert await give(service) == []


async def test_of_many_at_once_no_more_are_taken_than_the_limit(service: Service) -> None:
    owner = await service.token(Caller.OWNER)
    errors = await asyncio.gather(*(give(service, owner) for _ in range(60)))
    codes = [error["code"] for told in errors for error in told]
    assert codes == ["RATE_LIMITED"] * 50
    assert await Feedback.all().count() == 10
    # What the session had no right to took nothing from the others at its address.
    assert await give(service, await service.token(Caller.OTHER)) == []


async def test_a_unit_of_work_that_fails_keeps_no_half_of_it(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serve(feedback_email="help@host.example") as service:

        async def fail(**given: Any) -> OutboxMessage:
            raise RuntimeError("the disk is gone")

        monkeypatch.setattr(OutboxMessage, "create", fail)
        reply = await service.ask(GIVE, {"input": {"rating": 1}})
        assert reply.code == "INTERNAL"
        assert await in_unit_of_work(lambda: Feedback.all().count()) == 0
