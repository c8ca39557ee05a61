"""New authenticator devices (SECURITY T2): begin with a secret, confirm with a code. Nothing changes in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gateway.auth import audit, notices, visible
from gateway.auth.client import Client
from gateway.auth.recovery_codes import replace_codes
from gateway.auth.renewal import renew_token
from gateway.auth.second_factor import Proof, SecondFactor
from gateway.auth.sessions import hold_customer
from gateway.auth.throttle import Attempt, AttemptThrottle, Throttled
from gateway.auth.totp import new_secret, otpauth_uri, step_of
from gateway.auth.two_factor import factor_changed
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, rate_limited
from gateway.keys import AUTHENTICATOR_SEAL, Keyring
from gateway.settings import Settings
from models import Authenticator, Customer, Session
from models.database import in_unit_of_work
from models.ids import prefix_of

KIND = "two_factor.confirm"
"""The throttle's kind: guessing the code of a device that is being set up would lock its owner out."""

DEVICES_MOST = 10
"""Devices of a customer, those that wait for their code included."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A device that waits for its first code. The secret is shown this once."""

    device_id: str
    secret: str = field(repr=False)
    otpauth_uri: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A device that counts. The session has a new token; `recovery_codes` come with the first device only."""

    device: Authenticator
    session: Session
    token: str = field(repr=False)
    recovery_codes: list[str] | None = field(repr=False)


class Enrolment:
    """Begins and confirms. `issuer` is what authenticator apps call the company."""

    def __init__(
        self,
        keyring: Keyring,
        throttle: AttemptThrottle,
        second_factor: SecondFactor,
        settings: Settings,
        issuer: str,
    ) -> None:
        self._keyring = keyring
        self._throttle = throttle
        self._second_factor = second_factor
        self._lifetime = timedelta(seconds=settings.enrolment_lifetime)
        self._issuer = issuer

    async def begin(self, viewer: Viewer, name: str, client: Client, now: datetime) -> Begun:
        """A secret for a new device. Raises `CONFLICT` when there are too many."""
        secret, expires_at = new_secret(), now + self._lifetime

        async def write() -> Begun:
            customer = await hold_customer(viewer.customer_id)
            pending = visible.pending_authenticators(viewer)
            await pending.filter(pending_until__lte=now).delete()
            if await pending.count() + await visible.authenticators(viewer).count() >= DEVICES_MOST:
                raise GatewayError(ErrorCode.CONFLICT, "two_factor.too_many", most=DEVICES_MOST)
            device = await Authenticator.create(
                customer_id=viewer.customer_id,
                name=name,
                secret_sealed=self._keyring.seal(AUTHENTICATOR_SEAL, secret),
                created_at=now,
                pending_until=expires_at,
            )
            await audit.record(audit.actor_of(viewer), client, now, "two_factor.begin", object_id=device.id)
            return Begun(device.id, secret, otpauth_uri(secret, customer.number, self._issuer), expires_at)

        return await in_unit_of_work(write)

    async def confirm(self, viewer: Viewer, device_id: str, code: str, client: Client, now: datetime) -> Confirmed:
        """The app shows the right code: the device counts from now on.

        Raises `NOT_FOUND` for a device that does not wait for a code (any more), `TWO_FACTOR_INVALID`, `RATE_LIMITED`.
        """
        await self._waiting(viewer, device_id, now)
        reserved = await self._throttle.reserve(Attempt(KIND, f"id {viewer.customer_id}", client.address), now)
        if isinstance(reserved, Throttled):
            raise rate_limited(reserved.retry_after)

        async def write() -> Confirmed:
            customer = await hold_customer(viewer.customer_id)
            device = await self._waiting(viewer, device_id, now)
            secret = self._second_factor.secret_of(device)
            step = None if secret is None else step_of(secret, code, now)
            if step is None:
                raise Proof(code).refused()
            first = not await self._second_factor.is_on(customer.id)
            await (
                visible.pending_authenticators(viewer)
                .filter(id=device.id)
                .update(confirmed_at=now, last_used_at=now, last_step=step)
            )
            codes = await replace_codes(customer.id, now) if first else None
            session, token = await self._told(viewer, customer, device, first, client, now)
            await self._throttle.succeeded(reserved)
            return Confirmed(await visible.authenticators(viewer).get(id=device.id), session, token, codes)

        return await in_unit_of_work(write)

    async def _told(
        self, viewer: Viewer, customer: Customer, device: Authenticator, first: bool, client: Client, now: datetime
    ) -> tuple[Session, str]:
        """What a new device means beside itself: other sign-ins end, this one gets a new token, the customer is told."""
        await factor_changed(viewer, now)
        notice = "two_factor_on" if first else "two_factor_device_added"
        await notices.notify(customer, notice, now, device=device.name)
        await audit.record(
            audit.actor_of(viewer), client, now, "two_factor.confirm", object_id=device.id, detail={"first": first}
        )
        return await renew_token(viewer, viewer.elevated_until)

    @staticmethod
    async def _waiting(viewer: Viewer, device_id: str, now: datetime) -> Authenticator:
        """The device that waits for its code. Raises `NOT_FOUND`, also for an id that is none or somebody else's."""
        device = None
        if prefix_of(device_id) == "aut":
            waiting = visible.pending_authenticators(viewer).filter(pending_until__gt=now)
            device = await waiting.get_or_none(id=device_id)
        if device is None:
            raise GatewayError(ErrorCode.NOT_FOUND, "two_factor.not_waiting", path=("input", "deviceId"))
        return device
