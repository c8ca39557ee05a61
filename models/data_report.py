"""Reports of everything stored about a customer (Art. 15 GDPR): requested, made by a job, kept for seven days."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key


class DataReportState(StrEnum):
    """A report waits, is made, can be downloaded, and is deleted; or it failed and is tried again."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    READY = "READY"
    FAILED = "FAILED"
    DELETED = "DELETED"


class DataReport(Model):
    """One request. `running_for` is the customer's id while it is queued or running: unique, so there is one at a time.

    `due_on` is the legal deadline (Art. 12 (3) GDPR: one month). A worker takes it with a lease (`leased_until`).
    """

    id = key("rep")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="data_reports", on_delete=fields.CASCADE
    )
    customer_id: str
    running_for = fields.CharField(max_length=30, null=True, unique=True)
    state = fields.CharEnumField(DataReportState, max_length=16)
    progress = fields.IntField(default=0)  # per cent
    attempts = fields.IntField(default=0)
    requested_at = fields.DatetimeField()
    due_on = fields.DateField()
    started_at = fields.DatetimeField(null=True)
    leased_until = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True)
    size_bytes = fields.IntField(null=True)
    sha256 = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "data_report"
        indexes = (
            Index(fields=("customer_id", "requested_at", "id")),
            Index(fields=("state", "leased_until")),
            Index(fields=("expires_at",)),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'DELETED')", name="data_report_state_known"
            ),
            CheckConstraint(check="progress BETWEEN 0 AND 100", name="data_report_progress_is_per_cent"),
        )


class DataReportFile(Model):
    """The ZIP of a report: gone after seven days."""

    id = key("rpf")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="data_report_files", on_delete=fields.CASCADE
    )
    customer_id: str
    report: fields.OneToOneRelation[DataReport] = fields.OneToOneField(
        "models.DataReport", related_name="file", on_delete=fields.CASCADE
    )
    report_id: str
    content = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "data_report_file"
        indexes = (Index(fields=("customer_id",)),)
