"""Calendar feeds."""

from __future__ import annotations

from typing import Any

from gateway.auth.calendar_feeds import create_feed, revoke_feed
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done


async def calendar_feed_create(context: Context, input: Any) -> Outcome:
    """Make one."""
    row, path = await create_feed(context.signed_in, input.name, context.client, context.now)
    return done(calendar_feed=row, path=path)


async def calendar_feed_revoke(context: Context, input: Any) -> Outcome:
    """End one."""
    return done(calendar_feed_id=await revoke_feed(context.signed_in, input.id, context.client, context.now))
