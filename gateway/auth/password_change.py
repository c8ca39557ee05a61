"""Changing the customer password (SECURITY AU4, AU9, SE4), or setting it anew: what both mean is written here once."""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit, notices, visible
from gateway.auth.address import shortened
from gateway.auth.afterwards import Afterwards
from gateway.auth.bearer import invalid_token
from gateway.auth.challenges import void_challenges
from gateway.auth.client import Client
from gateway.auth.ending import end_login
from gateway.auth.links import void_links
from gateway.auth.new_passwords import NewPasswords, demand_other
from gateway.auth.passwords import Passwords
from gateway.auth.sessions import hold_customer
from gateway.auth.throttle import Attempt, AttemptThrottle, Reservation, Throttled
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, rate_limited
from models.database import in_unit_of_work

KIND = "password_change"
"""The throttle's kind: what is tried here does not keep anybody from signing in."""


def _wrong() -> GatewayError:
    return GatewayError(ErrorCode.INVALID_CREDENTIALS, "password.current_wrong", path=("input", "currentPassword"))


async def end_what_was_open(customer_id: str, now: datetime, keep: str | None = None) -> int:
    """The password is another: nothing that was begun with the old one goes on. How many sessions ended.

    The customer's sessions but `keep` end, no device is trusted, sign-ins that wait for their second step and codes in mails
    are void. The second factor stays (SECURITY T8), and so do package logins. Inside a unit of work that holds the customer.
    """
    await void_challenges(customer_id)
    await void_links(customer_id)
    return await end_login(customer_id, None, now, keep=keep)


class PasswordChange:
    """The use case with its parts. Call it with what was sent."""

    def __init__(
        self, passwords: Passwords, new_passwords: NewPasswords, throttle: AttemptThrottle, afterwards: Afterwards
    ) -> None:
        self._passwords = passwords
        self._new_passwords = new_passwords
        self._throttle = throttle
        self._afterwards = afterwards

    async def __call__(self, viewer: Viewer, current: str, new: str, client: Client, now: datetime) -> int:
        """Change the viewer's password: how many other sessions that ended.

        Raises `BAD_USER_INPUT` for a new password that will not do, `INVALID_CREDENTIALS` for a wrong current one (then
        also when it was changed meanwhile), `RATE_LIMITED`; `UNAVAILABLE` when no place is free to compute;
        `UNAUTHENTICATED` when the session ended meanwhile.
        """
        await self._new_passwords.demand_writable(viewer.customer_id, new)
        customer = await visible.customers(viewer).get()
        reserved = await self._throttle.reserve(Attempt(KIND, f"id {customer.id}", client.address), now)
        if isinstance(reserved, Throttled):
            raise rate_limited(reserved.retry_after)
        try:
            if not (await self._passwords.verify(current, customer.password_hash)).matches:
                raise _wrong()
            demand_other(new, current)
            hashed = await self._new_passwords.hashed(customer, new)
        except GatewayError as error:
            if error.code is ErrorCode.INVALID_CREDENTIALS:
                self._note_failure(viewer, reserved, client, now)
            else:  # nothing was guessed
                await self._throttle.not_evaluated(reserved)
            raise

        async def write() -> int:
            held = await hold_customer(viewer.customer_id)
            unchanged = visible.customers(viewer).filter(password_hash=customer.password_hash)
            if not await unchanged.update(password_hash=hashed, password_changed_at=now):
                raise _wrong()
            if not await visible.current_session(
                viewer
            ).exists():  # ended meanwhile: it may not be the customer who asks
                raise invalid_token()
            ended = await end_what_was_open(held.id, now, keep=viewer.session_id)
            await notices.notify(held, "password_changed", now, address=shortened(client.address))
            await audit.record(
                audit.actor_of(viewer), client, now, "password.change", object_id=held.id, detail={"ended": ended}
            )
            await self._throttle.succeeded(reserved)
            return ended

        return await in_unit_of_work(write)

    def _note_failure(self, viewer: Viewer, reserved: Reservation, client: Client, now: datetime) -> None:
        if not reserved.notable:
            return

        async def note() -> None:
            await audit.record(
                audit.actor_of(viewer),
                client,
                now,
                "password.change",
                object_id=viewer.customer_id,
                result=ErrorCode.INVALID_CREDENTIALS.value,
                detail={"failures": reserved.failures},
            )

        self._afterwards.do(f"password change {viewer.customer_id}", lambda: in_unit_of_work(note))
