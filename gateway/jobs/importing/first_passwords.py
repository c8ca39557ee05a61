"""First passwords, hashed before a unit of work begins: bcrypt takes long, and a transaction must not."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping

from gateway.auth.passwords import Passwords


class FirstPasswords:
    """Passwords that records bring for what is new."""

    def __init__(self, passwords: Passwords, at_once: int) -> None:
        """`at_once` is how many computations `passwords` takes before it has no place."""
        self._passwords = passwords
        self._places = asyncio.Semaphore(at_once)
        self._nobody: str | None = None

    async def by_line(self, wanted: Mapping[int, str | None]) -> dict[int, str]:
        """What to store for each line. `None` asks for a password that nobody knows: one must be set to sign in."""
        hashes = await asyncio.gather(*(self._hash(password) for password in wanted.values()))
        return dict(zip(wanted, hashes, strict=True))

    async def _hash(self, password: str | None) -> str:
        async with self._places:
            if password is not None:
                return await self._passwords.hash(password)
            if self._nobody is None:
                self._nobody = await self._passwords.hash(secrets.token_urlsafe(32))
            return self._nobody
