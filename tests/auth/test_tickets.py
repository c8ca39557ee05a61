"""Download tickets (SECURITY Z9)."""

from __future__ import annotations

import asyncio

import pytest

from gateway.auth.ending import sign_out
from gateway.auth.tickets import issue_ticket, redeem_ticket
from gateway.auth.tokens import TokenKind, new_token
from models import DownloadTicket
from tests.auth.conftest import CLIENT, PACKAGE_PASSWORD, Door, People

PATH = "/invoices/2026-1.pdf"


async def test_a_ticket_is_good_once_for_its_file(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    assert await redeem_ticket(door.sessions, ticket, PATH, door.now) == eve
    assert await redeem_ticket(door.sessions, ticket, PATH, door.now) is None


async def test_a_ticket_carries_no_more_rights_than_its_session(door: Door, people: People) -> None:
    delegate = await door.signed_in_viewer("bäckerei.de", PACKAGE_PASSWORD)
    ticket = await issue_ticket(delegate, PATH, 60, door.now)
    assert await redeem_ticket(door.sessions, ticket, PATH, door.now) == delegate


async def test_a_ticket_lasts_sixty_seconds(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    tickets = [await issue_ticket(eve, PATH, 60, door.now) for _ in range(2)]
    door.wait(seconds=60, microseconds=-1)
    assert await redeem_ticket(door.sessions, tickets[0], PATH, door.now) is not None
    door.wait(microseconds=1)
    assert await redeem_ticket(door.sessions, tickets[1], PATH, door.now) is None


async def test_a_ticket_for_another_file_is_none_and_stays_good_for_its_own(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    for path in ("/invoices/2026-2.pdf", PATH + "\x00", "", PATH.upper()):
        assert await redeem_ticket(door.sessions, ticket, path, door.now) is None
    assert await redeem_ticket(door.sessions, ticket, PATH, door.now) == eve


async def test_of_parallel_uses_of_a_ticket_one_wins(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    uses = await asyncio.gather(*(redeem_ticket(door.sessions, ticket, PATH, door.now) for _ in range(50)))
    assert [use for use in uses if use is not None] == [eve]


async def test_a_ticket_ends_with_its_session(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    await sign_out(eve, CLIENT, door.now)
    assert await redeem_ticket(door.sessions, ticket, PATH, door.now) is None


@pytest.mark.parametrize(
    "text",
    ["", "gwt_", "\x00", "x" * 10_000, new_token(TokenKind.TICKET)],
    ids=["empty", "prefix", "NUL", "long", "unknown"],
)
async def test_what_is_no_ticket_is_none(door: Door, people: People, text: str) -> None:
    assert await redeem_ticket(door.sessions, text, PATH, door.now) is None


async def test_the_session_token_is_no_ticket_and_a_ticket_no_session_token(door: Door, people: People) -> None:
    token = (await door.enter("eve")).token
    assert await redeem_ticket(door.sessions, token, PATH, door.now) is None


async def test_tickets_of_a_session_that_have_expired_are_cleared_away(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    for _ in range(5):
        await issue_ticket(eve, PATH, 60, door.now)
        door.wait(seconds=61)
    assert await DownloadTicket.all().count() == 1
