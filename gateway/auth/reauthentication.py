"""Giving the password again, and a code where there is a second factor: raises the session that asks (SECURITY SE7).

What asks for it (bank data, password, cancellations …) is the customer's alone, so package logins have nothing to raise.
The same steps as at sign-in: ask the throttle, verify once, then write everything a success means in one unit of work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from gateway.auth import audit, visible
from gateway.auth.afterwards import Afterwards
from gateway.auth.client import Client
from gateway.auth.passwords import Passwords
from gateway.auth.renewal import renew_token
from gateway.auth.second_factor import Proof, SecondFactor
from gateway.auth.sessions import hold_customer
from gateway.auth.throttle import Attempt, AttemptThrottle, Reservation, Throttled
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, rate_limited
from gateway.settings import Settings
from models import Customer, Session
from models.database import in_unit_of_work

T = TypeVar("T")

KIND = "reauthenticate"
"""The throttle's kind: what is tried here does not keep anybody from signing in."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A session that was raised, with its new token, which is shown this once."""

    session: Session
    token: str = field(repr=False)
    elevated_until: datetime


@dataclass(frozen=True, slots=True)
class Again:
    """What the customer gives again."""

    password: str = field(repr=False)
    proof: Proof


def _wrong_password() -> GatewayError:
    return GatewayError(ErrorCode.INVALID_CREDENTIALS, "reauthentication.password_wrong", path=("input", "password"))


class Reauthentication:
    """The use case with its parts. Call it with what was sent."""

    def __init__(
        self,
        passwords: Passwords,
        throttle: AttemptThrottle,
        afterwards: Afterwards,
        second_factor: SecondFactor,
        settings: Settings,
    ) -> None:
        self._passwords = passwords
        self._throttle = throttle
        self._afterwards = afterwards
        self._second_factor = second_factor
        self._lifetime = timedelta(seconds=settings.elevation_lifetime)

    async def __call__(self, viewer: Viewer, given: Again, client: Client, now: datetime) -> Raised:
        """Raise the viewer's session and give it a new token. Raises what `prove` raises."""
        until = now + self._lifetime

        async def raise_session(customer: Customer) -> Raised:
            session, token = await renew_token(viewer, until)
            await audit.record(
                audit.actor_of(viewer), client, now, "session.reauthenticate", object_id=viewer.session_id
            )
            return Raised(session, token, until)

        return await self.prove(viewer, given, client, now, raise_session)

    async def prove(
        self, viewer: Viewer, given: Again, client: Client, now: datetime, change: Callable[[Customer], Awaitable[T]]
    ) -> T:
        """Do `change` in one unit of work with the proof that it is the customer who asks.

        Raises `INVALID_CREDENTIALS` for a wrong password, then `TWO_FACTOR_REQUIRED` or `TWO_FACTOR_INVALID` where there
        is a second factor; `RATE_LIMITED`; `UNAVAILABLE` when no place is free to verify a password (that attempt does
        not count); `UNAUTHENTICATED` when the session ended or got another token meanwhile. Then nothing was written.
        """
        stored = str(await visible.customers(viewer).get().values_list("password_hash", flat=True))
        reserved = await self._throttle.reserve(Attempt(KIND, f"id {viewer.customer_id}", client.address), now)
        if isinstance(reserved, Throttled):
            raise rate_limited(reserved.retry_after)
        try:
            verdict = await self._passwords.verify(given.password, stored)
        except GatewayError:
            await self._throttle.not_evaluated(reserved)
            raise

        async def work() -> T:
            customer = await hold_customer(viewer.customer_id)
            # Written in any case, so that a change of the password on its way waits for us or we for it.
            unchanged = visible.customers(viewer).filter(password_hash=stored)
            if not await unchanged.update(password_hash=verdict.rehashed or stored):
                raise _wrong_password()
            if await self._second_factor.is_on(customer.id):
                if given.proof.missing:
                    raise given.proof.required()
                if not await self._second_factor.accepts(customer, given.proof, client, now):
                    raise given.proof.refused()
            done = await change(customer)
            await self._throttle.succeeded(reserved)
            return done

        try:
            if not verdict.matches:
                raise _wrong_password()
            return await in_unit_of_work(work)
        except GatewayError as error:
            if error.code in (ErrorCode.INVALID_CREDENTIALS, ErrorCode.TWO_FACTOR_INVALID):
                self._note_failure(viewer, error.code, reserved, client, now)
            else:  # nothing was guessed
                await self._throttle.not_evaluated(reserved)
            raise

    def _note_failure(
        self, viewer: Viewer, code: ErrorCode, reserved: Reservation, client: Client, now: datetime
    ) -> None:
        if not reserved.notable:
            return

        async def note() -> None:
            await audit.record(
                audit.actor_of(viewer),
                client,
                now,
                "session.reauthenticate",
                object_id=viewer.session_id,
                result=code.value,
                detail={"failures": reserved.failures},
            )

        self._afterwards.do(f"reauthenticate {viewer.customer_id}", lambda: in_unit_of_work(note))
