"""SEPA direct debits: what is asked of a bank, and what came back."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.invoice import Invoice


class DebitState(StrEnum):
    """Where a debit is: `REQUESTED` waits for a bank file, `SUBMITTED` is in one, `WITHDRAWN` never went out."""

    REQUESTED = "REQUESTED"
    SUBMITTED = "SUBMITTED"
    COLLECTED = "COLLECTED"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


class MandateSequence(StrEnum):
    """Sequence types of SEPA Core: the first, a later, the last, the only collection under a mandate."""

    FRST = "FRST"
    RCUR = "RCUR"
    FNAL = "FNAL"
    OOFF = "OOFF"


class DebitBatch(Model):
    """A pain.008 file with the debits of one day, as it was handed over: written once, never made anew."""

    id = key("dbt")
    message_id = fields.CharField(max_length=35, unique=True)
    collect_on = fields.DateField()
    debits = fields.IntField()
    sum_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    sha256 = fields.CharField(max_length=64)
    content = fields.BinaryField()
    created_at = fields.DatetimeField()
    delivered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "debit_batch"
        indexes = (Index(fields=("delivered_at", "id")),)
        constraints = (CheckConstraint(check="debits >= 1 AND sum_minor >= 1", name="debit_batch_of_something"),)


class Debit(Model):
    """One attempt to debit one invoice, with the account and mandate as they were when it was asked for.

    `active_for` is the invoice's id while it is requested or submitted: unique, so there is one at a time. `attempt` counts
    from 1 for each invoice. `end_to_end_id` is what a return names.
    """

    id = key("deb")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="debits", on_delete=fields.RESTRICT
    )
    customer_id: str
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", related_name="debit_attempts", on_delete=fields.RESTRICT
    )
    invoice_id: str
    batch: fields.ForeignKeyNullableRelation[DebitBatch] = fields.ForeignKeyField(
        "models.DebitBatch", related_name="entries", on_delete=fields.RESTRICT, null=True
    )
    batch_id: str | None
    active_for = fields.CharField(max_length=30, null=True, unique=True)
    attempt = fields.IntField()
    state = fields.CharEnumField(DebitState, max_length=16)
    amount_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    holder = fields.CharField(max_length=70)
    iban_sealed = fields.CharField(max_length=255)
    iban_last4 = fields.CharField(max_length=4)
    mandate_reference = fields.CharField(max_length=35)
    mandate_signed_on = fields.DateField()
    sequence = fields.CharEnumField(MandateSequence, max_length=4)
    end_to_end_id = fields.CharField(max_length=35, unique=True)
    collect_on = fields.DateField()
    requested_at = fields.DatetimeField()
    submitted_at = fields.DatetimeField(null=True)
    settled_on = fields.DateField(null=True)
    return_code = fields.CharField(max_length=4, null=True)

    class Meta:
        table = "debit"
        unique_together = (("invoice_id", "attempt"),)
        indexes = (
            Index(fields=("customer_id", "invoice_id", "attempt")),
            Index(fields=("state", "collect_on", "id")),
            Index(fields=("batch_id",)),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('REQUESTED', 'SUBMITTED', 'COLLECTED', 'RETURNED', 'WITHDRAWN')",
                name="debit_state_known",
            ),
            CheckConstraint(check="sequence IN ('FRST', 'RCUR', 'FNAL', 'OOFF')", name="debit_sequence_known"),
            CheckConstraint(check="amount_minor >= 1 AND attempt >= 1", name="debit_of_something"),
            CheckConstraint(
                check="active_for IS NULL OR (active_for = invoice_id AND state IN ('REQUESTED', 'SUBMITTED'))",
                name="debit_active_for_its_invoice",
            ),
        )


class BankEntry(Model):
    """One entry of a bank file (camt.054, pain.002), as it was read: the same entry is never booked twice.

    `fingerprint` says which entry of which message it is. `debit` is null when no debit has its end-to-end id.
    """

    id = key("bke")
    fingerprint = fields.CharField(max_length=64, unique=True)
    message_id = fields.CharField(max_length=35)
    end_to_end_id = fields.CharField(max_length=35, null=True)
    debit: fields.ForeignKeyNullableRelation[Debit] = fields.ForeignKeyField(
        "models.Debit", related_name="bank_entries", on_delete=fields.RESTRICT, null=True
    )
    debit_id: str | None
    return_code = fields.CharField(max_length=4, null=True)
    amount_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    booked_on = fields.DateField()
    result = fields.CharField(max_length=32)
    read_at = fields.DatetimeField()

    class Meta:
        table = "bank_entry"
        indexes = (Index(fields=("debit_id",)), Index(fields=("read_at", "id")))
