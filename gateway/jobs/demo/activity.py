"""What was done in the demo so far: by its customers at home and on the way, and by those who look after a package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gateway.auth.audit import Actor, login_actor, record
from gateway.auth.client import Client
from gateway.auth.tokens import TokenKind, new_token, token_hash
from gateway.jobs.demo.people import CAST, Role
from models import ActorKind, Customer, Package, SessionKind, TrustedDevice
from models.database import in_unit_of_work
from models.ids import new_id

HOME, AWAY, AGENCY = "203.0.113.61", "2001:db8:51:7::1", "198.51.100.24"
"""Addresses that belong to nobody (RFC 5737, RFC 3849)."""

TRUST = timedelta(days=90)


@dataclass(frozen=True)
class _Event:
    """Something that happened so many days ago. `about` is what it was done to: "session", "package" or "customer"."""

    days: float
    actor: Actor
    address: str
    action: str
    about: str
    result: str = "OK"
    detail: dict[str, Any] | None = None


async def make_activity(now: datetime) -> None:
    """Write a few weeks of it for each of the cast, with the devices that were used. The database is connected."""
    for role in CAST:
        customer = await Customer.get(number=role.number)
        package = await Package.get(customer_id=customer.id, name=role.sites[0].name)
        await _write(role, customer, package, now)


async def _write(role: Role, customer: Customer, package: Package, now: datetime) -> None:
    async def write() -> None:
        for event in _events(role, customer, package):
            objects = {"session": new_id("ses"), "package": package.id, "customer": customer.id}
            await record(
                event.actor,
                Client(event.address, None, new_id("req")),
                now - timedelta(days=event.days),
                event.action,
                object_id=objects[event.about],
                package_id=package.id if event.about == "package" else None,
                result=event.result,
                detail=event.detail,
            )
        await _trust(customer, None, "Firefox auf dem Laptop", now - timedelta(days=41), now - timedelta(days=3))
        await _trust(customer, None, "Telefon", now - timedelta(days=12), now - timedelta(days=1))
        if role.sites[0].password:
            await _trust(customer, package.id, "Werkstattrechner", now - timedelta(days=20), now - timedelta(days=2))

    await in_unit_of_work(write)


def _events(role: Role, customer: Customer, package: Package) -> Iterator[_Event]:
    """Oldest first."""
    own = login_actor(SessionKind.CUSTOMER, customer.id, None)
    login = login_actor(SessionKind.PACKAGE, customer.id, package.id)
    host = Actor(ActorKind.OPERATOR, None, customer.id)
    new, known = ({"new_device": is_new, "remembered": False} for is_new in (True, False))
    yield _Event(41, own, HOME, "session.sign_in", "session", detail=new)
    yield _Event(40.9, own, HOME, "password.change", "customer", detail={"ended": 0})
    yield _Event(33, host, "", "customer.import", "customer", detail={"changed": ["postcode", "street"]})
    if role.sites[0].password:
        yield _Event(20.2, own, HOME, "package_password.set", "package")
        yield _Event(20, login, AGENCY, "session.sign_in", "session", detail=new)
        named = {"before": f"{package.name} (neu)", "after": package.name}
        yield _Event(19.9, login, AGENCY, "package.rename", "package", detail=named)
    yield _Event(12, own, AWAY, "session.sign_in", "session", detail=new)
    yield _Event(11.8, own, AWAY, "session.sign_out", "session")
    wrong = {"failures": 3}
    yield _Event(6.5, own, AWAY, "session.sign_in", "customer", result="INVALID_CREDENTIALS", detail=wrong)
    yield _Event(3, own, HOME, "session.sign_in", "session", detail=known)
    if role.sites[0].password:
        yield _Event(2, login, AGENCY, "session.sign_in", "session", detail=known)
    yield _Event(1, own, AWAY, "session.sign_in", "session", detail=known)


async def _trust(customer: Customer, package_id: str | None, name: str, since: datetime, used: datetime) -> None:
    """A device whose token nobody has."""
    await TrustedDevice.create(
        customer_id=customer.id,
        package_id=package_id,
        token_hash=token_hash(TokenKind.DEVICE, new_token(TokenKind.DEVICE)),
        name=name,
        created_at=since,
        last_used_at=used,
        expires_at=used + TRUST,
    )
