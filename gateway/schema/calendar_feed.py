"""Calendar feeds: addresses under which a calendar reads the deadlines."""

from datetime import date, datetime
from enum import Enum
from typing import Any

import strawberry

import models
from gateway.auth.permissions import ReadContracts, SignedIn, WriteContracts
from gateway.errors import ErrorCode
from gateway.resolvers import calendar_feed as resolve
from gateway.schema.error import UserError
from gateway.schema.field import column, connection, entity, mutation
from gateway.schema.page import Direction
from gateway.source.declaration import SortKey


@entity(models.CalendarFeed, description="An address under which a calendar reads the deadlines; nobody revoked it.")
class CalendarFeed:
    id: strawberry.ID = column(SignedIn, "The id.")
    name: str | None = column(ReadContracts, "What the customer calls it.")
    created_at: datetime | None = column(ReadContracts, "When it was made.")
    last_read_on: date | None = column(ReadContracts, "The day it was last read; null when it never was.")


@strawberry.enum(description="What calendar feeds can be ordered by.")
class CalendarFeedOrderField(Enum):
    CREATED = strawberry.enum_value(SortKey("created_at"), description="By the time they were made.")


@strawberry.input(description="One entry of an order of calendar feeds.")
class CalendarFeedOrder:
    field: CalendarFeedOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(description="Which way.", default=Direction.ASC)


def calendar_feed_connection() -> Any:
    """All of them."""
    return connection(
        ReadContracts,
        "All calendar feeds that nobody revoked, latest first.",
        models.CalendarFeed,
        entry=CalendarFeedOrder,
        order=CalendarFeedOrderField,
        default=((CalendarFeedOrderField.CREATED, True),),
    )


@strawberry.input(description="A calendar feed to make.")
class CalendarFeedCreateInput:
    name: str = strawberry.field(description="What to call it: at most 80 characters.")


@strawberry.input(description="Which calendar feed to revoke.")
class CalendarFeedRevokeInput:
    id: strawberry.ID = strawberry.field(description="The id of the feed.")


@strawberry.type(description="What making a calendar feed gives.")
class CalendarFeedCreatePayload:
    calendar_feed: CalendarFeed | None = column(WriteContracts, "What was made.")
    path: str | None = column(
        WriteContracts, "Where a calendar reads it. It is shown this once, and whoever has it can read the feed."
    )
    errors: list[UserError] = column(WriteContracts, "Why it was not made.")


@strawberry.type(description="What revoking a calendar feed gives.")
class CalendarFeedRevokePayload:
    calendar_feed_id: strawberry.ID | None = column(WriteContracts, "The id of the feed that is read no more.")
    errors: list[UserError] = column(WriteContracts, "Why it was not revoked.")


@strawberry.type(description="Making and revoking calendar feeds.")
class CalendarFeedMutation:
    calendar_feed_create: CalendarFeedCreatePayload | None = mutation(
        WriteContracts,
        "Make an address under which a calendar (iCalendar, RFC 5545) reads the deadlines: no name, no price.",
        resolve.calendar_feed_create,
        CalendarFeedCreateInput,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.CONFLICT,
        step_up=True,
    )
    calendar_feed_revoke: CalendarFeedRevokePayload | None = mutation(
        WriteContracts,
        "Revoke a calendar feed: its address leads nowhere at the next reading.",
        resolve.calendar_feed_revoke,
        CalendarFeedRevokeInput,
        ErrorCode.NOT_FOUND,
    )
