"""Authenticator apps for tests: what is in the tables, and what the app shows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp

from gateway.auth.recovery_codes import code_hash
from gateway.keys import AUTHENTICATOR_SEAL, Keyring
from models import Authenticator, RecoveryCode, SignInChallenge
from tests.world import KEYS, NOW, TOTP_SECRET

SECRET = TOTP_SECRET
RECOVERY_CODE = "7k3f-9mqx-02ha-vw5t"


def shown(secret: str, at: datetime, *, steps: int = 0) -> str:
    """The code an app with this secret shows, so many steps away from `at`."""
    return pyotp.TOTP(secret).at(at + timedelta(seconds=30 * steps))


async def switch_on(customer_id: str, *, at: datetime = NOW, name: str = "Handy", secret: str = SECRET) -> str:
    """Give a customer one device that was never used, and one recovery code; whatever there was is gone. Its id."""
    await switch_off(customer_id)
    await RecoveryCode.create(
        customer_id=customer_id, code_hash=code_hash(customer_id, RECOVERY_CODE), created_at=at - timedelta(days=1)
    )
    return await add_device(customer_id, at=at, name=name, secret=secret)


async def add_device(customer_id: str, *, at: datetime = NOW, name: str = "Tablet", secret: str = SECRET) -> str:
    """A further device that counts. Its id."""
    before = at - timedelta(days=1)
    device = await Authenticator.create(
        customer_id=customer_id, name=name, secret_sealed=Keyring(KEYS).seal(AUTHENTICATOR_SEAL, secret),
        created_at=before, pending_until=before + timedelta(minutes=10), confirmed_at=before, last_used_at=before,
    )  # fmt: skip
    return device.id


async def add_pending(customer_id: str, *, at: datetime = NOW, secret: str = SECRET) -> str:
    """A device that waits for its first code. Its id."""
    device = await Authenticator.create(
        customer_id=customer_id, name="Neues Handy", secret_sealed=Keyring(KEYS).seal(AUTHENTICATOR_SEAL, secret),
        created_at=at, pending_until=at + timedelta(minutes=10),
    )  # fmt: skip
    return device.id


async def switch_off(customer_id: str) -> None:
    """Sign in by password alone."""
    for model in (Authenticator, RecoveryCode, SignInChallenge):
        await model.filter(customer_id=customer_id).delete()
