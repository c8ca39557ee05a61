"""A year's invoices in one file: requested, made by a job, kept for some days."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key


class InvoiceExportState(StrEnum):
    """An export waits, is made, can be downloaded, and is deleted. Or it failed for good."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    READY = "READY"
    FAILED = "FAILED"
    DELETED = "DELETED"


class InvoiceExport(Model):
    """One request. `running_for` is the customer's id while it is queued or running: unique, so there is one at a time.

    A worker takes it with a lease (`leased_until`).
    """

    id = key("exp")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoice_exports", on_delete=fields.CASCADE
    )
    customer_id: str
    running_for = fields.CharField(max_length=30, null=True, unique=True)
    year = fields.IntField()
    language = fields.CharField(max_length=2)
    state = fields.CharEnumField(InvoiceExportState, max_length=16)
    progress = fields.IntField(default=0)  # per cent
    invoices = fields.IntField(default=0)
    attempts = fields.IntField(default=0)
    requested_at = fields.DatetimeField()
    started_at = fields.DatetimeField(null=True)
    leased_until = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True)
    size_bytes = fields.IntField(null=True)
    sha256 = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "invoice_export"
        indexes = (
            Index(fields=("customer_id", "requested_at", "id")),
            Index(fields=("state", "leased_until")),
            Index(fields=("expires_at",)),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'DELETED')", name="invoice_export_state_known"
            ),
            CheckConstraint(check="progress BETWEEN 0 AND 100", name="invoice_export_progress_is_per_cent"),
            CheckConstraint(check="year BETWEEN 1990 AND 2999", name="invoice_export_year_has_four_digits"),
        )


class InvoiceExportFile(Model):
    """The ZIP of an export."""

    id = key("exf")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoice_export_files", on_delete=fields.CASCADE
    )
    customer_id: str
    export: fields.OneToOneRelation[InvoiceExport] = fields.OneToOneField(
        "models.InvoiceExport", related_name="file", on_delete=fields.CASCADE
    )
    export_id: str
    content = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "invoice_export_file"
        indexes = (Index(fields=("customer_id",)),)
