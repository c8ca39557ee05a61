"""Taking feedback."""

from __future__ import annotations

from typing import Any

from gateway.auth.feedback import Given
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done


async def feedback_create(context: Context, input: Any) -> Outcome:
    """Keep it and tell the operator; nothing of it is given back."""
    given = Given(input.rating, input.text, input.page)
    await context.parts.feedback.take(given, context.viewer, context.client, context.language, context.now)
    return done()
