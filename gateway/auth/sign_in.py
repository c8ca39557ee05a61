"""Signing in: one form for customers and package logins, and one order of steps for every secret that is tried.

Look the account up, ask the throttle, verify once, then write everything a success means in one unit of work. Whether a
login exists, is disabled, has no password or has another makes no difference to the answer or to the work.

A customer with a second factor gets a challenge in the place of a session; `gateway.auth.second_step` goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from gateway.auth import audit
from gateway.auth.afterwards import Afterwards
from gateway.auth.challenges import Challenged, Challenges, Waiting
from gateway.auth.client import Client
from gateway.auth.devices import find_device
from gateway.auth.entering import Entering, Entry, SignedIn, device_name
from gateway.auth.logins import LOGIN_LENGTH, Account, find_account, read_login
from gateway.auth.passwords import Passwords
from gateway.auth.second_factor import SecondFactor
from gateway.auth.sessions import hold_customer
from gateway.auth.throttle import Attempt, AttemptThrottle, Reservation, Throttled
from gateway.errors import ErrorCode, GatewayError
from gateway.messages import message
from models import Customer, Package, SessionKind, TrustedDevice
from models.database import in_unit_of_work


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the form holds. `device_token` was given to this device at an earlier sign-in to the same account."""

    login: str
    password: str = field(repr=False)
    device_name: str | None = None
    remember: bool = False
    device_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """Nobody was signed in: `code`, the message's `key` in `gateway.messages`, and seconds to wait when throttled."""

    code: ErrorCode
    key: str
    retry_after: int | None = None

    def text(self, language: str) -> str:
        """The message in `language` ("en" or "de")."""
        return message(self.key, language, seconds=self.retry_after, most=LOGIN_LENGTH)


INVALID = Failure(ErrorCode.INVALID_CREDENTIALS, "credentials.invalid")
TOO_LONG = Failure(ErrorCode.BAD_USER_INPUT, "login.too_long")


class SignIn:
    """The use case with its parts. Call it with what was sent."""

    def __init__(
        self,
        passwords: Passwords,
        throttle: AttemptThrottle,
        afterwards: Afterwards,
        entering: Entering,
        second_factor: SecondFactor,
        challenges: Challenges,
    ) -> None:
        self._passwords = passwords
        self._throttle = throttle
        self._afterwards = afterwards
        self._entering = entering
        self._second_factor = second_factor
        self._challenges = challenges

    async def __call__(self, sent: Credentials, client: Client, now: datetime) -> SignedIn | Challenged | Failure:
        """Sign somebody in, or say why not: `INVALID_CREDENTIALS`, `RATE_LIMITED`, or `BAD_USER_INPUT` (long login).

        Raises `UNAVAILABLE` when no place is free to verify a password; that attempt does not count.
        """
        if len(sent.login) > LOGIN_LENGTH:
            return TOO_LONG
        login = read_login(sent.login)
        account = await find_account(login)
        device = await find_device(sent.device_token, account, now)
        reserved = await self._throttle.reserve(
            Attempt(
                kind="sign_in",
                account=f"id {account.id}" if account else f"login {login.text}",
                address=client.address,
                device=device.id if device else None,
            ),
            now,
        )
        if isinstance(reserved, Throttled):
            return Failure(ErrorCode.RATE_LIMITED, "rate_limited", reserved.retry_after)
        try:
            verdict = await self._passwords.verify(sent.password, account.password_hash if account else None)
        except GatewayError:
            await self._throttle.not_evaluated(reserved)
            raise
        if account is None:
            return INVALID
        if verdict.matches:
            proven = _Proven(account, device, verdict.rehashed, reserved)
            welcomed = await in_unit_of_work(lambda: self._welcome(proven, sent, client, now))
            if welcomed is not None:
                return welcomed
        if reserved.notable:
            # Not before the answer: it would come later for accounts that exist.
            self._afterwards.do(
                f"failure {account.id}",
                lambda: in_unit_of_work(lambda: _note_failure(account, reserved, client, now)),
            )
        return INVALID

    async def _welcome(
        self, proven: _Proven, sent: Credentials, client: Client, now: datetime
    ) -> SignedIn | Challenged | None:
        """Everything a right password means. `None` when it was changed or removed while it was verified."""
        account = proven.account
        customer = await hold_customer(account.customer_id)
        if not await _still_good(proven):
            return None
        name = device_name(sent.device_name)
        if account.kind is SessionKind.CUSTOMER and await self._second_factor.is_on(customer.id):
            return await self._challenge(proven, name, sent.remember, client, now)
        entry = Entry(account, proven.device, name, sent.remember)
        signed_in = await self._entering.let_in(customer, entry, client, now)
        await self._throttle.succeeded(proven.reserved)
        return signed_in

    async def _challenge(
        self, proven: _Proven, name: str | None, remember: bool, client: Client, now: datetime
    ) -> Challenged:
        account, device = proven.account, proven.device
        assert account.password_hash is not None, "it was verified"
        challenged = await self._challenges.issue(
            Waiting(
                account.customer_id,
                proven.rehashed or account.password_hash,
                device.id if device else None,
                name,
                remember,
            ),
            now,
        )
        await audit.record(
            audit.login_actor(account.kind, account.customer_id, account.package_id),
            client,
            now,
            "session.sign_in",
            result=ErrorCode.TWO_FACTOR_REQUIRED.value,
        )
        await self._throttle.passed(proven.reserved)
        return challenged


@dataclass(frozen=True, slots=True)
class _Proven:
    """An account whose password was right, and what is to become of the proof."""

    account: Account
    device: TrustedDevice | None
    rehashed: str | None
    reserved: Reservation


async def _still_good(proven: _Proven) -> bool:
    """Whether the password that was verified is still the one; stores it the new way if that is due."""
    account = proven.account
    rows = (
        Customer.filter(id=account.customer_id)
        if account.kind is SessionKind.CUSTOMER
        else Package.filter(id=account.package_id)
    )
    # Written in any case, so that a change of the password on its way waits for us or we for it.
    stored = rows.filter(password_hash=account.password_hash)
    return bool(await stored.update(password_hash=proven.rehashed or account.password_hash))


async def _note_failure(account: Account, reserved: Reservation, client: Client, now: datetime) -> None:
    await audit.record(
        audit.login_actor(account.kind, account.customer_id, account.package_id),
        client,
        now,
        "session.sign_in",
        result=ErrorCode.INVALID_CREDENTIALS.value,
        detail={"failures": reserved.failures},
    )
