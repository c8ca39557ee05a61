"""Giving the password again raises the session that asks for a few minutes (SECURITY SE7).

What asks for it (bank data, password, cancellations …) is the customer's alone, so package logins have nothing to raise.
The same steps as at sign-in: ask the throttle, verify once, then write everything a success means in one unit of work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gateway.auth import audit, visible
from gateway.auth.afterwards import Afterwards
from gateway.auth.client import Client
from gateway.auth.passwords import Passwords
from gateway.auth.renewal import renew_token
from gateway.auth.sessions import hold_customer
from gateway.auth.throttle import Attempt, AttemptThrottle, Reservation, Throttled
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, rate_limited
from gateway.settings import Settings
from models import Session
from models.database import in_unit_of_work

KIND = "reauthenticate"
"""The throttle's kind: what is tried here does not keep anybody from signing in."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A session that was raised, with its new token, which is shown this once."""

    session: Session
    token: str = field(repr=False)
    elevated_until: datetime


def _wrong() -> GatewayError:
    return GatewayError(ErrorCode.INVALID_CREDENTIALS, "reauthentication.password_wrong", path=("input", "password"))


class Reauthentication:
    """The use case with its parts. Call it with what was sent."""

    def __init__(
        self, passwords: Passwords, throttle: AttemptThrottle, afterwards: Afterwards, settings: Settings
    ) -> None:
        self._passwords = passwords
        self._throttle = throttle
        self._afterwards = afterwards
        self._settings = settings

    async def __call__(self, viewer: Viewer, password: str, client: Client, now: datetime) -> Raised:
        """Raise the viewer's session and give it a new token.

        Raises `INVALID_CREDENTIALS` or `RATE_LIMITED`; `UNAVAILABLE` when no place is free to verify a password (that
        attempt does not count); `UNAUTHENTICATED` when the session ended or got another token meanwhile.
        """
        stored = await visible.customers(viewer).get().values_list("password_hash", flat=True)
        reserved = await self._throttle.reserve(Attempt(KIND, f"id {viewer.customer_id}", client.address), now)
        if isinstance(reserved, Throttled):
            raise rate_limited(reserved.retry_after)
        try:
            verdict = await self._passwords.verify(password, str(stored))
        except GatewayError:
            await self._throttle.not_evaluated(reserved)
            raise

        async def raise_session() -> Raised:
            await hold_customer(viewer.customer_id)
            # Written in any case, so that a change of the password on its way waits for us or we for it.
            unchanged = visible.customers(viewer).filter(password_hash=stored)
            if not await unchanged.update(password_hash=verdict.rehashed or stored):
                raise _wrong()
            until = now + timedelta(seconds=self._settings.elevation_lifetime)
            session, token = await renew_token(viewer, until)
            await audit.record(
                audit.actor_of(viewer), client, now, "session.reauthenticate", object_id=viewer.session_id
            )
            await self._throttle.succeeded(reserved)
            return Raised(session, token, until)

        if not verdict.matches:
            self._note_failure(viewer, reserved, client, now)
            raise _wrong()
        return await in_unit_of_work(raise_session)

    def _note_failure(self, viewer: Viewer, reserved: Reservation, client: Client, now: datetime) -> None:
        if not reserved.notable:
            return

        async def note() -> None:
            await audit.record(
                audit.actor_of(viewer),
                client,
                now,
                "session.reauthenticate",
                object_id=viewer.session_id,
                result=ErrorCode.INVALID_CREDENTIALS.value,
                detail={"failures": reserved.failures},
            )

        self._afterwards.do(f"reauthenticate {viewer.customer_id}", lambda: in_unit_of_work(note))
