"""The package password: set, changed and removed by the customer alone (SECURITY AU4, AU9, SE4).

Whoever has it signs in with a domain of the package and takes care of its technical side.
"""

from __future__ import annotations

from datetime import datetime

from gateway.auth import audit, notices, visible
from gateway.auth.address import shortened
from gateway.auth.client import Client
from gateway.auth.ending import end_login
from gateway.auth.new_passwords import demand
from gateway.auth.package_function import find_package
from gateway.auth.passwords import Passwords
from gateway.auth.sessions import hold_customer
from gateway.auth.strength import estimate, own_words
from gateway.auth.viewer import Viewer
from gateway.errors import ErrorCode, GatewayError
from models import Package
from models.database import in_unit_of_work
from models.rules import password as rule

FUNCTION = "SECURITY"
WHICH, WHAT = ("input", "packageId"), ("input", "password")


class PackagePasswords:
    """The use cases with their parts."""

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords

    async def set(
        self, viewer: Viewer, package_id: str, password: str, client: Client, now: datetime
    ) -> tuple[Package, int]:
        """Set or change it: the package, and how many sessions of its login that ended.

        Raises `BAD_USER_INPUT` for a password that will not do, `NOT_FOUND`, `CONFLICT` when the package's state does not
        allow it, `UNAVAILABLE` when there is no place to compute.
        """
        demand(rule.writable(password, two_factor=False), WHAT)
        package = await find_package(viewer, package_id, FUNCTION, WHICH)
        customer = await visible.customers(viewer).get()
        domains = await visible.domains(viewer).filter(package_id=package.id).limit(20).values_list("name", flat=True)
        words = [*own_words(customer), package.name.lower(), package.identification.lower(), *map(str, domains)]
        strength = await self._passwords.estimate(lambda: estimate(password, words))
        demand(rule.strong(strength.score), WHAT)
        hashed = await self._passwords.hash(password)
        return await self._written(viewer, package_id, hashed, client, now)

    async def remove(self, viewer: Viewer, package_id: str, client: Client, now: datetime) -> tuple[Package, int]:
        """Take it away: nobody signs in to the package any more. Raises as `set`, and `CONFLICT` when there is none."""
        return await self._written(viewer, package_id, None, client, now)

    async def _written(
        self, viewer: Viewer, package_id: str, hashed: str | None, client: Client, now: datetime
    ) -> tuple[Package, int]:
        async def write() -> tuple[Package, int]:
            customer = await hold_customer(viewer.customer_id)
            package = await find_package(viewer, package_id, FUNCTION, WHICH)
            if hashed is None and package.password_hash is None:
                raise GatewayError(ErrorCode.CONFLICT, "package_password.none", path=WHICH)
            stored = visible.packages(viewer).filter(id=package.id, state=package.state)
            changed_at = None if hashed is None else now
            if not await stored.update(password_hash=hashed, password_changed_at=changed_at):
                raise GatewayError(ErrorCode.CONFLICT, "package.changed_meanwhile", path=WHICH)
            ended = await end_login(customer.id, package.id, now)
            done = "removed" if hashed is None else "set"
            await notices.notify(
                customer, f"package_password_{done}", now, package=package.name, address=shortened(client.address)
            )
            await audit.record(
                audit.actor_of(viewer),
                client,
                now,
                "package_password.remove" if hashed is None else "package_password.set",
                object_id=package.id,
                package_id=package.id,
                detail={"ended": ended},
            )
            return await visible.packages(viewer).get(id=package.id), ended

        return await in_unit_of_work(write)
