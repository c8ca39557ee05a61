"""New customer passwords: asked whether they will do, and refused or hashed (SECURITY AU4)."""

from __future__ import annotations

from datetime import datetime

from gateway.auth import visible
from gateway.auth.allowance import Allowance
from gateway.auth.passwords import Passwords
from gateway.auth.second_factor import SecondFactor
from gateway.auth.strength import Strength, estimate, own_words
from gateway.auth.viewer import Viewer
from gateway.errors import bad_input
from gateway.keys import Keyring
from gateway.settings import Settings
from models import Customer
from models.rules import password as rule
from models.rules.decision import Decision, Refused

MINUTE = 60
PATH = ("input", "newPassword")

_WORDS = {
    rule.TOO_SHORT: "password.too_short",
    rule.TOO_LONG: "password.too_long",
    rule.CHARACTERS: "password.characters",
    rule.TOO_WEAK: "password.too_weak",
    rule.SAME: "password.same",
}


class NewPasswords:
    """What is asked of every new password, whichever way it comes. None is ever told or written down."""

    def __init__(self, passwords: Passwords, second_factor: SecondFactor, keyring: Keyring, settings: Settings) -> None:
        self._passwords = passwords
        self._second_factor = second_factor
        self._allowance = Allowance(keyring, "password strength", most=settings.checks_per_minute, window=MINUTE)

    async def look(self, viewer: Viewer, password: str, now: datetime) -> tuple[Strength, bool]:
        """How strong a password of the viewer would be, and whether it would do. Raises `RATE_LIMITED`, `UNAVAILABLE`."""
        await self._allowance.spend(viewer.customer_id, now)
        customer = await visible.customers(viewer).get()
        strength = await self._estimated(customer, password)
        writable = rule.writable(password, await self._second_factor.is_on(customer.id))
        refused = isinstance(writable, Refused) or isinstance(rule.strong(strength.score), Refused)
        return strength, not refused

    async def demand_writable(self, customer_id: str, password: str) -> None:
        """Raise `BAD_USER_INPUT` for a text that no password can be: the part that costs nothing."""
        two_factor = await self._second_factor.is_on(customer_id)
        demand(rule.writable(password, two_factor), shortest=rule.shortest(two_factor))

    async def hashed(self, customer: Customer, password: str) -> str:
        """What to store. Raises `BAD_USER_INPUT` when it is easy to guess, `UNAVAILABLE` when there is no free place."""
        strength = await self._estimated(customer, password)
        demand(rule.strong(strength.score))
        return await self._passwords.hash(password)

    async def _estimated(self, customer: Customer, password: str) -> Strength:
        return await self._passwords.estimate(lambda: estimate(password, own_words(customer)))


def demand_other(password: str, old: str) -> None:
    """Raise `BAD_USER_INPUT` when the new password is the old one."""
    demand(rule.other_than(password, old))


def demand(decision: Decision, path: tuple[str, ...] = PATH, shortest: int = rule.SHORTEST) -> None:
    """Raise `BAD_USER_INPUT` with the words of a refusal; `path` is where the input has the password."""
    if isinstance(decision, Refused):
        raise bad_input(_WORDS[decision.reason], path=path, shortest=shortest, longest=rule.LONGEST)
