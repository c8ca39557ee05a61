"""Usernames: a name of the customer's own choice to sign in with, beside the customer number (SECURITY AU10)."""

from __future__ import annotations

from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from gateway.auth import audit, notices, visible
from gateway.auth.allowance import Allowance
from gateway.auth.client import Client
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.keys import Keyring
from gateway.settings import Settings
from models import Customer
from models.database import in_unit_of_work
from models.rules import username as rule
from models.rules.decision import Refused

PATH = ("input", "username")
MINUTE = 60


class Usernames:
    """Asks for names and changes them. Names that are taken are told to customers only, and only so many a minute."""

    def __init__(self, keyring: Keyring, settings: Settings) -> None:
        self._allowance = Allowance(keyring, "username", most=settings.checks_per_minute, window=MINUTE)

    async def obstacle(self, viewer: Viewer, typed: str, now: datetime) -> GatewayError | None:
        """Why the viewer cannot have a name, or `None`. Raises `RATE_LIMITED`."""
        await self._allowance.spend(viewer.customer_id, now)
        try:
            await _demand_free(viewer, _chosen(typed))
        except GatewayError as reason:
            return reason
        return None

    async def change(self, viewer: Viewer, typed: str, version: int, client: Client, now: datetime) -> Customer:
        """Give the customer this name instead of the one there was, if any: the customer as changed.

        Raises `BAD_USER_INPUT` for what is no username, `CONFLICT` for one that is taken or when the customer has changed
        since version `version`, `RATE_LIMITED`.
        """
        name = _chosen(typed)
        await self._allowance.spend(viewer.customer_id, now)

        async def write() -> Customer:
            await _demand_free(viewer, name)
            return await _written(viewer, name, version, client, now)

        try:
            return await in_unit_of_work(write)
        except IntegrityError:  # claimed by another at the same moment: the unique column decides
            raise _taken() from None

    async def remove(self, viewer: Viewer, version: int, client: Client, now: datetime) -> Customer:
        """Take the name away; the customer number still works. Raises `CONFLICT` when there is none, or as `change`."""

        async def write() -> Customer:
            if not await visible.customers(viewer).filter(username__isnull=False).exists():
                raise GatewayError(ErrorCode.CONFLICT, "username.none")
            return await _written(viewer, None, version, client, now)

        return await in_unit_of_work(write)


_WORDS: dict[str, str] = {
    rule.TOO_SHORT: "username.too_short",
    rule.TOO_LONG: "username.too_long",
    rule.CHARACTERS: "username.characters",
    rule.START: "username.start",
    rule.NO_LETTER: "username.no_letter",
    rule.LIKE_NUMBER: "username.like_number",
    rule.LIKE_DOMAIN: "username.like_domain",
    rule.RESERVED: "username.reserved",
}


def _chosen(typed: str) -> str:
    """The folded name. Raises `BAD_USER_INPUT` with what is wrong; characters no username has are named."""
    name = rule.folded(typed)
    decision = rule.acceptable(name)
    if isinstance(decision, Refused):
        values = {"shortest": rule.SHORTEST, "longest": rule.LONGEST}
        characters = ", ".join(rule.foreign_characters(name))
        raise bad_input(_WORDS[decision.reason], path=PATH, **values, characters=characters)
    return name


def _taken() -> GatewayError:
    return GatewayError(ErrorCode.CONFLICT, "username.taken", path=PATH)


async def _demand_free(viewer: Viewer, name: str) -> None:
    """Raise `BAD_USER_INPUT` when it is the viewer's own, `CONFLICT` when it is another's."""
    if await visible.customers(viewer).filter(username=name).exists():
        raise bad_input("username.own", path=PATH)
    if await Customer.filter(username=name).exists():
        raise _taken()


async def _written(viewer: Viewer, name: str | None, version: int, client: Client, now: datetime) -> Customer:
    """The change with all that belongs to it: inside a unit of work."""
    before = await hold_customer(viewer.customer_id)
    unchanged = visible.customers(viewer).filter(version=version)
    if not await unchanged.update(username=name, version=F("version") + 1):
        raise GatewayError(ErrorCode.CONFLICT, "username.changed_meanwhile", path=("input", "version"))
    notice, action = ("username_removed", "remove") if name is None else ("username_changed", "change")
    await notices.notify(before, notice, now, username=name or before.username)
    await audit.record(audit.actor_of(viewer), client, now, f"username.{action}", object_id=viewer.customer_id)
    return await visible.customers(viewer).get()
