"""Host names that the web servers answer for: domains and their sub-domains."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.domain import Domain
from models.ids import key
from models.package import Package


class WebTarget(StrEnum):
    """What is behind a host name: a folder of the web space, or another address."""

    WEB_ROOT = "WEB_ROOT"
    REDIRECT = "REDIRECT"


class TlsState(StrEnum):
    """Whether there is a certificate: `PENDING` is asked for, `FAILED` was not given."""

    NONE = "NONE"
    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    FAILED = "FAILED"


class WebHost(Model):
    """A host name. `name` is relative to its domain in lower-case A-labels, `@` for the domain itself.

    `web_root` is a folder of the web space without a slash at its ends, empty for the whole of it. `php_version` is that of
    the catalogue, null where no PHP runs. The certificate is the host's own matter: `tls_*` tells of it.
    """

    id = key("whs")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="web_hosts", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="web_hosts", on_delete=fields.RESTRICT
    )
    package_id: str
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "models.Domain", related_name="web_hosts", on_delete=fields.CASCADE
    )
    domain_id: str
    name = fields.CharField(max_length=253)
    target = fields.CharEnumField(WebTarget, max_length=16)
    web_root = fields.CharField(max_length=255, null=True)
    redirect_url = fields.CharField(max_length=2048, null=True)
    redirect_code = fields.IntField(null=True)  # RFC 9110 §15.4
    php_version = fields.CharField(max_length=8, null=True)
    tls_state = fields.CharEnumField(TlsState, max_length=16)
    tls_issuer = fields.CharField(max_length=160, null=True)
    tls_expires_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "web_host"
        unique_together = (("domain_id", "name"),)
        indexes = (
            Index(fields=("customer_id", "package_id", "name", "id")),
            Index(fields=("customer_id", "package_id", "created_at", "id")),
        )
        constraints = (
            CheckConstraint(check="target IN ('WEB_ROOT', 'REDIRECT')", name="web_host_target_known"),
            CheckConstraint(
                check="tls_state IN ('NONE', 'PENDING', 'ACTIVE', 'FAILED')", name="web_host_tls_state_known"
            ),
            CheckConstraint(
                check="(target = 'WEB_ROOT' AND web_root IS NOT NULL AND redirect_url IS NULL AND redirect_code IS NULL) OR "
                "(target = 'REDIRECT' AND web_root IS NULL AND redirect_url IS NOT NULL "
                "AND redirect_code IN (301, 302, 307, 308))",
                name="web_host_has_what_its_target_needs",
            ),
            CheckConstraint(check="name = lower(name)", name="web_host_name_lower_case"),
            CheckConstraint(check="version >= 1", name="web_host_version_counts_up"),
        )
