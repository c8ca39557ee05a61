"""The second step of signing in: a challenge and a proof of the second factor become a session (SECURITY T6).

The password that was verified must still be the one. Whatever is wrong with a challenge (unknown, used, expired, void, its
password changed, its customer disabled, the second factor switched off) is told in the same words.
"""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit, notices
from gateway.auth.address import shortened
from gateway.auth.challenges import Challenges
from gateway.auth.client import Client
from gateway.auth.devices import device_by_id
from gateway.auth.entering import Entering, Entry, SignedIn
from gateway.auth.logins import Account
from gateway.auth.second_factor import Proof, SecondFactor
from gateway.auth.sessions import hold_customer
from gateway.auth.throttle import Attempt, AttemptThrottle, Reservation, Throttled
from gateway.errors import ErrorCode, GatewayError, rate_limited
from models import Customer, SessionKind, SignInChallenge, TrustedDevice
from models.database import in_unit_of_work

KIND = "two_factor"
"""The throttle's kind: codes are counted apart from passwords."""


def _over() -> GatewayError:
    return GatewayError(ErrorCode.INVALID_CREDENTIALS, "two_factor.challenge_over", path=("input", "token"))


class SecondStep:
    """The use case with its parts. Call it with what was sent."""

    def __init__(
        self, throttle: AttemptThrottle, entering: Entering, second_factor: SecondFactor, challenges: Challenges
    ) -> None:
        self._throttle = throttle
        self._entering = entering
        self._second_factor = second_factor
        self._challenges = challenges

    async def __call__(self, token: str, proof: Proof, client: Client, now: datetime) -> SignedIn:
        """Sign somebody in. Raises `INVALID_CREDENTIALS` when the sign-in must be begun anew, `TWO_FACTOR_REQUIRED`
        without a proof, `TWO_FACTOR_INVALID` for a wrong one, `RATE_LIMITED`.
        """
        challenge = await self._challenges.find(token, now)
        if challenge is None:
            raise _over()
        if proof.missing:
            raise proof.required()
        device = await device_by_id(challenge.device_id, challenge.customer_id, now)
        attempt = Attempt(KIND, f"id {challenge.customer_id}", client.address, device.id if device else None)
        reserved = await self._throttle.reserve(attempt, now)
        if isinstance(reserved, Throttled):
            raise rate_limited(reserved.retry_after)
        outcome = await in_unit_of_work(lambda: self._finish(challenge, device, proof, reserved, client, now))
        if isinstance(outcome, GatewayError):  # returned, not raised: that a code was wrong is to be kept
            raise outcome
        return outcome

    async def _finish(
        self,
        challenge: SignInChallenge,
        device: TrustedDevice | None,
        proof: Proof,
        reserved: Reservation,
        client: Client,
        now: datetime,
    ) -> SignedIn | GatewayError:
        customer = await hold_customer(challenge.customer_id)
        if not await self._is_good(challenge, customer, now):
            await self._throttle.passed(reserved)
            return _over()
        if not await self._second_factor.accepts(customer, proof, client, now):
            await self._count_failure(challenge, customer, reserved, client, now)
            return proof.refused()
        await self._challenges.use(challenge, now)
        account = Account(SessionKind.CUSTOMER, customer.id, None, challenge.password_hash)
        entry = Entry(account, device, challenge.device_name, challenge.remembered)
        used = "code" if proof.recovery_code is None else "recovery_code"
        signed_in = await self._entering.let_in(customer, entry, client, now, second_factor=used)
        await self._throttle.succeeded(reserved)
        return signed_in

    async def _is_good(self, challenge: SignInChallenge, customer: Customer, now: datetime) -> bool:
        """Whether it still is, now that nobody else can change the customer."""
        return (
            customer.disabled_at is None
            and customer.password_hash == challenge.password_hash
            and await self._challenges.is_open(challenge, now)
            and await self._second_factor.is_on(customer.id)
        )

    async def _count_failure(
        self, challenge: SignInChallenge, customer: Customer, reserved: Reservation, client: Client, now: datetime
    ) -> None:
        void = await self._challenges.count_failure(challenge, now)
        if void:
            # Somebody knows the password and guesses codes: the customer had better know.
            await notices.notify(customer, "two_factor_guessed", now, address=shortened(client.address))
        if void or reserved.notable:
            await audit.record(
                audit.login_actor(SessionKind.CUSTOMER, customer.id, None),
                client,
                now,
                "session.sign_in",
                result=ErrorCode.TWO_FACTOR_INVALID.value,
                detail={"failures": reserved.failures},
            )
