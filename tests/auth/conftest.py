"""People who sign in: a customer with two packages, another customer, and a clock that tests move."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.auth.afterwards import Afterwards
from gateway.auth.challenges import Challenged, Challenges
from gateway.auth.client import Client
from gateway.auth.entering import Entering, SignedIn
from gateway.auth.passwords import Passwords
from gateway.auth.second_factor import SecondFactor
from gateway.auth.sessions import Sessions
from gateway.auth.sign_in import Credentials, Failure, SignIn
from gateway.auth.throttle import AttemptThrottle
from gateway.auth.tokens import TokenKind, token_hash
from gateway.auth.viewer import Viewer
from gateway.keys import Keyring
from gateway.settings import Settings
from models import Customer, Domain, Package, PackageType

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PASSWORD = "Klabautermann-Kombüse-7"
PACKAGE_PASSWORD = "Wartungsfenster-Dienstag-3"
CLIENT = Client(address="203.0.113.7", user_agent="Firefox", request_id="req-1")
KEYRING = Keyring({1: b"1" * 32})


@dataclass
class Door:
    """Everything a sign-in goes through, wired as the application wires it."""

    settings: Settings = field(default_factory=lambda: Settings(bcrypt_cost=4, password_workers=1))
    keyring: Keyring = KEYRING
    now: datetime = START

    def __post_init__(self) -> None:
        chosen = self.settings
        self.afterwards = Afterwards()
        self.passwords = Passwords(
            self.keyring, cost=chosen.bcrypt_cost, workers=chosen.password_workers, queue=chosen.password_queue
        )
        self.throttle = AttemptThrottle(self.keyring, chosen, self.afterwards)
        self.sessions = Sessions(chosen, self.afterwards)
        entering, challenges = Entering(self.sessions, chosen), Challenges(chosen)
        self.second_factor = SecondFactor(self.keyring)
        self.try_to_sign_in = SignIn(
            self.passwords, self.throttle, self.afterwards, entering, self.second_factor, challenges
        )

    def wait(self, **duration: float) -> None:
        """Let time pass."""
        self.now += timedelta(**duration)

    async def attempt(
        self, login: str, password: str = PASSWORD, *, address: str = CLIENT.address, **more: Any
    ) -> SignedIn | Challenged | Failure:
        """Try to sign in."""
        client = replace(CLIENT, address=address)
        return await self.try_to_sign_in(Credentials(login, password, **more), client, self.now)

    async def enter(self, login: str, password: str = PASSWORD, **more: Any) -> SignedIn:
        """Sign in, which must succeed."""
        result = await self.attempt(login, password, **more)
        assert isinstance(result, SignedIn), result
        return result

    async def viewer(self, token: str) -> Viewer | None:
        """Whose token it is now."""
        hashed = token_hash(TokenKind.SESSION, token)
        assert hashed is not None
        found = await self.sessions.find(hashed, self.now)
        await self.afterwards.settle()
        return found

    async def signed_in_viewer(self, login: str, password: str = PASSWORD, **more: Any) -> Viewer:
        """Sign in and be the viewer."""
        found = await self.viewer((await self.enter(login, password, **more)).token)
        assert found is not None
        return found

    async def close(self) -> None:
        await self.afterwards.settle()
        await self.passwords.close()


@pytest.fixture
async def door(database: Any) -> AsyncIterator[Door]:
    made = Door()
    yield made
    await made.close()


@dataclass(frozen=True)
class People:
    """Who there is. The hosted package has a password, the bare one has none."""

    eve: Customer
    otto: Customer
    hosted: Package
    bare: Package


async def make_people(door: Door) -> People:
    """Eve (10001, `eve`) with two packages and Otto (10002, no username) with none."""
    stored = await door.passwords.hash(PASSWORD)

    async def customer(number: str, name: str, username: str | None) -> Customer:
        return await Customer.create(
            number=number, kind="PERSON", last_name=name, street="Hafenstr. 1", postcode="20095", city="Hamburg",
            country="DE", email=f"{name.lower()}@example.com", username=username, password_hash=stored,
            password_changed_at=START - timedelta(days=9), created_at=START - timedelta(days=9),
        )  # fmt: skip

    eve, otto = await customer("10001", "Eve", "eve"), await customer("10002", "Otto", None)
    kind = await PackageType.create(code="web", name="Web", family="hosting", functions=[])

    async def package(number: int, domain: str, ascii_domain: str, password_hash: str | None) -> Package:
        made = await Package.create(
            customer_id=eve.id, type_id=kind.id, name=f"Paket {number}", identification=f"w{number}",
            order_number=f"o{number}", state="ACTIVE", created_at=START, password_hash=password_hash,
            password_changed_at=START - timedelta(days=1) if password_hash else None,
        )  # fmt: skip
        await Domain.create(
            customer_id=eve.id, package_id=made.id, name=domain, ascii_name=ascii_domain, state="ACTIVE",
            created_at=START, main=True,
        )  # fmt: skip
        return made

    hosted = await package(1, "bäckerei.de", "xn--bckerei-5wa.de", await door.passwords.hash(PACKAGE_PASSWORD))
    return People(eve, otto, hosted, await package(2, "leer.de", "leer.de", None))


@pytest.fixture
async def people(door: Door) -> People:
    return await make_people(door)
