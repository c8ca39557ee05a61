"""Challenges of certification authorities, set and cleared."""

from __future__ import annotations

from typing import Any

from gateway.auth.acme_challenge import clear_challenge, set_challenge
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done


async def acme_challenge_set(context: Context, input: Any) -> Outcome:
    """Set one."""
    return done(fqdn=await set_challenge(context.signed_in, input.fqdn, input.value, context.client, context.now))


async def acme_challenge_clear(context: Context, input: Any) -> Outcome:
    """Clear one."""
    return done(fqdn=await clear_challenge(context.signed_in, input.fqdn, input.value, context.client, context.now))
