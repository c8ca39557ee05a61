"""Passwords of mailboxes, databases and accounts: chosen by somebody, or made here and shown once.

They are stored nowhere here: an operation carries them to the host's system, sealed (`gateway.auth.operations.sealed`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from gateway.auth.new_passwords import demand
from gateway.auth.passwords import Passwords
from gateway.auth.strength import estimate
from models.rules import password as rule

_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What is not taken for another: no 0 and O, no 1, l and I. 24 of them hold 139 bits."""

GROUPS, GROUP = 4, 6


def new_password() -> str:
    """A password that nobody has to think of: four groups that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


class TechnicalPasswords:
    """Looks at passwords that somebody chose."""

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords

    async def take(self, chosen: str | None, words: Iterable[str], path: tuple[str, ...]) -> str:
        """The password to set: the one that was chosen, or one made here for `None`. Not inside a unit of work.

        `words` are those around it that are guessed first, in lower case. Raises `BAD_USER_INPUT` for one that will not do.
        """
        if chosen is None:
            return new_password()
        demand(rule.writable(chosen, two_factor=False), path)
        known = list(words)
        strength = await self._passwords.estimate(lambda: estimate(chosen, known))
        demand(rule.strong(strength.score), path)
        return chosen
