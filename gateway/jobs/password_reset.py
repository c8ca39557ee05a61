"""Sends the link that somebody who forgot the password asked for, if there is such an account; otherwise nothing."""

from __future__ import annotations

from datetime import timedelta

from gateway.auth import audit, notices
from gateway.auth.client import Client
from gateway.auth.links import issue_link
from gateway.auth.password_reset import PURPOSE, mailbox
from gateway.auth.sessions import hold_customer
from gateway.keys import Keyring
from models import Customer, OutboxMessage, SessionKind
from models.database import in_unit_of_work

PLACE = "/reset-password?code="
"""Where in the portal the link leads."""


async def send_reset_link(message: OutboxMessage, keyring: Keyring) -> None:
    """What a row of the kind `password_reset.request` asks for: one unit of work with the code and the mail's row.

    The row itself goes with it, so that it is answered once, and nothing stays of what a stranger typed. The link counts
    from the moment it was asked for: one that comes late is over and does no harm.
    """
    asked, now = notices.unsealed(keyring, message.payload), message.created_at
    lifetime = int(message.payload["lifetime"])
    found = await Customer.get_or_none(number=asked["number"], disabled_at=None)

    async def write() -> None:
        if not await OutboxMessage.filter(id=message.id).delete() or found is None:
            return
        customer = await hold_customer(found.id)
        if mailbox(customer.email) != mailbox(asked["email"]):
            return
        code = await issue_link(customer.id, PURPOSE, customer.email, now, lifetime)
        await notices.notify(
            customer,
            "password_reset_link",
            now,
            secrets=notices.sealed(keyring, link=f"{PLACE}{code}"),
            address=asked["address"] or None,
            minutes=timedelta(seconds=lifetime) // timedelta(minutes=1),
        )
        actor = audit.login_actor(SessionKind.CUSTOMER, customer.id, None)
        client = Client(asked["address"], None, asked["request_id"])
        await audit.record(actor, client, now, "password.reset_request", object_id=customer.id)

    await in_unit_of_work(write)
