"""Sign-ins that wait for their second step (SECURITY T6): a token of 256 bits, five minutes, five wrong codes, one use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tortoise.expressions import F
from tortoise.queryset import QuerySet

from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.settings import Settings
from models import SignInChallenge

AT_ONCE = 20
"""Sign-ins of one customer that may wait; the oldest are dropped."""


@dataclass(frozen=True, slots=True)
class Challenged:
    """The password was right and a second step is missing. The token is shown this once."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of the first step the second one needs. `password_hash` is the one that was verified."""

    customer_id: str
    password_hash: str
    device_id: str | None
    device_name: str | None
    remembered: bool


class Challenges:
    """Issues, finds and uses them."""

    def __init__(self, settings: Settings) -> None:
        self._lifetime = timedelta(seconds=settings.challenge_lifetime)
        self._tries = settings.challenge_tries

    async def issue(self, waiting: Waiting, now: datetime) -> Challenged:
        """A new one. Inside a unit of work that holds the customer."""
        token, expires_at = new_token(TokenKind.CHALLENGE), now + self._lifetime
        await SignInChallenge.filter(customer_id=waiting.customer_id, expires_at__lte=now).delete()
        await SignInChallenge.create(
            customer_id=waiting.customer_id,
            token_hash=token_hash(TokenKind.CHALLENGE, token),
            password_hash=waiting.password_hash,
            device_id=waiting.device_id,
            device_name=waiting.device_name,
            remembered=waiting.remembered,
            created_at=now,
            expires_at=expires_at,
        )
        all_of_them = SignInChallenge.filter(customer_id=waiting.customer_id).order_by("-created_at", "-id")
        if surplus := await all_of_them.offset(AT_ONCE).values_list("id", flat=True):
            await SignInChallenge.filter(id__in=surplus).delete()
        return Challenged(token, expires_at)

    async def find(self, token: str, now: datetime) -> SignInChallenge | None:
        """The one a token names; `None` for one that is used, expired or void, and for a text that is no token."""
        hashed = token_hash(TokenKind.CHALLENGE, token)
        return None if hashed is None else await self._open(now).get_or_none(token_hash=hashed)

    async def is_open(self, challenge: SignInChallenge, now: datetime) -> bool:
        """Whether it is good still."""
        return await self._open(now).filter(id=challenge.id).exists()

    async def use(self, challenge: SignInChallenge, now: datetime) -> None:
        """Use it up. Inside a unit of work that holds the customer and found it open."""
        await self._open(now).filter(id=challenge.id).update(used_at=now)

    async def count_failure(self, challenge: SignInChallenge, now: datetime) -> bool:
        """Count a wrong code: whether it was the last one allowed. Inside a unit of work that holds the customer."""
        await self._open(now).filter(id=challenge.id).update(failures=F("failures") + 1)
        return not await self.is_open(challenge, now)

    def _open(self, now: datetime) -> QuerySet[SignInChallenge]:
        return SignInChallenge.filter(used_at=None, expires_at__gt=now, failures__lt=self._tries)


async def void_challenges(customer_id: str) -> None:
    """The second factor changed: no sign-in goes on. Inside the caller's unit of work."""
    await SignInChallenge.filter(customer_id=customer_id).delete()
