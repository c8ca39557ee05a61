"""The second factor of a customer: whether there is one, and whether a proof of it holds.

One place for every use (sign-in, step-up, switching it off), so that a code that was used anywhere is used up everywhere
(SECURITY T4). Package logins have none.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime

from tortoise.queryset import QuerySet

from gateway.auth import notices
from gateway.auth.address import shortened
from gateway.auth.client import Client
from gateway.auth.recovery_codes import use_code
from gateway.auth.totp import step_of
from gateway.errors import ErrorCode, GatewayError, bad_input
from gateway.keys import AUTHENTICATOR_SEAL, Keyring
from models import Authenticator, Customer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody gives as the second factor: the code of an app, or a recovery code."""

    code: str | None = field(default=None, repr=False)
    recovery_code: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Raise `BAD_USER_INPUT` for both at once: one of them would be used up for nothing."""
        if self.code is not None and self.recovery_code is not None:
            raise bad_input("two_factor.both", path=("input", "recoveryCode"))

    @property
    def missing(self) -> bool:
        """Whether there is nothing."""
        return self.code is None and self.recovery_code is None

    def required(self) -> GatewayError:
        """What to say where there should be something."""
        return GatewayError(ErrorCode.TWO_FACTOR_REQUIRED, "two_factor.required", path=("input", "code"))

    def refused(self) -> GatewayError:
        """What to say when it is wrong, was used before, or is no code at all."""
        if self.recovery_code is None:
            return GatewayError(ErrorCode.TWO_FACTOR_INVALID, "two_factor.code_wrong", path=("input", "code"))
        path = ("input", "recoveryCode")
        return GatewayError(ErrorCode.TWO_FACTOR_INVALID, "two_factor.recovery_code_wrong", path=path)


class SecondFactor:
    """Verifies proofs. Its methods work inside the caller's unit of work, which holds the customer."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def is_on(self, customer_id: str) -> bool:
        """Whether the customer signs in with a second factor."""
        return await _active(customer_id).exists()

    async def accepts(self, customer: Customer, proof: Proof, client: Client, now: datetime) -> bool:
        """Whether the proof holds; if so it is used up, and the use of a recovery code is told by mail."""
        if proof.recovery_code is not None:
            left = await use_code(customer.id, proof.recovery_code, now)
            if left is None:
                return False
            await notices.notify(customer, "recovery_code_used", now, left=left, address=shortened(client.address))
            return True
        return proof.code is not None and await self._accepts_code(customer.id, proof.code, now)

    async def _accepts_code(self, customer_id: str, code: str, now: datetime) -> bool:
        for device in await _active(customer_id).order_by("created_at", "id"):
            secret = self.secret_of(device)
            step = None if secret is None else step_of(secret, code, now)
            if step is None:
                continue
            # The one statement that decides: of parallel uses one moves the step on.
            unused = Authenticator.filter(id=device.id, last_step__lt=step)
            if await unused.update(last_step=step, last_used_at=now):
                return True
        return False

    def secret_of(self, device: Authenticator) -> str | None:
        """The secret of a device; `None` when its key is gone from the keyring."""
        try:
            return self._keyring.unseal(AUTHENTICATOR_SEAL, device.secret_sealed)
        except ValueError:
            _log.error("the secret of authenticator %s cannot be unsealed: its key is not in the keyring", device.id)
            return None


def _active(customer_id: str) -> QuerySet[Authenticator]:
    return Authenticator.filter(customer_id=customer_id, confirmed_at__isnull=False)
