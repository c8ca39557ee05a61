"""Download tickets (SECURITY Z9)."""

from __future__ import annotations

import asyncio

import pytest

from gateway.auth.ending import sign_out
from gateway.auth.tickets import find_ticket, issue_ticket, use_ticket
from gateway.auth.tokens import TokenKind, new_token
from gateway.auth.viewer import Viewer
from models import DownloadTicket
from models.database import in_unit_of_work
from tests.auth.conftest import CLIENT, PACKAGE_PASSWORD, Door, People

PATH = "/invoices/2026-1.pdf"


async def redeem(door: Door, text: str, path: str = PATH) -> Viewer | None:
    """Find a ticket and use it up, as a download does: whose it was."""
    ticket = await find_ticket(door.sessions, text, path, door.now)
    if ticket is None or not await in_unit_of_work(lambda: use_ticket(ticket, door.now)):
        return None
    return ticket.viewer


async def test_a_ticket_is_good_once_for_its_file(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    assert await redeem(door, ticket) == eve
    assert await redeem(door, ticket) is None


async def test_a_ticket_that_is_found_and_not_used_stays_good(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    for _ in range(2):
        found = await find_ticket(door.sessions, ticket, PATH, door.now)
        assert found is not None
        assert found.viewer == eve


async def test_a_ticket_carries_no_more_rights_than_its_session(door: Door, people: People) -> None:
    delegate = await door.signed_in_viewer("bäckerei.de", PACKAGE_PASSWORD)
    ticket = await issue_ticket(delegate, PATH, 60, door.now)
    assert await redeem(door, ticket) == delegate


async def test_a_ticket_lasts_sixty_seconds(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    tickets = [await issue_ticket(eve, PATH, 60, door.now) for _ in range(2)]
    door.wait(seconds=60, microseconds=-1)
    assert await redeem(door, tickets[0]) is not None
    door.wait(microseconds=1)
    assert await redeem(door, tickets[1]) is None


async def test_a_ticket_for_another_file_is_none_and_stays_good_for_its_own(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    for path in ("/invoices/2026-2.pdf", PATH + "\x00", "", PATH.upper()):
        assert await redeem(door, ticket, path) is None
    assert await redeem(door, ticket) == eve


async def test_of_parallel_uses_of_a_ticket_one_wins(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    uses = await asyncio.gather(*(redeem(door, ticket) for _ in range(50)))
    assert [use for use in uses if use is not None] == [eve]


async def test_a_ticket_ends_with_its_session(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    ticket = await issue_ticket(eve, PATH, 60, door.now)
    await sign_out(eve, CLIENT, door.now)
    assert await redeem(door, ticket) is None


@pytest.mark.parametrize(
    "text",
    ["", "gwt_", "\x00", "x" * 10_000, new_token(TokenKind.TICKET)],
    ids=["empty", "prefix", "NUL", "long", "unknown"],
)
async def test_what_is_no_ticket_is_none(door: Door, people: People, text: str) -> None:
    assert await redeem(door, text) is None


async def test_the_session_token_is_no_ticket_and_a_ticket_no_session_token(door: Door, people: People) -> None:
    token = (await door.enter("eve")).token
    assert await redeem(door, token) is None


async def test_tickets_of_a_session_that_have_expired_are_cleared_away(door: Door, people: People) -> None:
    eve = await door.signed_in_viewer("eve")
    for _ in range(5):
        await issue_ticket(eve, PATH, 60, door.now)
        door.wait(seconds=61)
    assert await DownloadTicket.all().count() == 1
