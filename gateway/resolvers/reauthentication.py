"""Giving the password again, and a code where there is a second factor."""

from __future__ import annotations

from typing import Any

from gateway.auth.reauthentication import Again
from gateway.auth.second_factor import Proof
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done
from gateway.resolvers.sign_in import opened


async def reauthenticate(context: Context, input: Any) -> Outcome:
    """Raise the session of the request."""
    viewer, given = context.signed_in, Again(input.password, Proof(input.code, input.recovery_code))
    raised = await context.parts.reauthentication(viewer, given, context.client, context.now)
    return done(session=opened(raised.session, raised.token, viewer.scopes), elevated_until=raised.elevated_until)
