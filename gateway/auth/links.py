"""Codes that are sent by mail as a link: whoever sends one back reads the mail of that address (SECURITY SE1).

A code is good once, for one purpose, for a while. A customer has one code for a purpose: a newer one takes its place.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gateway.auth.sessions import hold_customer
from gateway.auth.tokens import TokenKind, new_token, token_hash
from models import LinkCode, LinkPurpose


async def issue_link(customer_id: str, purpose: LinkPurpose, email: str, now: datetime, lifetime: int) -> str:
    """A code for the mail to `email`, good for `lifetime` seconds: inside the caller's unit of work.

    Earlier codes of the customer for this purpose are void from then on. Only its hash is stored, so the mail has to be
    noted in the same unit of work (`notices.notify` with `secrets`).
    """
    await hold_customer(customer_id)  # of two that are issued at once, the later one voids the other
    await LinkCode.filter(customer_id=customer_id, purpose=purpose).delete()
    code = new_token(TokenKind.LINK)
    await LinkCode.create(
        customer_id=customer_id,
        purpose=purpose,
        code_hash=token_hash(TokenKind.LINK, code),
        email=email,
        created_at=now,
        expires_at=now + timedelta(seconds=lifetime),
    )
    return code


async def find_link(code: str, purpose: LinkPurpose, now: datetime) -> LinkCode | None:
    """The code that `redeem_link` would use up now; it stays good. For what takes its time before that."""
    hashed = token_hash(TokenKind.LINK, code)
    if hashed is None:
        return None
    return await LinkCode.get_or_none(code_hash=hashed, purpose=purpose, used_at=None, expires_at__gt=now)


async def void_links(customer_id: str) -> None:
    """No code that was sent to a customer is good any more: inside the caller's unit of work, which holds the customer."""
    await LinkCode.filter(customer_id=customer_id, used_at=None).delete()


async def redeem_link(code: str, purpose: LinkPurpose, now: datetime) -> LinkCode | None:
    """Use a code up: inside the caller's unit of work. Of parallel uses one gets it, since the update is conditional.

    `None` for a code that is used, expired, void, for something else, or none at all. The caller decides whether its
    `email` still counts.
    """
    hashed = token_hash(TokenKind.LINK, code)
    if hashed is None:
        return None
    good = LinkCode.filter(code_hash=hashed, purpose=purpose, used_at=None, expires_at__gt=now)
    return await LinkCode.get(code_hash=hashed) if await good.update(used_at=now) else None
