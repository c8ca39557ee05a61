"""The package password."""

from __future__ import annotations

from typing import Any

from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done


async def package_password_set(context: Context, input: Any) -> Outcome:
    """Set or change it."""
    passwords = context.parts.package_passwords
    package, ended = await passwords.set(
        context.signed_in, input.package_id, input.password, context.client, context.now
    )
    return done(package=package, sessions_ended=ended)


async def package_password_remove(context: Context, input: Any) -> Outcome:
    """Take it away."""
    passwords = context.parts.package_passwords
    package, ended = await passwords.remove(context.signed_in, input.package_id, context.client, context.now)
    return done(package=package, sessions_ended=ended)
