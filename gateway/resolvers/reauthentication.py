"""Giving the password again."""

from __future__ import annotations

from typing import Any

from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done
from gateway.resolvers.sign_in import opened


async def reauthenticate(context: Context, input: Any) -> Outcome:
    """Raise the session of the request."""
    viewer = context.signed_in
    raised = await context.parts.reauthentication(viewer, input.password, context.client, context.now)
    return done(session=opened(raised.session, raised.token, viewer.scopes), elevated_until=raised.elevated_until)
