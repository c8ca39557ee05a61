"""Cancellations: of a package with its contract, of a single domain, of an add-on."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.contract import AddOn, Contract
from models.customer import Customer
from models.domain import Domain
from models.ids import key
from models.package import Package


class CancellationSubject(StrEnum):
    """What is cancelled."""

    PACKAGE = "PACKAGE"
    DOMAIN = "DOMAIN"
    ADD_ON = "ADD_ON"


class CancellationState(StrEnum):
    """`DECLARED` waits for its day, `UNDONE` was taken back before, `CARRIED_OUT` has ended what it names."""

    DECLARED = "DECLARED"
    UNDONE = "UNDONE"
    CARRIED_OUT = "CARRIED_OUT"


class DomainFate(StrEnum):
    """What becomes of a domain: deleted, moved to another provider with its AuthInfo, or kept with the host."""

    DELETE = "DELETE"
    TRANSFER = "TRANSFER"
    KEEP = "KEEP"


class Cancellation(Model):
    """One declaration. One of the `current_*` is its subject unless it was undone: unique, so there is one at a time.

    `ends_on` is the last day of what is cancelled, `undo_until` the last instant it can be taken back. `package` is the package
    the subject belongs to. The refund is what is given back of a period paid for already, gross. `before` holds what each
    object was that it changed, by id, so that it can be made undone; `content` is the declaration in canonical form (JSON with
    sorted keys and no spaces).
    """

    id = key("can")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="cancellations", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="cancellations", on_delete=fields.RESTRICT
    )
    package_id: str
    contract: fields.ForeignKeyRelation[Contract] = fields.ForeignKeyField(
        "models.Contract", related_name="cancellations", on_delete=fields.RESTRICT
    )
    contract_id: str
    domain: fields.ForeignKeyNullableRelation[Domain] = fields.ForeignKeyField(
        "models.Domain", related_name="cancellations", on_delete=fields.RESTRICT, null=True
    )
    domain_id: str | None
    add_on: fields.ForeignKeyNullableRelation[AddOn] = fields.ForeignKeyField(
        "models.AddOn", related_name="cancellations", on_delete=fields.RESTRICT, null=True
    )
    add_on_id: str | None
    current_contract: fields.OneToOneNullableRelation[Contract] = fields.OneToOneField(
        "models.Contract", related_name="cancellation", on_delete=fields.RESTRICT, null=True
    )
    current_contract_id: str | None
    current_domain: fields.OneToOneNullableRelation[Domain] = fields.OneToOneField(
        "models.Domain", related_name="cancellation", on_delete=fields.RESTRICT, null=True
    )
    current_domain_id: str | None
    current_add_on: fields.OneToOneNullableRelation[AddOn] = fields.OneToOneField(
        "models.AddOn", related_name="cancellation", on_delete=fields.RESTRICT, null=True
    )
    current_add_on_id: str | None
    subject = fields.CharEnumField(CancellationSubject, max_length=16)
    state = fields.CharEnumField(CancellationState, max_length=16)
    number = fields.CharField(max_length=32, unique=True)
    declared_at = fields.DatetimeField()
    ends_on = fields.DateField()
    undo_until = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)
    refund_minor = fields.BigIntField(default=0)
    currency = fields.CharField(max_length=3)
    before: Any = fields.JSONField()
    content = fields.TextField()
    content_sha256 = fields.CharField(max_length=64)

    class Meta:
        table = "cancellation"
        indexes = (
            Index(fields=("customer_id", "declared_at", "id")),
            Index(fields=("customer_id", "contract_id", "declared_at", "id")),
            Index(fields=("customer_id", "package_id", "declared_at", "id")),
            Index(fields=("contract_id",)),
            Index(fields=("package_id",)),
            Index(fields=("domain_id",)),
            Index(fields=("add_on_id",)),
            Index(fields=("state", "ends_on", "id")),
        )
        constraints = (
            CheckConstraint(check="subject IN ('PACKAGE', 'DOMAIN', 'ADD_ON')", name="cancellation_subject_known"),
            CheckConstraint(check="state IN ('DECLARED', 'UNDONE', 'CARRIED_OUT')", name="cancellation_state_known"),
            CheckConstraint(
                check="(domain_id IS NOT NULL) = (subject = 'DOMAIN') AND (add_on_id IS NOT NULL) = (subject = 'ADD_ON')",
                name="cancellation_names_its_subject",
            ),
            CheckConstraint(
                check="state <> 'DECLARED' OR COALESCE(current_contract_id, current_domain_id, current_add_on_id) IS NOT NULL",
                name="cancellation_current_while_declared",
            ),
            CheckConstraint(
                check="state <> 'UNDONE' OR COALESCE(current_contract_id, current_domain_id, current_add_on_id) IS NULL",
                name="cancellation_not_current_once_undone",
            ),
            CheckConstraint(check="refund_minor >= 0", name="cancellation_refund_not_negative"),
        )


class CancelledDomain(Model):
    """What becomes of one domain when the cancellation is carried out: one that is kept moves to the package `keep_in`."""

    id = key("cnd")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="cancelled_domains", on_delete=fields.RESTRICT
    )
    customer_id: str
    cancellation: fields.ForeignKeyRelation[Cancellation] = fields.ForeignKeyField(
        "models.Cancellation", related_name="domains", on_delete=fields.CASCADE
    )
    cancellation_id: str
    of_domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "models.Domain", related_name="fates", on_delete=fields.RESTRICT
    )
    of_domain_id: str
    keep_in: fields.ForeignKeyNullableRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="kept_domains", on_delete=fields.RESTRICT, null=True
    )
    keep_in_id: str | None
    fate = fields.CharEnumField(DomainFate, max_length=16)

    class Meta:
        table = "cancelled_domain"
        unique_together = (("cancellation_id", "of_domain_id"),)
        indexes = (
            Index(fields=("customer_id", "cancellation_id", "id")),
            Index(fields=("of_domain_id",)),
            Index(fields=("keep_in_id",)),
        )
        constraints = (
            CheckConstraint(check="fate IN ('DELETE', 'TRANSFER', 'KEEP')", name="cancelled_domain_fate_known"),
            CheckConstraint(check="(keep_in_id IS NOT NULL) = (fate = 'KEEP')", name="cancelled_domain_kept_somewhere"),
        )


class CancellationReceipt(Model):
    """The receipt as it was given: the PDF and its SHA-256, stored, never rendered again."""

    id = key("crc")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="cancellation_receipts", on_delete=fields.RESTRICT
    )
    customer_id: str
    cancellation: fields.OneToOneRelation[Cancellation] = fields.OneToOneField(
        "models.Cancellation", related_name="receipt", on_delete=fields.CASCADE
    )
    cancellation_id: str
    language = fields.CharField(max_length=2)
    sha256 = fields.CharField(max_length=64)
    content = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "cancellation_receipt"
        indexes = (Index(fields=("customer_id",)),)
