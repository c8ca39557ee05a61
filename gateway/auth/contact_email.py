"""The contact e-mail address and that for invoices. A new contact address counts once its owner has sent back a code."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from gateway.auth import audit, notices, visible
from gateway.auth.actions import ActivityAction
from gateway.auth.address import shortened, throttle_network
from gateway.auth.allowance import Allowance
from gateway.auth.client import Client
from gateway.auth.customer_change import changed, held_at
from gateway.auth.links import find_link, issue_link, redeem_link, void_links
from gateway.auth.password_reset import mailbox
from gateway.auth.sessions import hold_customer
from gateway.auth.viewer import Viewer
from gateway.errors import GatewayError, bad_input, rate_limited
from gateway.keys import Keyring
from gateway.settings import Settings
from models import Customer, Domain, LinkPurpose, SessionKind
from models.database import in_unit_of_work

PATH = ("input", "email")
PURPOSE = LinkPurpose.EMAIL_CHANGE
HOUR = timedelta(hours=1)
LONGEST = 254
"""Characters (RFC 5321 §4.5.3.1, with the angle brackets of RFC 3696 erratum 1690)."""


def read_email(text: str) -> str:
    """The address as it is stored: the domain in lower case and, where it has other letters, in its ASCII form (RFC 5891).

    The part before the `@` must be ASCII, since not every mail server takes another one (RFC 6531). Raises `BAD_USER_INPUT`.
    """
    from email_validator import EmailNotValidError, validate_email  # brings DNS code along, for the few who need it

    typed = text.strip(" ")
    if len(typed) > LONGEST or not typed.isprintable():
        raise bad_input("email.address", path=PATH)
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise bad_input("email.address", path=PATH) from None
    if found.ascii_email is None or len(found.ascii_email) > LONGEST:
        raise bad_input("email.address", path=PATH)
    return str(found.ascii_email)


async def _demand_elsewhere(viewer: Viewer, email: str) -> None:
    """Raise `BAD_USER_INPUT` for an address inside of a package: what is wrong with that one would never be read."""
    if await visible.domains(viewer).filter(ascii_name__in=_domains_above(email)).exists():
        raise bad_input("email.own_package", path=PATH)


def _domains_above(email: str) -> list[str]:
    """The domain of an address and every one it lies in."""
    labels = email.rpartition("@")[2].lower().split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


class ContactEmail:
    """Changes the addresses, and confirms a new contact address by its code."""

    def __init__(self, keyring: Keyring, settings: Settings) -> None:
        self._keyring = keyring
        self._lifetime = settings.email_change_lifetime
        self._most = settings.email_changes_per_hour
        self._trying = Allowance(
            keyring, "email confirmation", most=settings.address_failures, window=settings.address_window
        )

    async def change(self, viewer: Viewer, typed: str, version: int, client: Client, now: datetime) -> Customer:
        """Send a code to the new address and tell the old one: nothing else changes until the code comes back.

        Raises `BAD_USER_INPUT`, `CONFLICT`, and `RATE_LIMITED`, since each is a mail to an address of the caller's choice.
        """
        email = read_email(typed)
        await _demand_elsewhere(viewer, email)

        async def write() -> Customer:
            customer = await held_at(viewer, version)
            if mailbox(email) == mailbox(customer.email):
                raise bad_input("email.same", path=PATH)
            await self._demand_few(viewer, now)
            code = await issue_link(customer.id, PURPOSE, email, now, self._lifetime)
            link = notices.sealed(self._keyring, link=f"/confirm-email?code={code}")
            hours = self._lifetime // 3_600
            await notices.notify(customer, "email_confirmation", now, to=email, secrets=link, hours=hours)
            await notices.notify(
                customer, "email_change_requested", now, email=email, hours=hours, address=shortened(client.address)
            )
            return await changed(viewer, version, "customer.email_change_request", client, now)

        return await in_unit_of_work(write)

    async def _demand_few(self, viewer: Viewer, now: datetime) -> None:
        """Raise `RATE_LIMITED` after too many requests in an hour: those of the audit log, while the customer is held."""
        asked = visible.audit_events(viewer).filter(
            action=ActivityAction.EMAIL_CHANGE_REQUEST.value, occurred_at__gt=now - HOUR
        )
        recent = await asked.order_by("-occurred_at", "-id").limit(self._most)
        if len(recent) == self._most:
            raise rate_limited(ceil((recent[-1].occurred_at + HOUR - now).total_seconds()))

    async def confirm(self, code: str, client: Client, now: datetime) -> None:
        """The code of the mail makes its address the contact address.

        Raises `BAD_USER_INPUT` for a code that is used, expired, void, or none, alike; `RATE_LIMITED`.
        """
        await self._trying.spend(throttle_network(client.address), now)

        async def write() -> None:
            sent = await find_link(code, PURPOSE, now)
            if sent is None:
                raise _over()
            customer = await hold_customer(sent.customer_id)  # before the code, as whoever issues one does
            link = await redeem_link(code, PURPOSE, now)
            if link is None or customer.disabled_at is not None:
                raise _over()
            # A domain may have come to a package since the code was sent.
            if await Domain.filter(customer_id=customer.id, ascii_name__in=_domains_above(link.email)).exists():
                raise bad_input("email.own_package", path=("input", "code"))
            await Customer.filter(id=customer.id).update(email=link.email, version=customer.version + 1)
            await void_links(customer.id)  # a link to set a password anew may wait in the old mailbox
            for address in (customer.email, link.email):
                await notices.notify(customer, "email_changed", now, to=address, email=link.email)
            actor = audit.login_actor(SessionKind.CUSTOMER, customer.id, None)
            await audit.record(actor, client, now, "customer.email_change", object_id=customer.id)

        await in_unit_of_work(write)

    async def change_for_invoices(
        self, viewer: Viewer, typed: str | None, version: int, client: Client, now: datetime
    ) -> Customer:
        """Announce invoices elsewhere, or at the contact address (`None`). Raises as `change`."""
        email = None if typed is None else read_email(typed)
        if email is not None:
            await _demand_elsewhere(viewer, email)

        async def write() -> Customer:
            customer = await held_at(viewer, version)
            await notices.notify(
                customer,
                "invoice_email_changed",
                now,
                email=email or customer.email,
                address=shortened(client.address),
            )
            return await changed(viewer, version, "customer.invoice_email_change", client, now, invoice_email=email)

        return await in_unit_of_work(write)


def _over() -> GatewayError:
    return bad_input("email.link_over", path=("input", "code"))
