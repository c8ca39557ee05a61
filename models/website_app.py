"""Website apps that are installed in a package."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.hosted_database import HostedDatabase
from models.ids import key
from models.package import Package
from models.web_host import WebHost


class WebsiteAppState(StrEnum):
    """`INSTALLING`, `UPDATING` and `REMOVING` until the host's system has done it; `FAILED` did not get that far."""

    INSTALLING = "INSTALLING"
    INSTALLED = "INSTALLED"
    UPDATING = "UPDATING"
    REMOVING = "REMOVING"
    FAILED = "FAILED"


class WebsiteApp(Model):
    """An app in a folder of a host name. `app` and `app_version` are of the catalogue, `path` begins with a slash.

    `username` is that of its first administrator. The password is in no column.
    """

    id = key("app")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="website_apps", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="website_apps", on_delete=fields.RESTRICT
    )
    package_id: str
    web_host: fields.ForeignKeyRelation[WebHost] = fields.ForeignKeyField(
        "models.WebHost", related_name="website_apps", on_delete=fields.RESTRICT
    )
    web_host_id: str
    database: fields.ForeignKeyNullableRelation[HostedDatabase] = fields.ForeignKeyField(
        "models.HostedDatabase", related_name="website_apps", on_delete=fields.RESTRICT, null=True
    )
    database_id: str | None
    app = fields.CharField(max_length=32)
    app_version = fields.CharField(max_length=16)
    path = fields.CharField(max_length=255)
    state = fields.CharEnumField(WebsiteAppState, max_length=16)
    username = fields.CharField(max_length=60)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField(null=True)

    class Meta:
        table = "website_app"
        unique_together = (("web_host_id", "path"),)
        indexes = (
            Index(fields=("customer_id", "package_id", "created_at", "id")),
            Index(fields=("database_id",)),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('INSTALLING', 'INSTALLED', 'UPDATING', 'REMOVING', 'FAILED')",
                name="website_app_state_known",
            ),
            CheckConstraint(check="version >= 1", name="website_app_version_counts_up"),
        )
