"""Declarations that wait for an operator: made without signing in (§§ 312k, 356a BGB), or as a form by a customer."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.contract import Contract
from models.customer import Customer
from models.ids import key


class DeclarationKind(StrEnum):
    """What is declared: an ordinary or extraordinary cancellation, or the withdrawal from a contract."""

    CANCELLATION = "CANCELLATION"
    EXTRAORDINARY_CANCELLATION = "EXTRAORDINARY_CANCELLATION"
    WITHDRAWAL = "WITHDRAWAL"


class DeclarationState(StrEnum):
    """`RECEIVED` waits, `MATCHED` belongs to a customer, `DONE` and `REJECTED` are what an operator decided."""

    RECEIVED = "RECEIVED"
    MATCHED = "MATCHED"
    DONE = "DONE"
    REJECTED = "REJECTED"


class Declaration(Model):
    """One declaration as it came in. `customer` and `contract` are null until an operator or a confirmed mail says whose it is.

    `contract_text` is what the person wrote to name the contract. `requested_on` is the day they want it to end, null for the
    next possible. `identification` is what else tells who the person is, such as a customer number. `sha256` is the digest of
    the canonical content (`models.rules.declaration`), which the receipt shows. `confirm_hash` is the SHA-256 of the code in
    the mail of the receipt. `note` is what an operator tells about the outcome.
    """

    id = key("dcl")
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="declarations", on_delete=fields.RESTRICT, null=True
    )
    customer_id: str | None
    contract: fields.ForeignKeyNullableRelation[Contract] = fields.ForeignKeyField(
        "models.Contract", related_name="declarations", on_delete=fields.RESTRICT, null=True
    )
    contract_id: str | None
    kind = fields.CharEnumField(DeclarationKind, max_length=32)
    state = fields.CharEnumField(DeclarationState, max_length=16)
    number = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=160)
    identification = fields.CharField(max_length=200, null=True)
    email = fields.CharField(max_length=254)
    contract_text = fields.CharField(max_length=400)
    reason = fields.CharField(max_length=2000, null=True)
    requested_on = fields.DateField(null=True)
    language = fields.CharField(max_length=2)
    received_at = fields.DatetimeField()
    sha256 = fields.CharField(max_length=64)
    confirm_hash = fields.CharField(max_length=64, null=True, unique=True)
    confirmed_at = fields.DatetimeField(null=True)
    settled_at = fields.DatetimeField(null=True)
    note = fields.CharField(max_length=400, null=True)

    class Meta:
        table = "declaration"
        indexes = (
            Index(fields=("customer_id", "received_at", "id")),
            Index(fields=("contract_id",)),
            Index(fields=("state", "received_at", "id")),
        )
        constraints = (
            CheckConstraint(
                check="kind IN ('CANCELLATION', 'EXTRAORDINARY_CANCELLATION', 'WITHDRAWAL')",
                name="declaration_kind_known",
            ),
            CheckConstraint(
                check="state IN ('RECEIVED', 'MATCHED', 'DONE', 'REJECTED')", name="declaration_state_known"
            ),
            CheckConstraint(
                check="customer_id IS NOT NULL OR (contract_id IS NULL AND state <> 'MATCHED')",
                name="declaration_matched_to_a_customer",
            ),
        )


class DeclarationReceipt(Model):
    """The receipt as it was given: the PDF and its SHA-256, stored, never rendered again.

    `ticket_hash` is the SHA-256 of the one-time address it can be fetched at without signing in, until `ticket_expires_at`.
    """

    id = key("drc")
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="declaration_receipts", on_delete=fields.RESTRICT, null=True
    )
    customer_id: str | None
    declaration: fields.OneToOneRelation[Declaration] = fields.OneToOneField(
        "models.Declaration", related_name="receipt", on_delete=fields.CASCADE
    )
    declaration_id: str
    sha256 = fields.CharField(max_length=64)
    content = fields.BinaryField()
    created_at = fields.DatetimeField()
    ticket_hash = fields.CharField(max_length=64, null=True, unique=True)
    ticket_expires_at = fields.DatetimeField(null=True)

    class Meta:
        table = "declaration_receipt"
        indexes = (Index(fields=("customer_id",)),)
