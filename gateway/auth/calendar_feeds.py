"""Calendar feeds: an address under which a calendar reads the deadlines, and nothing that tells whose they are.

The address is a secret that lies in other people's servers: it reads one thing, is revoked by itself, and is stored as a
hash. A calendar asks again and again, so it is found by one statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gateway.auth import audit, visible
from gateway.auth.address import throttle_network
from gateway.auth.afterwards import Afterwards
from gateway.auth.client import Client
from gateway.auth.deadlines import Deadline, deadlines
from gateway.auth.drivers import placed
from gateway.auth.pace import Pace
from gateway.auth.sessions import hold_customer
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.auth.viewer import Scope, Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from models import CalendarFeed, SessionKind
from models.database import fetch, in_unit_of_work
from models.ids import prefix_of
from models.rules import package_name
from models.rules.berlin import berlin_day
from models.rules.decision import Refused
from models.rules.term import add_months

MOST = 5
"""Feeds of one customer."""

AHEAD_MONTHS = 18
"""How far ahead a feed tells."""

FOLDER = "calendar"

PER_MINUTE = 30
"""Requests of one network that each process answers in a minute: a calendar asks some times a day."""

_FIND = """
SELECT f.id, f.customer_id, f.last_read_on, c.language FROM calendar_feed f JOIN customer c ON c.id = f.customer_id
WHERE f.token_hash = $1 AND f.revoked_at IS NULL AND c.disabled_at IS NULL"""

_WORDS = {
    package_name.EMPTY: "calendar_feed.empty",
    package_name.TOO_LONG: "calendar_feed.too_long",
    package_name.CHARACTERS: "calendar_feed.characters",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar is to show, in the customer's language."""

    deadlines: list[Deadline]
    language: str


def path_of(token: str) -> str:
    """Where a feed is read."""
    return f"/{FOLDER}/{token}.ics"


async def create_feed(viewer: Viewer, typed: str, client: Client, now: datetime) -> tuple[CalendarFeed, str]:
    """A new feed: its row, and its path, which is stored nowhere. Raises `BAD_USER_INPUT`, `CONFLICT` for one too many."""
    name = package_name.tidied(typed)
    decision = package_name.acceptable(name)
    if isinstance(decision, Refused):
        raise bad_input(_WORDS[decision.reason], path=("input", "name"), longest=package_name.LONGEST)
    token = new_token(TokenKind.CALENDAR)

    async def write() -> CalendarFeed:
        await hold_customer(viewer.customer_id)
        if await visible.calendar_feeds(viewer).count() >= MOST:
            raise GatewayError(ErrorCode.CONFLICT, "calendar_feed.too_many", path=("input",), most=MOST)
        row = await CalendarFeed.create(
            customer_id=viewer.customer_id,
            name=name,
            token_hash=token_hash(TokenKind.CALENDAR, token),
            created_at=now,
        )
        actor, detail = audit.actor_of(viewer), {"name": name}
        await audit.record(actor, client, now, "calendar_feed.create", object_id=row.id, detail=detail)
        return row

    return await in_unit_of_work(write), path_of(token)


async def revoke_feed(viewer: Viewer, feed_id: str, client: Client, now: datetime) -> str:
    """End a feed at its next reading: its id. Raises `NOT_FOUND`."""

    async def write() -> str:
        found = visible.calendar_feeds(viewer).filter(id=feed_id)
        row = await found.get_or_none() if prefix_of(feed_id) == "cal" else None
        if row is None or not await found.update(revoked_at=now):
            raise GatewayError(ErrorCode.NOT_FOUND, "not_found", path=("input", "id"))
        actor, detail = audit.actor_of(viewer), {"name": row.name}
        await audit.record(actor, client, now, "calendar_feed.revoke", object_id=row.id, detail=detail)
        return str(row.id)

    return await in_unit_of_work(write)


class CalendarFeeds:
    """Reads feeds for whoever has an address."""

    def __init__(self, afterwards: Afterwards) -> None:
        self._afterwards = afterwards
        self._pace = Pace(PER_MINUTE)

    async def read(self, token: str, address: str, now: datetime) -> Reading | None:
        """What the feed of a token shows; `None` for one that is none or was revoked. Raises `RATE_LIMITED`."""
        self._pace.take(throttle_network(address), now)
        hashed = token_hash(TokenKind.CALENDAR, token)
        rows = [] if hashed is None else await fetch(placed(_FIND), [hashed])
        if not rows:
            return None
        feed_id, customer_id, read_on, language = rows[0]
        today = berlin_day(now)
        if str(read_on) != today.isoformat():
            self._afterwards.do(feed_id, lambda: _note_reading(feed_id, today))
        # It reads contracts and what belongs to them, in nobody's session.
        scopes = frozenset({Scope.CONTRACT_READ, Scope.DOMAIN_READ, Scope.PACKAGE_READ})
        viewer = Viewer(SessionKind.CUSTOMER, customer_id, None, scopes, session_id="")
        return Reading(await deadlines(viewer, today, add_months(today, AHEAD_MONTHS)), language)


async def _note_reading(feed_id: str, today: date) -> None:
    await CalendarFeed.filter(id=feed_id).update(last_read_on=today)
