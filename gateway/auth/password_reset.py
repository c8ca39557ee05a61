"""Forgotten passwords: a link by mail for whoever knows the customer number and reads the mail (SECURITY T8).

Nothing tells whether there is such an account. The request only leaves a row in the outbox, the same for every text; the
account is looked for when the worker takes that row (`gateway.jobs.password_reset`), after the answer.
"""

from __future__ import annotations

import contextlib
import unicodedata
from datetime import datetime

import idna

from gateway.auth import audit, notices
from gateway.auth.address import shortened, throttle_network
from gateway.auth.allowance import Allowance
from gateway.auth.client import Client
from gateway.auth.links import find_link, redeem_link
from gateway.auth.new_passwords import PATH, NewPasswords
from gateway.auth.password_change import end_what_was_open
from gateway.auth.passwords import Passwords
from gateway.auth.sessions import hold_customer
from gateway.errors import GatewayError, bad_input
from gateway.keys import Keyring
from gateway.settings import Settings
from models import Customer, LinkCode, LinkPurpose, OutboxMessage, SessionKind
from models.database import in_unit_of_work

REQUEST = "password_reset.request"
"""The kind of the outbox row that asks for a link."""

PURPOSE = LinkPurpose.PASSWORD_RESET
HOUR = 3_600
NUMBER_LENGTH, EMAIL_LENGTH = 12, 254


def mailbox(address: str) -> str:
    """An address as it is compared: case and the spelling of the domain do not matter. Mail only goes to the stored one."""
    local, _, domain = unicodedata.normalize("NFC", address.strip()).casefold().rpartition("@")
    with contextlib.suppress(idna.IDNAError, UnicodeError):  # then it is compared as it is
        domain = idna.encode(domain, uts46=True).decode()
    return f"{local}@{domain}"


def _link_over() -> GatewayError:
    return bad_input("password.link_over", path=("input", "code"))


class PasswordReset:
    """Takes requests for a link, and new passwords with the code of one."""

    def __init__(self, passwords: Passwords, new_passwords: NewPasswords, keyring: Keyring, settings: Settings) -> None:
        self._passwords = passwords
        self._new_passwords = new_passwords
        self._keyring = keyring
        self._lifetime = settings.password_reset_lifetime
        address = {"most": settings.address_failures, "window": settings.address_window}
        self._asking = Allowance(keyring, "password reset request", **address)
        self._trying = Allowance(keyring, "password reset", **address)
        self._accounts = Allowance(
            keyring, "password reset account", most=settings.password_resets_per_hour, window=HOUR
        )

    async def request(self, number: str, email: str, client: Client, now: datetime) -> None:
        """Note that somebody wants a link. The same work whether or not there is such a customer, with this address.

        Raises `BAD_USER_INPUT` for what is neither number nor address, `RATE_LIMITED`.
        """
        number, email = number.strip(), email.strip()
        if not 1 <= len(number) <= NUMBER_LENGTH or not number.isprintable():
            raise bad_input("password.reset_number", path=("input", "customerNumber"))
        local, _, domain = email.rpartition("@")
        if not (local and domain) or len(email) > EMAIL_LENGTH or not email.isprintable():
            raise bad_input("password.reset_email", path=("input", "email"))
        await self._asking.spend(throttle_network(client.address), now)
        await self._accounts.spend(f"{number} {mailbox(email)}", now)
        secrets = notices.sealed(
            self._keyring,
            number=number,
            email=email,
            address=shortened(client.address) or "",
            request_id=client.request_id,
        )

        async def note() -> None:
            await OutboxMessage.create(
                kind=REQUEST,
                payload={notices.SECRETS: secrets, "lifetime": self._lifetime},
                created_at=now,
                available_at=now,
            )

        await in_unit_of_work(note)

    async def __call__(self, code: str, new: str, client: Client, now: datetime) -> None:
        """Set the password anew with the code of a link. The second factor stays on (SECURITY T8).

        Raises `BAD_USER_INPUT` for a code that is used, expired, void, or none, and for a new password that will not do
        (the code stays good then); `RATE_LIMITED`; `UNAVAILABLE` when no place is free to compute.
        """
        await self._trying.spend(throttle_network(client.address), now)
        link = await find_link(code, PURPOSE, now)
        customer = None if link is None else await _customer_of(link)
        if link is None or customer is None:
            raise _link_over()
        await self._new_passwords.demand_writable(customer.id, new)
        if (await self._passwords.verify(new, customer.password_hash)).matches:
            raise bad_input("password.same", path=PATH)
        hashed = await self._new_passwords.hashed(customer, new)

        async def write() -> None:
            held = await hold_customer(customer.id)
            used = await redeem_link(code, PURPOSE, now)
            if used is None or not _good_for(used, held):
                raise _link_over()
            await Customer.filter(id=held.id).update(password_hash=hashed, password_changed_at=now)
            ended = await end_what_was_open(held.id, now)
            await notices.notify(held, "password_reset", now, address=shortened(client.address))
            actor = audit.login_actor(SessionKind.CUSTOMER, held.id, None)
            await audit.record(actor, client, now, "password.reset", object_id=held.id, detail={"ended": ended})

        await in_unit_of_work(write)


async def _customer_of(link: LinkCode) -> Customer | None:
    """Whose code it is, if it still counts."""
    customer = await Customer.get(id=link.customer_id)
    return customer if _good_for(link, customer) else None


def _good_for(link: LinkCode, customer: Customer) -> bool:
    """Whether the customer still reads mail where the code was sent, and may sign in at all."""
    return customer.disabled_at is None and mailbox(customer.email) == mailbox(link.email)
