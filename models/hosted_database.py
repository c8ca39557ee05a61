"""Databases of a package."""

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


class DatabaseEngine(StrEnum):
    """The database systems there are."""

    MARIADB = "MARIADB"
    POSTGRESQL = "POSTGRESQL"


class HostedDatabase(Model):
    """A database with its one user, who is called as it is. `name` is made by the host and unique.

    `engine_version` is one of the catalogue. `allowed_hosts` is a list of networks (CIDR) that may connect from outside, none
    by default. The password is in no column: it goes to the host's system with the operation that sets it.
    """

    id = key("dbs")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="databases", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="databases", on_delete=fields.RESTRICT
    )
    package_id: str
    name = fields.CharField(max_length=32, unique=True)
    label = fields.CharField(max_length=80, null=True)
    engine = fields.CharEnumField(DatabaseEngine, max_length=16)
    engine_version = fields.CharField(max_length=16)
    host = fields.CharField(max_length=253)
    port = fields.IntField()
    allowed_hosts: Any = fields.JSONField()
    used_mb = fields.IntField(default=0)
    password_changed_at = fields.DatetimeField()
    dump_requested_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "hosted_database"
        indexes = (
            Index(fields=("customer_id", "package_id", "name", "id")),
            Index(fields=("customer_id", "package_id", "created_at", "id")),
        )
        constraints = (
            CheckConstraint(check="engine IN ('MARIADB', 'POSTGRESQL')", name="hosted_database_engine_known"),
            CheckConstraint(check="port BETWEEN 1 AND 65535", name="hosted_database_port_in_range"),
            CheckConstraint(check="used_mb >= 0", name="hosted_database_size_not_negative"),
            CheckConstraint(check="version >= 1", name="hosted_database_version_counts_up"),
        )
