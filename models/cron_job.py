"""Jobs that run at times."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package


class CronKind(StrEnum):
    """What a job does: ask for an address, or run a PHP script of the web space."""

    URL = "URL"
    SCRIPT = "SCRIPT"


class CronJob(Model):
    """A job. `schedule` is the five fields of crontab(5) in Europe/Berlin, `target` an address or a file of the web space."""

    id = key("crn")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="cron_jobs", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="cron_jobs", on_delete=fields.RESTRICT
    )
    package_id: str
    label = fields.CharField(max_length=80, null=True)
    schedule = fields.CharField(max_length=120)
    kind = fields.CharEnumField(CronKind, max_length=8)
    target = fields.CharField(max_length=2048)
    php_version = fields.CharField(max_length=8, null=True)
    enabled = fields.BooleanField(default=True)
    last_run_at = fields.DatetimeField(null=True)
    last_succeeded = fields.BooleanField(null=True)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "cron_job"
        indexes = (Index(fields=("customer_id", "package_id", "created_at", "id")),)
        constraints = (
            CheckConstraint(check="kind IN ('URL', 'SCRIPT')", name="cron_job_kind_known"),
            CheckConstraint(check="version >= 1", name="cron_job_version_counts_up"),
        )
