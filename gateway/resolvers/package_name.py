"""The name of a package."""

from __future__ import annotations

from typing import Any

from gateway.auth.package_name import rename_package
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done


async def package_rename(context: Context, input: Any) -> Outcome:
    """Call it otherwise."""
    package = await rename_package(context.signed_in, input.id, input.name, input.version, context.client, context.now)
    return done(package=package)
