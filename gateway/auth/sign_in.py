"""Signing in: one form for customers and package logins, and one order of steps for every secret that is tried.

Look the account up, ask the throttle, verify once, then write everything a success means in one unit of work. Whether a
login exists, is disabled, has no password or has another makes no difference to the answer or to the work.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from gateway.auth import audit, notices
from gateway.auth.address import shortened
from gateway.auth.afterwards import Afterwards
from gateway.auth.client import Client
from gateway.auth.devices import find_device, renew_device, trust_device
from gateway.auth.logins import LOGIN_LENGTH, Account, find_account, read_login
from gateway.auth.passwords import Passwords
from gateway.auth.sessions import Sessions, hold_customer
from gateway.auth.throttle import Attempt, AttemptThrottle, Reservation, Throttled
from gateway.errors import ErrorCode, GatewayError
from gateway.messages import message
from gateway.settings import Settings
from models import Customer, Package, Session, SessionKind, TrustedDevice
from models.database import in_unit_of_work

DEVICE_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the form holds. `device_token` was given to this device at an earlier sign-in to the same account."""

    login: str
    password: str = field(repr=False)
    device_name: str | None = None
    remember: bool = False
    device_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is who they say. The tokens are shown this once.

    `device_token` is `None` when the one that was sent stays good.
    """

    session: Session
    token: str = field(repr=False)
    device_token: str | None = field(repr=False)


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
        sessions: Sessions,
        afterwards: Afterwards,
        settings: Settings,
    ) -> None:
        self._passwords = passwords
        self._throttle = throttle
        self._sessions = sessions
        self._afterwards = afterwards
        self._settings = settings

    async def __call__(self, sent: Credentials, client: Client, now: datetime) -> SignedIn | Failure:
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
            signed_in = await in_unit_of_work(lambda: self._welcome(proven, sent, client, now))
            if signed_in is not None:
                return signed_in
        if reserved.notable:
            # Not before the answer: it would come later for accounts that exist.
            self._afterwards.do(
                f"failure {account.id}",
                lambda: in_unit_of_work(lambda: _note_failure(account, reserved, client, now)),
            )
        return INVALID

    async def _welcome(self, proven: _Proven, sent: Credentials, client: Client, now: datetime) -> SignedIn | None:
        """Everything a success means. `None` when the password was changed or removed while it was verified."""
        account, settings = proven.account, self._settings
        customer = await hold_customer(account.customer_id)
        if not await _still_good(proven):
            return None
        name = _device_name(sent.device_name)
        session, token = await self._sessions.open(account, client, now, device_name=name, remembered=sent.remember)
        device_token = None
        if proven.device is None or not await renew_device(proven.device, settings.trusted_device_lifetime, now):
            shown = name or _device_name(client.user_agent) or ""
            device_token = await trust_device(account, shown, settings.trusted_device_lifetime, now)
            await notices.notify(
                customer,
                "new_device_sign_in",
                now,
                device=shown or None,
                address=shortened(client.address),
                package_id=account.package_id,
            )
        await audit.record(
            audit.login_actor(account.kind, account.customer_id, account.package_id, session.id),
            client,
            now,
            "session.sign_in",
            object_id=session.id,
            detail={"new_device": device_token is not None, "remembered": sent.remember},
        )
        await self._throttle.succeeded(proven.reserved)
        return SignedIn(session, token, device_token)


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


def _device_name(text: str | None) -> str | None:
    """A name as it can be shown in a list: one line, no control or formatting characters, at most 80 characters."""
    if text is None:
        return None
    visible = (c if unicodedata.category(c)[0] != "C" else " " for c in text[: 4 * DEVICE_NAME_LENGTH])
    return " ".join("".join(visible).split())[:DEVICE_NAME_LENGTH].strip() or None
