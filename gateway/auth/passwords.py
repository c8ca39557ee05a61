"""Passwords: how they are stored and verified, for every login there is. bcrypt runs here and nowhere else.

Stored is `v{N}` + bcrypt(base64(HMAC-SHA-384(pepper N, UTF-8 of the password))). The HMAC makes 48 bytes of any
length, base64 makes those 64 characters without NUL, below the 72 bytes bcrypt looks at; the pepper is derived from
key N of the keyring, so that a copy of the database alone cannot be guessed against.

A password is normalised to NFC first (RFC 8265 §4.2, OpaqueString; NIST SP 800-63B-4 asks for a normalisation):
keyboards differ in whether `ü` is one code point or two. Nothing else is changed: different characters stay different.

What a new password must be like (length, strength) is decided elsewhere: this file takes any text.
"""

from __future__ import annotations

import base64
import hmac
import logging
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import bcrypt

from gateway.auth.places import Places
from gateway.keys import Keyring
from models.rules.password import normalised

T = TypeVar("T")

PEPPER = "password pepper"

HIGHEST_COST = 16
"""Dearer hashes (over 4 s each) are none of ours; one of cost 31 would hold a thread for days."""

_STORED = re.compile(r"v([1-9][0-9]{0,8})(\$2b\$([0-9]{2})\$[./A-Za-z0-9]{53})", re.ASCII)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the password is right and, when it is but was stored the old way, what to store instead."""

    matches: bool
    rehashed: str | None = None


class Passwords:
    """Hashes and verifies on a few threads of its own (bcrypt lets go of the interpreter's lock meanwhile).

    `cost` is bcrypt's for new hashes, `workers` the threads (0: one per CPU), `queue` how many may wait for one. When
    they are taken, `hash` and `verify` raise `UNAVAILABLE` at once, with `retryAfter`.
    """

    def __init__(self, keyring: Keyring, *, cost: int, workers: int = 0, queue: int = 20) -> None:
        self._keyring = keyring
        self._cost = cost
        self._hashing = Places("password", workers or os.cpu_count() or 1, queue)
        self._estimating = Places("password strength", 1, queue)
        # A hash that no password has: bcrypt computes with its salt and cost, and the comparison fails.
        self._nobody = bcrypt.gensalt(cost) + secrets.token_hex(16)[:31].encode()

    async def hash(self, password: str) -> str:
        """What to store for a password: about 62 characters."""
        return await self._hashing.run(lambda: self._hashed(password))

    async def verify(self, password: str, stored: str | None) -> Verdict:
        """Whether `password` is the stored one; `stored` is `None` when there is no such login or it has no password.

        Every call computes one verification and takes the time of the current cost: against a hash nobody has when
        there is nothing to compare with, and filled up when the stored one is cheaper. A hash dearer than the current
        cost takes its own time until the next sign-in renews it. A text that is no hash, or whose key is gone, matches
        nothing.
        """
        return await self._hashing.run(lambda: self._verified(password, stored))

    async def estimate(self, function: Callable[[], T]) -> T:
        """Look at a password in another way that takes its time, on a thread of its own: no sign-in waits for it.

        Raises `UNAVAILABLE` when too many wait.
        """
        return await self._estimating.run(function)

    async def close(self) -> None:
        """Let running computations end and drop waiting ones."""
        await self._hashing.close()
        await self._estimating.close()

    def _secret(self, password: str, pepper: int) -> bytes:
        data = normalised(password).encode("utf-8", "surrogatepass")  # JSON can carry a lone surrogate, UTF-8 cannot
        return base64.b64encode(hmac.digest(self._keyring.derive(PEPPER, pepper), data, "sha384"))

    def _hashed(self, password: str) -> str:
        pepper = self._keyring.current
        return f"v{pepper}{bcrypt.hashpw(self._secret(password, pepper), bcrypt.gensalt(self._cost)).decode()}"

    def _verified(self, password: str, stored: str | None) -> Verdict:
        pepper, cost, known = self._read(stored)
        secret = self._secret(password, pepper)
        matches = bcrypt.checkpw(secret, known)
        # 2^cost + (2^cost + … + 2^(current − 1)) = 2^current: an old, cheap hash must not answer sooner than none.
        for filler in range(cost, self._cost):
            bcrypt.hashpw(secret, bcrypt.gensalt(filler))
        if not matches or known is self._nobody:
            return Verdict(False)
        current = cost == self._cost and pepper == self._keyring.current
        return Verdict(True, None if current else self._hashed(password))

    def _read(self, stored: str | None) -> tuple[int, int, bytes]:
        """Pepper number, cost and bcrypt text of what is stored; nobody's when there is nothing to verify against."""
        match = _STORED.fullmatch(stored or "")
        if match is not None:
            pepper, cost = int(match.group(1)), int(match.group(3))
            if pepper in self._keyring.numbers and 4 <= cost <= HIGHEST_COST:
                return pepper, cost, match.group(2).encode()
        if stored is not None:
            _log.warning("a stored password cannot be verified: its form or its key is unknown")
        return self._keyring.current, self._cost, self._nobody
