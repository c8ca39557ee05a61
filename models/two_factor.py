"""The second step of signing in: authenticator apps (RFC 6238), recovery codes, and sign-ins that wait for it."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key


class TwoFactorKind(StrEnum):
    """What the second step is made with; there is one kind so far."""

    AUTHENTICATOR_APP = "AUTHENTICATOR_APP"


class Authenticator(Model):
    """An authenticator app. It counts once `confirmed_at` is set. Until `pending_until` it may be confirmed.

    The secret is sealed (encrypted with a key id). `last_step` is the last time step a code was accepted for: none is
    accepted twice (SECURITY T4).
    """

    id = key("aut")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="authenticators", on_delete=fields.CASCADE
    )
    customer_id: str
    kind = fields.CharEnumField(TwoFactorKind, max_length=20, default=TwoFactorKind.AUTHENTICATOR_APP)
    name = fields.CharField(max_length=80)
    secret_sealed = fields.CharField(max_length=255)
    last_step = fields.BigIntField(default=0)
    created_at = fields.DatetimeField()
    pending_until = fields.DatetimeField()
    confirmed_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "authenticator"
        indexes = (Index(fields=("customer_id", "created_at", "id")),)
        constraints = (CheckConstraint(check="kind IN ('AUTHENTICATOR_APP')", name="authenticator_kind_known"),)


class RecoveryCode(Model):
    """One of ten codes for the day the authenticator is lost: hashed, each good for one sign-in."""

    id = key("rec")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="recovery_codes", on_delete=fields.CASCADE
    )
    customer_id: str
    code_hash = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recovery_code"
        unique_together = (("customer_id", "code_hash"),)


class SignInChallenge(Model):
    """A sign-in whose password was right and whose second step is missing: five minutes, five tries, once (SECURITY T6)."""

    id = key("cha")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="sign_in_challenges", on_delete=fields.CASCADE
    )
    customer_id: str
    token_hash = fields.CharField(max_length=64, unique=True)
    password_hash = fields.CharField(max_length=80)  # the one that was verified: a change of it voids the challenge
    device_id = fields.CharField(max_length=30, null=True)
    device_name = fields.CharField(max_length=80, null=True)
    remembered = fields.BooleanField(default=False)
    failures = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sign_in_challenge"
        indexes = (Index(fields=("customer_id",)), Index(fields=("expires_at",)))
