"""A request that arrives twice does its work once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from gateway.auth.idempotency import KEPT, Attempt
from gateway.auth.viewer import SCOPES_OF, Viewer
from gateway.errors import ErrorCode, GatewayError
from models import IdempotencyKey, PhoneNumber, SessionKind
from tests.auth.conftest import KEYRING, START, People

TOUCH = timedelta(microseconds=1)


@dataclass
class Given:
    """The input of some mutation."""

    idempotency_key: str
    number: str = "+4930123456"
    note: str | None = None


@dataclass
class Work:
    """Something that must happen once: a phone number is written each time."""

    customer_id: str
    done: int = 0

    async def __call__(self) -> str:
        self.done += 1
        row = await PhoneNumber.create(customer_id=self.customer_id, kind="MOBILE", number=f"+49301234{self.done:03}")
        return str(row.id)


def viewer_of(people: People, other: bool = False) -> Viewer:
    customer = people.otto if other else people.eve
    return Viewer(SessionKind.CUSTOMER, customer.id, None, SCOPES_OF[SessionKind.CUSTOMER], "ses_1")


def attempt(
    people: People, given: Given, mutation: str = "phone", other: bool = False, late: timedelta = TOUCH
) -> Attempt:
    return Attempt.of(KEYRING, viewer_of(people, other), mutation, given, START + late)


async def test_what_is_sent_again_gets_what_was_made_and_is_not_done_again(people: People) -> None:
    work = Work(people.eve.id)
    first = attempt(people, Given("k1"))
    assert await first.before() is None
    made = await first.once(work)
    again = attempt(people, Given("k1"), late=KEPT - TOUCH)
    assert (await again.before(), await again.once(work)) == (made, made)
    assert (work.done, await PhoneNumber.all().count()) == (1, 1)


async def test_a_key_is_of_one_customer_and_one_mutation(people: People) -> None:
    work = Work(people.eve.id)
    made = {
        await attempt(people, Given("k1")).once(work),
        await attempt(people, Given("k1"), mutation="mail").once(work),
        await attempt(people, Given("k1"), other=True).once(work),
        await attempt(people, Given("k2")).once(work),
    }
    assert (len(made), work.done) == (4, 4)


@pytest.mark.parametrize("given", [Given("k1", "+4930123457"), Given("k1", note="")])
async def test_a_key_with_another_input_is_refused_and_nothing_is_done(people: People, given: Given) -> None:
    work = Work(people.eve.id)
    await attempt(people, Given("k1")).once(work)
    for use in (attempt(people, given).before(), attempt(people, given).once(work)):
        with pytest.raises(GatewayError) as refused:
            await use
        assert (refused.value.code, refused.value.path) == (
            ErrorCode.IDEMPOTENCY_KEY_REUSED, ("input", "idempotencyKey"),
        )  # fmt: skip
    assert work.done == 1


async def test_what_failed_left_nothing_and_may_be_sent_again(people: People) -> None:
    work = Work(people.eve.id)

    async def fail() -> str:
        await work()
        raise GatewayError(ErrorCode.CONFLICT, "package.changed_meanwhile")

    with pytest.raises(GatewayError):
        await attempt(people, Given("k1")).once(fail)
    assert (await IdempotencyKey.all().count(), await PhoneNumber.all().count()) == (0, 0)
    await attempt(people, Given("k1")).once(work)
    assert await PhoneNumber.all().count() == 1


async def test_a_key_is_forgotten_after_a_day(people: People) -> None:
    work = Work(people.eve.id)
    made = await attempt(people, Given("k1")).once(work)
    late = attempt(people, Given("k1", "+4930123457"), late=KEPT + TOUCH)
    assert await late.before() is None
    assert await late.once(work) != made


async def test_of_many_at_once_one_does_it_and_all_get_what_it_made(people: People) -> None:
    work = Work(people.eve.id)
    made = await asyncio.gather(*(attempt(people, Given("k1")).once(work) for _ in range(8)))
    assert len(set(made)) == 1
    assert (work.done, await PhoneNumber.all().count()) == (1, 1)


@pytest.mark.parametrize("key", ["", "a b", "ä", "a\n", "x" * 256])
def test_a_key_is_short_visible_ascii(key: str) -> None:
    viewer = Viewer(SessionKind.CUSTOMER, "cus_1", None, SCOPES_OF[SessionKind.CUSTOMER], "ses_1")
    with pytest.raises(GatewayError) as refused:
        Attempt.of(KEYRING, viewer, "phone", Given(key), START)
    assert refused.value.code is ErrorCode.BAD_USER_INPUT
