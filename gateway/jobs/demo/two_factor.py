"""The customer of the demo who signs in with a second factor: a device whose secret everybody may know."""

from __future__ import annotations

from datetime import datetime

from gateway.auth.recovery_codes import replace_codes
from gateway.jobs.demo.people import LOGINS
from gateway.keys import AUTHENTICATOR_SEAL, Keyring
from models import Authenticator, Customer
from models.database import in_unit_of_work


async def set_up_devices(keyring: Keyring, now: datetime) -> None:
    """Give each login with a secret its device. The database is connected."""
    for login in LOGINS:
        if login.totp_secret is not None:
            customer = await Customer.get(number=login.login)
            await _set_up(customer, keyring.seal(AUTHENTICATOR_SEAL, login.totp_secret), now)


async def _set_up(customer: Customer, sealed: str, now: datetime) -> None:
    async def write() -> None:
        await Authenticator.create(
            customer_id=customer.id,
            name="Telefon" if customer.language == "de" else "Phone",
            secret_sealed=sealed,
            created_at=now,
            pending_until=now,
            confirmed_at=now,
        )
        await replace_codes(customer.id, now)

    await in_unit_of_work(write)
