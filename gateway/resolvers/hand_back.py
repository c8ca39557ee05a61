"""Ending a delegation."""

from __future__ import annotations

from typing import Any

from gateway.auth.hand_back import PackagePasswordFate, Wanted
from gateway.auth.hand_back_items import Item, checklist
from gateway.context import Context
from gateway.resolvers.outcome import Outcome, done


async def hand_back_checklist(context: Context, package_id: str) -> list[Item]:
    """What it would deal with."""
    return await checklist(context.signed_in, package_id, context.now)


async def package_hand_back(context: Context, input: Any) -> Outcome:
    """Close what is wanted."""
    wanted = Wanted(
        input.package_id,
        input.version,
        PackagePasswordFate(input.package_password.value),
        input.revoke_api_tokens,
        input.mailbox_ids,
        input.database_ids,
        input.sftp_account_ids,
        input.remove_ssh_keys,
    )
    package, items = await context.parts.hand_back.carry_out(context.signed_in, wanted, context.client, context.now)
    return done(package=package, checklist=items)
