"""Domain names of a package."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package
from models.text import folded


class DomainState(StrEnum):
    """Where a domain is on its way in or out."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    TRANSFERRING = "TRANSFERRING"
    CANCELLED = "CANCELLED"


class Domain(Model):
    """A domain name. `name` is Unicode (U-labels), `ascii_name` the same in A-labels (RFC 5890) and unique.

    `auth_info_sealed` is the password a registry asks for at a transfer (AuthInfo, RFC 5731), encrypted with a key id.
    """

    id = key("dom")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="domains", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="domains", on_delete=fields.RESTRICT
    )
    package_id: str
    name = fields.CharField(max_length=253)
    ascii_name = fields.CharField(max_length=253, unique=True)
    search_key = fields.CharField(max_length=800)
    main = fields.BooleanField(default=False)
    state = fields.CharEnumField(DomainState, max_length=16)
    registered_on = fields.DateField(null=True)
    paid_until = fields.DateField(null=True)  # the last day of the registration period that is paid for
    ends_on = fields.DateField(null=True)  # the last day with the host, once it was cancelled
    zone_version = fields.IntField(default=1)  # counts the changes of its DNS records
    dkim_selector = fields.CharField(max_length=63, null=True)
    dkim_public_key = fields.CharField(max_length=1024, null=True)  # Base64 of the key (RFC 6376 §3.6.1, tag p)
    auth_info_sealed = fields.CharField(max_length=255, null=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "domain"
        indexes = (
            Index(fields=("customer_id", "package_id", "ascii_name", "id")),
            Index(fields=("customer_id", "package_id", "created_at", "id")),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('PENDING', 'ACTIVE', 'TRANSFERRING', 'CANCELLED')", name="domain_state_known"
            ),
            CheckConstraint(check="ascii_name = lower(ascii_name)", name="domain_ascii_name_lower_case"),
        )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.search_key = folded(f"{self.name}\n{self.ascii_name}")


class DomainHolder(Model):
    """Whom a domain is registered for (the registrant of RFC 5733). Without a row it is the customer."""

    id = key("dho")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="domain_holders", on_delete=fields.RESTRICT
    )
    customer_id: str
    domain: fields.OneToOneRelation[Domain] = fields.OneToOneField(
        "models.Domain", related_name="holder", on_delete=fields.CASCADE
    )
    domain_id: str
    name = fields.CharField(max_length=160)
    organisation = fields.CharField(max_length=160, null=True)
    street = fields.CharField(max_length=160)
    postcode = fields.CharField(max_length=16)
    city = fields.CharField(max_length=80)
    country = fields.CharField(max_length=2)  # ISO 3166-1 alpha-2
    email = fields.CharField(max_length=254)
    phone = fields.CharField(max_length=16, null=True)  # E.164

    class Meta:
        table = "domain_holder"
        indexes = (Index(fields=("customer_id",)),)
