"""Who is signed in, which devices are trusted, and which downloads were promised. Tokens are stored as SHA-256 only."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package


class SessionKind(StrEnum):
    """A customer session reaches everything under the customer number, a package session one package's technical half."""

    CUSTOMER = "CUSTOMER"
    PACKAGE = "PACKAGE"


class TrustedDevice(Model):
    """A device that passed a full sign-in once: its token passes the account's throttle (SECURITY AU8)."""

    id = key("dev")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="trusted_devices", on_delete=fields.CASCADE
    )
    customer_id: str
    package: fields.ForeignKeyNullableRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="trusted_devices", on_delete=fields.CASCADE, null=True
    )
    package_id: str | None
    token_hash = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=80)
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "trusted_device"
        indexes = (Index(fields=("customer_id", "package_id", "created_at")), Index(fields=("expires_at",)))


class Session(Model):
    """One sign-in. It ends when revoked, when idle for `idle_seconds`, and at `expires_at` in any case."""

    id = key("ses")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="sessions", on_delete=fields.CASCADE
    )
    customer_id: str
    package: fields.ForeignKeyNullableRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="sessions", on_delete=fields.CASCADE, null=True
    )
    package_id: str | None
    kind = fields.CharEnumField(SessionKind, max_length=16)
    token_hash = fields.CharField(max_length=64, unique=True)
    device_name = fields.CharField(max_length=80, null=True)
    user_agent = fields.CharField(max_length=200, null=True)
    address = fields.CharField(max_length=45, null=True)  # shortened: IPv4 /24, IPv6 /48
    remembered = fields.BooleanField(default=False)
    idle_seconds = fields.IntField()
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    elevated_until = fields.DatetimeField(null=True)

    class Meta:
        table = "session"
        indexes = (
            Index(fields=("customer_id", "created_at", "id")),
            Index(fields=("package_id",)),
            Index(fields=("expires_at",)),
        )
        constraints = (
            CheckConstraint(
                check="(kind = 'PACKAGE' AND package_id IS NOT NULL) OR (kind = 'CUSTOMER' AND package_id IS NULL)",
                name="session_kind_fits_package",
            ),
        )


class DownloadTicket(Model):
    """A one-time permission to fetch one file without a bearer token, bound to the session that asked for it."""

    id = key("tkt")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="download_tickets", on_delete=fields.CASCADE
    )
    customer_id: str
    session: fields.ForeignKeyRelation[Session] = fields.ForeignKeyField(
        "models.Session", related_name="download_tickets", on_delete=fields.CASCADE
    )
    session_id: str
    token_hash = fields.CharField(max_length=64, unique=True)
    path = fields.CharField(max_length=200)
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "download_ticket"
        indexes = (Index(fields=("expires_at",)), Index(fields=("session_id",)), Index(fields=("customer_id",)))
