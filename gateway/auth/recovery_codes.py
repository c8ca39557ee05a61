"""Recovery codes (SECURITY T7): ten texts for the day the authenticator is lost, each good for one proof.

80 random bits are beyond guessing, so a plain hash of one is as good as a slow one. The customer's id goes into it: two
customers with the same code would not show.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from models import RecoveryCode

COUNT = 10

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that looks like another or like a digit."""

_GROUPS, _GROUP = 4, 4
_LONGEST = 64
"""Characters of the longest text that is looked at: a code and generous spacing."""

_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def new_code() -> str:
    """`7k3f-9mqx-02ha-vw5t`: 80 random bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def code_hash(customer_id: str, typed: str) -> str | None:
    """What the table holds for a code as people type it (case, hyphens and spaces do not matter); `None`: it is none."""
    if len(typed) > _LONGEST or not typed.isascii():
        return None
    code = typed.strip().lower().translate(_MISREAD)
    if len(code) != _GROUPS * _GROUP or not set(code) <= set(_ALPHABET):
        return None
    return sha256(f"{customer_id}:{code}".encode()).hexdigest()


async def replace_codes(customer_id: str, now: datetime) -> list[str]:
    """Ten new codes in the place of whatever there was; shown this once. Inside a unit of work that holds the customer."""
    await RecoveryCode.filter(customer_id=customer_id).delete()
    codes = [new_code() for _ in range(COUNT)]
    for code in codes:
        await RecoveryCode.create(customer_id=customer_id, code_hash=code_hash(customer_id, code), created_at=now)
    return codes


async def use_code(customer_id: str, typed: str, now: datetime) -> int | None:
    """Use a code up: how many are left, or `None` when it is no code or was used. Inside a unit of work.

    Of parallel uses one succeeds, since the update is conditional.
    """
    hashed = code_hash(customer_id, typed)
    unused = RecoveryCode.filter(customer_id=customer_id, used_at=None)
    if hashed is None or not await unused.filter(code_hash=hashed).update(used_at=now):
        return None
    return await unused.count()
