"""Doing something once, however often the request for it arrives (SECURITY MO2).

A caller names what they want with a key of their own. The key, a digest of the input and what came of it are written in
the unit of work that does it: a request that was sent again gets what was made, one that failed left nothing behind and
may be sent again, and of two at the same time the second waits for the first.
"""

from __future__ import annotations

import dataclasses
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from gateway.auth import visible
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from gateway.keys import Keyring
from models import IdempotencyKey
from models.database import in_unit_of_work, inside

KEPT = timedelta(hours=24)
"""How long a key is known."""

LONGEST = 255
"""Characters of a key."""

PATH = ("input", "idempotencyKey")
DIGEST = "idempotency key"
"""The purpose of the key that inputs are digested with: they hold what is easily guessed, such as an IBAN."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request to do something once. `of` makes it from the input of the mutation."""

    viewer: Viewer
    mutation: str
    key: str
    digest: str
    now: datetime

    @classmethod
    def of(cls, keyring: Keyring, viewer: Viewer, mutation: str, given: Any, now: datetime) -> Attempt:
        """`given` is the input object with its `idempotency_key`; it is the same input when every other field is.

        Raises `BAD_USER_INPUT` for a key that is empty, too long, or has other characters than visible ASCII.
        """
        values = dataclasses.asdict(given)
        key = values.pop("idempotency_key")
        if not key or len(key) > LONGEST or not all("!" <= character <= "~" for character in key):
            raise GatewayError(ErrorCode.BAD_USER_INPUT, "idempotency.malformed", path=PATH, longest=LONGEST)
        text = json.dumps([viewer.package_id, values], sort_keys=True, default=str).encode()
        digest = hmac.new(keyring.derive(DIGEST, min(keyring.numbers)), text, sha256).hexdigest()
        return cls(viewer, mutation, key, digest, now)

    async def before(self) -> str | None:
        """The id of what was made, when it was done before: asked before anything is decided or computed.

        Raises `IDEMPOTENCY_KEY_REUSED` when the key came with another input.
        """
        row = await self._rows().get_or_none()
        return None if row is None or row.expires_at <= self.now else self._result(row)

    async def once(self, work: Callable[[], Awaitable[str]]) -> str:
        """Do it in a unit of work, unless it was done: the id of what was made, by this request or by an earlier one.

        `work` gives that id. Whatever it raises is passed on, and nothing is written then. Raises
        `IDEMPOTENCY_KEY_REUSED` when the key came with another input, `Contended` when another request with it takes long.
        """

        async def unit() -> str:
            made = await self._claim()
            if made is not None:
                return made
            made = await work()
            await self._rows().update(result=made)
            return made

        return await in_unit_of_work(unit)

    async def _claim(self) -> str | None:
        """Make the key this unit's; otherwise what came of it before."""
        if not inside():
            raise RuntimeError("a key is claimed inside the unit of work that it is for")
        await self._rows().filter(expires_at__lte=self.now).delete()
        mine = IdempotencyKey(
            customer_id=self.viewer.customer_id,
            mutation=self.mutation,
            key=self.key,
            input_hash=self.digest,
            created_at=self.now,
            expires_at=self.now + KEPT,
        )
        # On PostgreSQL this waits for a unit that wrote the same key and has not ended yet.
        await IdempotencyKey.bulk_create([mine], ignore_conflicts=True)
        stored = await self._rows().get()
        return None if stored.id == mine.id else self._result(stored)

    def _result(self, row: IdempotencyKey) -> str:
        if not hmac.compare_digest(row.input_hash, self.digest):
            raise GatewayError(ErrorCode.IDEMPOTENCY_KEY_REUSED, "idempotency.reused", path=PATH)
        assert row.result is not None  # written in the unit that wrote the row
        return row.result

    def _rows(self) -> Any:
        return visible.idempotency_keys(self.viewer).filter(mutation=self.mutation, key=self.key)
