"""API tokens: what a program shows in the place of a session. Stored as SHA-256 only."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.domain import Domain
from models.ids import key
from models.package import Package


class ApiToken(Model):
    """A token for one package or, without one, for reading under the whole customer number.

    `scopes` is a list of names in their order of declaration. Without `all_domains` only the domains that
    `ApiTokenDomain` lists are there for it. It ends at `expires_at` or when revoked, with its package, and with its customer.
    """

    id = key("tok")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="api_tokens", on_delete=fields.CASCADE
    )
    customer_id: str
    package: fields.ForeignKeyNullableRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="api_tokens", on_delete=fields.CASCADE, null=True
    )
    package_id: str | None
    name = fields.CharField(max_length=80)
    token_hash = fields.CharField(max_length=64, unique=True)
    scopes: Any = fields.JSONField()
    all_domains = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_token"
        indexes = (
            Index(fields=("customer_id", "created_at", "id")),
            Index(fields=("package_id",)),
            Index(fields=("expires_at",)),
        )
        constraints = (
            CheckConstraint(check="all_domains OR package_id IS NOT NULL", name="api_token_domains_are_of_a_package"),
            CheckConstraint(check="expires_at > created_at", name="api_token_lasts"),
        )


class ApiTokenDomain(Model):
    """A domain that a token is limited to."""

    id = key("tkd")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="api_token_domains", on_delete=fields.CASCADE
    )
    customer_id: str
    token: fields.ForeignKeyRelation[ApiToken] = fields.ForeignKeyField(
        "models.ApiToken", related_name="domains", on_delete=fields.CASCADE
    )
    token_id: str
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "models.Domain", related_name="api_token_domains", on_delete=fields.CASCADE
    )
    domain_id: str

    class Meta:
        table = "api_token_domain"
        unique_together = (("token_id", "domain_id"),)
        indexes = (Index(fields=("customer_id",)), Index(fields=("domain_id",)))
