"""API tokens."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from gateway.auth.api_token import Wanted, create_api_token, revoke_api_token
from gateway.auth.viewer import Scope
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done


def scopes(context: Context, stored: Any) -> list[Scope]:
    """What a token may do, in the order of declaration; a name that this version does not know is left out."""
    names = json.loads(stored) if isinstance(stored, str) else stored
    return [scope for scope in Scope if scope.value in names]


def is_active(context: Context, expires_at: datetime) -> bool:
    """Whether its time is not over."""
    return context.now < expires_at


async def api_token_create(context: Context, input: Any) -> Outcome:
    """Make one."""
    wanted = Wanted(input.package_id, input.name, input.scopes, input.days, input.domain_ids)
    row, token = await create_api_token(context.signed_in, wanted, context.client, context.now)
    return done(api_token=row, token=token)


async def api_token_revoke(context: Context, input: Any) -> Outcome:
    """End one."""
    row = await revoke_api_token(context.signed_in, input.id, context.client, context.now)
    return done(api_token_id=row.id)
