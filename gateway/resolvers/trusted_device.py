"""Devices that are trusted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gateway.auth.trusted_devices import remove_all_devices, remove_device
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done


def is_trusted(context: Context, expires_at: datetime) -> bool:
    """Whether it still is; what is over is deleted a day later."""
    return context.now < expires_at


async def trusted_device_remove(context: Context, input: Any) -> Outcome:
    """Trust one no more."""
    await remove_device(context.signed_in, input.id, context.client, context.now)
    return done(trusted_device_id=input.id)


async def trusted_device_remove_all(context: Context) -> Outcome:
    """Trust none any more."""
    return done(removed=await remove_all_devices(context.signed_in, context.client, context.now))
