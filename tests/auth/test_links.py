"""Codes in mails: good once, for one purpose, for a while."""

from __future__ import annotations

import asyncio

import pytest

from gateway.auth.links import find_link, issue_link, redeem_link, void_links
from gateway.auth.tokens import TokenKind, new_token
from models import LinkCode, LinkPurpose
from models.database import in_unit_of_work
from tests.auth.conftest import Door, People
from tests.auth.test_secrets_at_rest import dump

RESET, CHANGE = LinkPurpose.PASSWORD_RESET, LinkPurpose.EMAIL_CHANGE


async def issue(door: Door, customer_id: str, purpose: LinkPurpose = RESET, email: str = "eve@example.com") -> str:
    """A code for half an hour."""
    return await in_unit_of_work(lambda: issue_link(customer_id, purpose, email, door.now, 1_800))


async def redeem(door: Door, code: str, purpose: LinkPurpose = RESET) -> LinkCode | None:
    return await in_unit_of_work(lambda: redeem_link(code, purpose, door.now))


async def test_a_code_is_good_once_and_says_whose_it_is_and_where_it_was_sent(door: Door, people: People) -> None:
    code = await issue(door, people.eve.id)
    found = await redeem(door, code)
    assert found is not None
    assert (found.customer_id, found.email, found.used_at) == (people.eve.id, "eve@example.com", door.now)
    assert await redeem(door, code) is None


async def test_a_code_lasts_as_long_as_was_said(door: Door, people: People) -> None:
    eves, ottos = await issue(door, people.eve.id), await issue(door, people.otto.id)
    door.wait(seconds=1_800, microseconds=-1)
    assert await redeem(door, eves) is not None
    door.wait(microseconds=1)
    assert await redeem(door, ottos) is None


async def test_a_code_is_for_its_purpose_alone_and_stays_good_for_it(door: Door, people: People) -> None:
    code = await issue(door, people.eve.id, CHANGE)
    assert await redeem(door, code, RESET) is None
    assert await redeem(door, code, CHANGE) is not None


async def test_a_newer_code_voids_the_earlier_ones_of_its_customer_and_purpose(door: Door, people: People) -> None:
    old = await issue(door, people.eve.id)
    change, ottos = await issue(door, people.eve.id, CHANGE), await issue(door, people.otto.id)
    new = await issue(door, people.eve.id)
    assert await redeem(door, old) is None
    for code, purpose in ((new, RESET), (change, CHANGE), (ottos, RESET)):
        assert await redeem(door, code, purpose) is not None


async def test_a_code_that_is_only_looked_for_stays_good(door: Door, people: People) -> None:
    code = await issue(door, people.eve.id)
    for _ in range(2):
        found = await find_link(code, RESET, door.now)
        assert found is not None
        assert found.customer_id == people.eve.id
    assert await find_link(code, CHANGE, door.now) is None
    assert await redeem(door, code) is not None
    assert await find_link(code, RESET, door.now) is None


async def test_all_codes_of_a_customer_can_be_voided(door: Door, people: People) -> None:
    reset, change = await issue(door, people.eve.id), await issue(door, people.eve.id, CHANGE)
    ottos = await issue(door, people.otto.id)
    await in_unit_of_work(lambda: void_links(people.eve.id))
    assert await redeem(door, reset) is None
    assert await redeem(door, change, CHANGE) is None
    assert await redeem(door, ottos) is not None


async def test_of_parallel_uses_of_a_code_one_wins(door: Door, people: People) -> None:
    code = await issue(door, people.eve.id)
    uses = await asyncio.gather(*(redeem(door, code) for _ in range(50)))
    assert [use.customer_id for use in uses if use is not None] == [people.eve.id]


async def test_of_codes_issued_at_once_one_is_good(door: Door, people: People) -> None:
    codes = await asyncio.gather(*(issue(door, people.eve.id) for _ in range(10)))
    assert len([code for code in codes if await redeem(door, code) is not None]) == 1


async def test_a_use_that_is_rolled_back_leaves_the_code_good(door: Door, people: People) -> None:
    code = await issue(door, people.eve.id)

    async def stumble() -> None:
        assert await redeem_link(code, RESET, door.now) is not None
        raise LookupError

    with pytest.raises(LookupError):
        await in_unit_of_work(stumble)
    assert await redeem(door, code) is not None


@pytest.mark.parametrize(
    "text",
    ["", "gwl_", "\x00", "\ud800", "x" * 10_000, new_token(TokenKind.LINK), new_token(TokenKind.SESSION)],
    ids=["empty", "prefix", "NUL", "surrogate", "long", "unknown", "session"],
)
async def test_what_is_no_code_is_none(door: Door, people: People, text: str) -> None:
    assert await redeem(door, text) is None


async def test_a_copy_of_the_database_holds_no_code(door: Door, people: People) -> None:
    code = await issue(door, people.eve.id)
    everything = await dump()
    assert "PASSWORD_RESET" in everything
    assert code[4:] not in everything
