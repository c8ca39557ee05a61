"""Trusted devices: who once signed in fully is not held off by what strangers try on the account (SECURITY AU8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from gateway.auth.logins import Account
from gateway.auth.tokens import TokenKind, new_token, token_hash
from models import TrustedDevice

DEVICES_PER_LOGIN = 50
"""A client that never keeps its device token makes a device at each sign-in; the oldest go."""


async def find_device(token: str | None, account: Account | None, now: datetime) -> TrustedDevice | None:
    """The device a token belongs to, if it is one of this account and still trusted.

    A well-formed token costs one statement whether or not there is such an account.
    """
    hashed = token_hash(TokenKind.DEVICE, token) if token else None
    if hashed is None:
        return None
    customer_id, package_id = (account.customer_id, account.package_id) if account else ("", None)
    return await TrustedDevice.get_or_none(
        token_hash=hashed, customer_id=customer_id, package_id=package_id, expires_at__gt=now
    )


async def device_by_id(device_id: str | None, customer_id: str, now: datetime) -> TrustedDevice | None:
    """The trusted device of the customer's own login that was found a step before, if it is still trusted."""
    if device_id is None:
        return None
    return await TrustedDevice.get_or_none(id=device_id, customer_id=customer_id, package_id=None, expires_at__gt=now)


async def trust_device(account: Account, name: str, lifetime: int, now: datetime) -> str:
    """Trust the device that just signed in, for `lifetime` seconds: its token. Inside the caller's unit of work."""
    token = new_token(TokenKind.DEVICE)
    await TrustedDevice.create(
        customer_id=account.customer_id,
        package_id=account.package_id,
        token_hash=token_hash(TokenKind.DEVICE, token),
        name=name,
        created_at=now,
        last_used_at=now,
        expires_at=now + timedelta(seconds=lifetime),
    )
    devices = TrustedDevice.filter(customer_id=account.customer_id, package_id=account.package_id)
    surplus = await devices.order_by("-last_used_at", "-id").offset(DEVICES_PER_LOGIN).values_list("id", flat=True)
    await TrustedDevice.filter(id__in=surplus).delete() if surplus else None
    return token


async def renew_device(device: TrustedDevice, lifetime: int, now: datetime) -> bool:
    """A trusted device signed in fully again: its time starts anew. Inside the caller's unit of work.

    `False` when it was forgotten since it was found.
    """
    renewed = TrustedDevice.filter(id=device.id)
    return bool(await renewed.update(last_used_at=now, expires_at=now + timedelta(seconds=lifetime)))


async def forget_devices(customer_id: str, package_id: str | None) -> None:
    """Trust no device of a login any more: its password or second factor changed. Inside the caller's unit of work."""
    await TrustedDevice.filter(customer_id=customer_id, package_id=package_id).delete()
