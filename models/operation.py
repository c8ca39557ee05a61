"""Operations: changes of what a package has, on their way to the systems of the host."""

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


class OperationState(StrEnum):
    """`QUEUED` waits its turn, `RUNNING` was handed over, `SUCCEEDED` and `FAILED` are its ends."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class Operation(Model):
    """One change of a package, written with the desired state. `number` counts per package: operations keep that order.

    `kind` is what is done (`mailbox.create`), `subject_id` the row it is about, `desired` what the host's system is
    told: never a price, a name of a person or an address. A secret that belongs to it is in `secrets_sealed` alone, and is
    taken out when the operation ends; `with_secrets` stays. `error` is a code.
    """

    id = key("ope")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="package_operations", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="package_operations", on_delete=fields.RESTRICT
    )
    package_id: str
    number = fields.IntField()
    kind = fields.CharField(max_length=48)
    subject_id = fields.CharField(max_length=30)
    state = fields.CharEnumField(OperationState, max_length=16)
    progress = fields.IntField(default=0)  # per cent
    desired: Any = fields.JSONField()
    secrets_sealed = fields.TextField(null=True)
    with_secrets = fields.BooleanField(default=False)
    attempts = fields.IntField(default=0)
    error = fields.CharField(max_length=64, null=True)
    requested_at = fields.DatetimeField()
    available_at = fields.DatetimeField()
    started_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)
    dead_at = fields.DatetimeField(null=True)

    class Meta:
        table = "operation"
        unique_together = (("package_id", "number"),)
        indexes = (
            Index(fields=("customer_id", "package_id", "requested_at", "id")),
            Index(fields=("state", "available_at", "id")),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')", name="operation_state_known"
            ),
            CheckConstraint(check="progress BETWEEN 0 AND 100", name="operation_progress_is_per_cent"),
            CheckConstraint(check="number >= 1", name="operation_number_from_one"),
        )
