"""Contracts that change and end, invoices as data, direct debits, and operations of packages."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from models.cancellation import CancellationState, CancellationSubject, DomainFate
from models.contract_event import ContractEventKind
from models.database.search_keys import fold_lines
from models.database.sqlite_rebuild import unique_again
from models.debit import DebitState, MandateSequence
from models.declaration import DeclarationKind, DeclarationState
from models.ids import (  # type: ignore[attr-defined]  # made by `key`
    new_bke,
    new_cal,
    new_can,
    new_cev,
    new_cnd,
    new_crc,
    new_dbt,
    new_dcl,
    new_deb,
    new_dho,
    new_drc,
    new_dsc,
    new_exf,
    new_exp,
    new_idk,
    new_inx,
    new_ope,
    new_rem,
    new_tch,
)
from models.invoice import InvoiceKind, PaymentMethod, VatCategory
from models.invoice_export import InvoiceExportState
from models.operation import OperationState
from models.tariff_change import TariffChangeState, TariffDirection


class Migration(migrations.Migration):
    dependencies = [("models", "0002_account")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_cal, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="calendar_feeds",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_read_on", fields.DateField(null=True)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "calendar_feed",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One address. Only the SHA-256 of its secret part is stored.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="CalendarFeed",
            index=Index(fields=["customer_id", "created_at", "id"]),
        ),
        ops.CreateModel(
            name="Cancellation",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_can, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "contract",
                    fields.ForeignKeyField(
                        "models.Contract",
                        source_field="contract_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "models.Domain",
                        source_field="domain_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "add_on",
                    fields.ForeignKeyField(
                        "models.AddOn",
                        source_field="add_on_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "current_contract",
                    fields.OneToOneField(
                        "models.Contract",
                        source_field="current_contract_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellation",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "current_domain",
                    fields.OneToOneField(
                        "models.Domain",
                        source_field="current_domain_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellation",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "current_add_on",
                    fields.OneToOneField(
                        "models.AddOn",
                        source_field="current_add_on_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellation",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "subject",
                    fields.CharEnumField(
                        description="PACKAGE: PACKAGE\nDOMAIN: DOMAIN\nADD_ON: ADD_ON",
                        enum_type=CancellationSubject,
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="DECLARED: DECLARED\nUNDONE: UNDONE\nCARRIED_OUT: CARRIED_OUT",
                        enum_type=CancellationState,
                        max_length=16,
                    ),
                ),
                ("number", fields.CharField(unique=True, max_length=32)),
                ("declared_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_on", fields.DateField()),
                ("undo_until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("refund_minor", fields.BigIntField(default=0)),
                ("currency", fields.CharField(max_length=3)),
                ("before", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("content", fields.TextField(unique=False)),
                ("content_sha256", fields.CharField(max_length=64)),
            ],
            options={
                "table": "cancellation",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One declaration. One of the `current_*` is its subject unless it was undone: unique, so there is one at a time.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Cancellation",
            constraint=CheckConstraint(
                check="subject IN ('PACKAGE', 'DOMAIN', 'ADD_ON')", name="cancellation_subject_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Cancellation",
            constraint=CheckConstraint(
                check="state IN ('DECLARED', 'UNDONE', 'CARRIED_OUT')", name="cancellation_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Cancellation",
            constraint=CheckConstraint(
                check="(domain_id IS NOT NULL) = (subject = 'DOMAIN') AND (add_on_id IS NOT NULL) = (subject = 'ADD_ON')",
                name="cancellation_names_its_subject",
            ),
        ),
        ops.AddConstraint(
            model_name="Cancellation",
            constraint=CheckConstraint(
                check="state <> 'DECLARED' OR COALESCE(current_contract_id, current_domain_id, current_add_on_id) IS NOT NULL",
                name="cancellation_current_while_declared",
            ),
        ),
        ops.AddConstraint(
            model_name="Cancellation",
            constraint=CheckConstraint(
                check="state <> 'UNDONE' OR COALESCE(current_contract_id, current_domain_id, current_add_on_id) IS NULL",
                name="cancellation_not_current_once_undone",
            ),
        ),
        ops.AddConstraint(
            model_name="Cancellation",
            constraint=CheckConstraint(check="refund_minor >= 0", name="cancellation_refund_not_negative"),
        ),
        ops.RunPython(unique_again("cancellation", "current_contract_id")),
        ops.RunPython(unique_again("cancellation", "current_domain_id")),
        ops.RunPython(unique_again("cancellation", "current_add_on_id")),
        ops.AddIndex(
            model_name="Cancellation",
            index=Index(fields=["customer_id", "declared_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Cancellation",
            index=Index(fields=["customer_id", "contract_id", "declared_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Cancellation",
            index=Index(fields=["customer_id", "package_id", "declared_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Cancellation",
            index=Index(fields=["contract_id"]),
        ),
        ops.AddIndex(
            model_name="Cancellation",
            index=Index(fields=["package_id"]),
        ),
        ops.AddIndex(
            model_name="Cancellation",
            index=Index(fields=["domain_id"]),
        ),
        ops.AddIndex(
            model_name="Cancellation",
            index=Index(fields=["add_on_id"]),
        ),
        ops.AddIndex(
            model_name="Cancellation",
            index=Index(fields=["state", "ends_on", "id"]),
        ),
        ops.CreateModel(
            name="CancellationReceipt",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_crc, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="cancellation_receipts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "cancellation",
                    fields.OneToOneField(
                        "models.Cancellation",
                        source_field="cancellation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="receipt",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("language", fields.CharField(max_length=2)),
                ("sha256", fields.CharField(max_length=64)),
                ("content", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "cancellation_receipt",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The receipt as it was given: the PDF and its SHA-256, stored, never rendered again.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="CancellationReceipt",
            index=Index(fields=["customer_id"]),
        ),
        ops.CreateModel(
            name="CancelledDomain",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_cnd, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="cancelled_domains",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "cancellation",
                    fields.ForeignKeyField(
                        "models.Cancellation",
                        source_field="cancellation_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="domains",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "of_domain",
                    fields.ForeignKeyField(
                        "models.Domain",
                        source_field="of_domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="fates",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "keep_in",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="keep_in_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="kept_domains",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "fate",
                    fields.CharEnumField(
                        description="DELETE: DELETE\nTRANSFER: TRANSFER\nKEEP: KEEP",
                        enum_type=DomainFate,
                        max_length=16,
                    ),
                ),
            ],
            options={
                "table": "cancelled_domain",
                "app": "models",
                "unique_together": (("cancellation_id", "of_domain_id"),),
                "pk_attr": "id",
                "table_description": "What becomes of one domain when the cancellation is carried out: one that is kept moves to the package `keep_in`.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="CancelledDomain",
            constraint=CheckConstraint(
                check="fate IN ('DELETE', 'TRANSFER', 'KEEP')", name="cancelled_domain_fate_known"
            ),
        ),
        ops.AddConstraint(
            model_name="CancelledDomain",
            constraint=CheckConstraint(
                check="(keep_in_id IS NOT NULL) = (fate = 'KEEP')", name="cancelled_domain_kept_somewhere"
            ),
        ),
        ops.RunPython(unique_again("cancelled_domain", "cancellation_id", "of_domain_id")),
        ops.AddIndex(
            model_name="CancelledDomain",
            index=Index(fields=["customer_id", "cancellation_id", "id"]),
        ),
        ops.AddIndex(
            model_name="CancelledDomain",
            index=Index(fields=["of_domain_id"]),
        ),
        ops.AddIndex(
            model_name="CancelledDomain",
            index=Index(fields=["keep_in_id"]),
        ),
        ops.CreateModel(
            name="ContractEvent",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_cev, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="contract_events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "contract",
                    fields.ForeignKeyField(
                        "models.Contract",
                        source_field="contract_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "tariff",
                    fields.ForeignKeyField(
                        "models.Tariff",
                        source_field="tariff_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="contract_events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "add_on",
                    fields.ForeignKeyField(
                        "models.AddOn",
                        source_field="add_on_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "models.Domain",
                        source_field="domain_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="contract_events",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CONCLUDED: CONCLUDED\nRENEWED: RENEWED\nPRICE_CHANGED: PRICE_CHANGED\nTARIFF_CHANGE_SCHEDULED: TARIFF_CHANGE_SCHEDULED\nTARIFF_CHANGE_REVOKED: TARIFF_CHANGE_REVOKED\nTARIFF_CHANGE_REFUSED: TARIFF_CHANGE_REFUSED\nTARIFF_CHANGED: TARIFF_CHANGED\nCANCELLED: CANCELLED\nCANCELLATION_UNDONE: CANCELLATION_UNDONE\nENDED: ENDED",
                        enum_type=ContractEventKind,
                        max_length=32,
                    ),
                ),
                ("occurred_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("effective_on", fields.DateField(null=True)),
            ],
            options={
                "table": "contract_event",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One entry. What was cancelled or ended is the whole contract, unless `add_on` or `domain` says which part of it.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="ContractEvent",
            constraint=CheckConstraint(
                check="kind IN ('CONCLUDED', 'RENEWED', 'PRICE_CHANGED', 'TARIFF_CHANGE_SCHEDULED', 'TARIFF_CHANGE_REVOKED', 'TARIFF_CHANGE_REFUSED', 'TARIFF_CHANGED', 'CANCELLED', 'CANCELLATION_UNDONE', 'ENDED')",
                name="contract_event_kind_known",
            ),
        ),
        ops.AddIndex(
            model_name="ContractEvent",
            index=Index(fields=["customer_id", "contract_id", "occurred_at", "id"]),
        ),
        ops.AddIndex(
            model_name="ContractEvent",
            index=Index(fields=["contract_id"]),
        ),
        ops.AddIndex(
            model_name="ContractEvent",
            index=Index(fields=["tariff_id"]),
        ),
        ops.AddIndex(
            model_name="ContractEvent",
            index=Index(fields=["add_on_id"]),
        ),
        ops.AddIndex(
            model_name="ContractEvent",
            index=Index(fields=["domain_id"]),
        ),
        ops.CreateModel(
            name="DebitBatch",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_dbt, unique=True, db_index=True, max_length=30)),
                ("message_id", fields.CharField(unique=True, max_length=35)),
                ("collect_on", fields.DateField()),
                ("debits", fields.IntField()),
                ("sum_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("sha256", fields.CharField(max_length=64)),
                ("content", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("delivered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "debit_batch",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A pain.008 file with the debits of one day, as it was handed over: written once, never made anew.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="DebitBatch",
            constraint=CheckConstraint(check="debits >= 1 AND sum_minor >= 1", name="debit_batch_of_something"),
        ),
        ops.AddIndex(
            model_name="DebitBatch",
            index=Index(fields=["delivered_at", "id"]),
        ),
        ops.CreateModel(
            name="Debit",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_deb, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="debits",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "invoice",
                    fields.ForeignKeyField(
                        "models.Invoice",
                        source_field="invoice_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="debit_attempts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "batch",
                    fields.ForeignKeyField(
                        "models.DebitBatch",
                        source_field="batch_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="entries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("active_for", fields.CharField(null=True, unique=True, max_length=30)),
                ("attempt", fields.IntField()),
                (
                    "state",
                    fields.CharEnumField(
                        description="REQUESTED: REQUESTED\nSUBMITTED: SUBMITTED\nCOLLECTED: COLLECTED\nRETURNED: RETURNED\nWITHDRAWN: WITHDRAWN",
                        enum_type=DebitState,
                        max_length=16,
                    ),
                ),
                ("amount_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("holder", fields.CharField(max_length=70)),
                ("iban_sealed", fields.CharField(max_length=255)),
                ("iban_last4", fields.CharField(max_length=4)),
                ("mandate_reference", fields.CharField(max_length=35)),
                ("mandate_signed_on", fields.DateField()),
                (
                    "sequence",
                    fields.CharEnumField(
                        description="FRST: FRST\nRCUR: RCUR\nFNAL: FNAL\nOOFF: OOFF",
                        enum_type=MandateSequence,
                        max_length=4,
                    ),
                ),
                ("end_to_end_id", fields.CharField(unique=True, max_length=35)),
                ("collect_on", fields.DateField()),
                ("requested_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("submitted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("settled_on", fields.DateField(null=True)),
                ("return_code", fields.CharField(null=True, max_length=4)),
            ],
            options={
                "table": "debit",
                "app": "models",
                "unique_together": (("invoice_id", "attempt"),),
                "pk_attr": "id",
                "table_description": "One attempt to debit one invoice, with the account and mandate as they were when it was asked for.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Debit",
            constraint=CheckConstraint(
                check="state IN ('REQUESTED', 'SUBMITTED', 'COLLECTED', 'RETURNED', 'WITHDRAWN')",
                name="debit_state_known",
            ),
        ),
        ops.AddConstraint(
            model_name="Debit",
            constraint=CheckConstraint(
                check="sequence IN ('FRST', 'RCUR', 'FNAL', 'OOFF')", name="debit_sequence_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Debit",
            constraint=CheckConstraint(check="amount_minor >= 1 AND attempt >= 1", name="debit_of_something"),
        ),
        ops.AddConstraint(
            model_name="Debit",
            constraint=CheckConstraint(
                check="active_for IS NULL OR (active_for = invoice_id AND state IN ('REQUESTED', 'SUBMITTED'))",
                name="debit_active_for_its_invoice",
            ),
        ),
        ops.RunPython(unique_again("debit", "invoice_id", "attempt")),
        ops.AddIndex(
            model_name="Debit",
            index=Index(fields=["customer_id", "invoice_id", "attempt"]),
        ),
        ops.AddIndex(
            model_name="Debit",
            index=Index(fields=["state", "collect_on", "id"]),
        ),
        ops.AddIndex(
            model_name="Debit",
            index=Index(fields=["batch_id"]),
        ),
        ops.CreateModel(
            name="BankEntry",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_bke, unique=True, db_index=True, max_length=30)),
                ("fingerprint", fields.CharField(unique=True, max_length=64)),
                ("message_id", fields.CharField(max_length=35)),
                ("end_to_end_id", fields.CharField(null=True, max_length=35)),
                (
                    "debit",
                    fields.ForeignKeyField(
                        "models.Debit",
                        source_field="debit_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="bank_entries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("return_code", fields.CharField(null=True, max_length=4)),
                ("amount_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("booked_on", fields.DateField()),
                ("result", fields.CharField(max_length=32)),
                ("read_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "bank_entry",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One entry of a bank file (camt.054, pain.002), as it was read: the same entry is never booked twice.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="BankEntry",
            index=Index(fields=["debit_id"]),
        ),
        ops.AddIndex(
            model_name="BankEntry",
            index=Index(fields=["read_at", "id"]),
        ),
        ops.CreateModel(
            name="Declaration",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_dcl, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="declarations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "contract",
                    fields.ForeignKeyField(
                        "models.Contract",
                        source_field="contract_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="declarations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CANCELLATION: CANCELLATION\nEXTRAORDINARY_CANCELLATION: EXTRAORDINARY_CANCELLATION\nWITHDRAWAL: WITHDRAWAL",
                        enum_type=DeclarationKind,
                        max_length=32,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="RECEIVED: RECEIVED\nMATCHED: MATCHED\nDONE: DONE\nREJECTED: REJECTED",
                        enum_type=DeclarationState,
                        max_length=16,
                    ),
                ),
                ("number", fields.CharField(unique=True, max_length=32)),
                ("name", fields.CharField(max_length=160)),
                ("identification", fields.CharField(null=True, max_length=200)),
                ("email", fields.CharField(max_length=254)),
                ("contract_text", fields.CharField(max_length=400)),
                ("reason", fields.CharField(null=True, max_length=2000)),
                ("requested_on", fields.DateField(null=True)),
                ("language", fields.CharField(max_length=2)),
                ("received_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sha256", fields.CharField(max_length=64)),
                ("confirm_hash", fields.CharField(null=True, unique=True, max_length=64)),
                ("confirmed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("note", fields.CharField(null=True, max_length=400)),
            ],
            options={
                "table": "declaration",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One declaration as it came in. `customer` and `contract` are null until an operator or a confirmed mail says whose it is.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Declaration",
            constraint=CheckConstraint(
                check="kind IN ('CANCELLATION', 'EXTRAORDINARY_CANCELLATION', 'WITHDRAWAL')",
                name="declaration_kind_known",
            ),
        ),
        ops.AddConstraint(
            model_name="Declaration",
            constraint=CheckConstraint(
                check="state IN ('RECEIVED', 'MATCHED', 'DONE', 'REJECTED')", name="declaration_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Declaration",
            constraint=CheckConstraint(
                check="customer_id IS NOT NULL OR (contract_id IS NULL AND state <> 'MATCHED')",
                name="declaration_matched_to_a_customer",
            ),
        ),
        ops.AddIndex(
            model_name="Declaration",
            index=Index(fields=["customer_id", "received_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Declaration",
            index=Index(fields=["contract_id"]),
        ),
        ops.AddIndex(
            model_name="Declaration",
            index=Index(fields=["state", "received_at", "id"]),
        ),
        ops.CreateModel(
            name="DeclarationReceipt",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_drc, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="declaration_receipts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "declaration",
                    fields.OneToOneField(
                        "models.Declaration",
                        source_field="declaration_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="receipt",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("sha256", fields.CharField(max_length=64)),
                ("content", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ticket_hash", fields.CharField(null=True, unique=True, max_length=64)),
                ("ticket_expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "declaration_receipt",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The receipt as it was given: the PDF and its SHA-256, stored, never rendered again.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="DeclarationReceipt",
            index=Index(fields=["customer_id"]),
        ),
        ops.CreateModel(
            name="DomainHolder",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_dho, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="domain_holders",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "domain",
                    fields.OneToOneField(
                        "models.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="holder",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=160)),
                ("organisation", fields.CharField(null=True, max_length=160)),
                ("street", fields.CharField(max_length=160)),
                ("postcode", fields.CharField(max_length=16)),
                ("city", fields.CharField(max_length=80)),
                ("country", fields.CharField(max_length=2)),
                ("email", fields.CharField(max_length=254)),
                ("phone", fields.CharField(null=True, max_length=16)),
            ],
            options={
                "table": "domain_holder",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Whom a domain is registered for (the registrant of RFC 5733). Without a row it is the customer.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="DomainHolder",
            index=Index(fields=["customer_id"]),
        ),
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_idk, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="idempotency_keys",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("mutation", fields.CharField(max_length=64)),
                ("key", fields.CharField(max_length=255)),
                ("input_hash", fields.CharField(max_length=64)),
                ("result", fields.CharField(null=True, max_length=30)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "idempotency_key",
                "app": "models",
                "unique_together": (("customer_id", "mutation", "key"),),
                "pk_attr": "id",
                "table_description": "One key of one customer for one mutation, with a digest of the input it came with and what came of it (SECURITY MO2).",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="IdempotencyKey",
            index=Index(fields=["expires_at"]),
        ),
        ops.CreateModel(
            name="InvoiceDiscount",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_dsc, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_discounts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "invoice",
                    fields.ForeignKeyField(
                        "models.Invoice",
                        source_field="invoice_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="discounts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("position", fields.IntField()),
                ("reason", fields.CharField(max_length=140)),
                ("net_minor", fields.BigIntField()),
                (
                    "vat_category",
                    fields.CharEnumField(
                        description="S: S\nZ: Z\nE: E\nAE: AE\nK: K\nG: G\nO: O", enum_type=VatCategory, max_length=2
                    ),
                ),
                ("vat_basis_points", fields.IntField()),
                ("currency", fields.CharField(max_length=3)),
            ],
            options={
                "table": "invoice_discount",
                "app": "models",
                "unique_together": (("invoice_id", "position"),),
                "pk_attr": "id",
                "table_description": "Something taken off the whole invoice (a document level allowance of EN 16931, BG-20), with the VAT of one rate.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="InvoiceDiscount",
            constraint=CheckConstraint(check="net_minor > 0", name="invoice_discount_of_something"),
        ),
        ops.AddConstraint(
            model_name="InvoiceDiscount",
            constraint=CheckConstraint(
                check="vat_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')", name="invoice_discount_vat_category_known"
            ),
        ),
        ops.RunPython(unique_again("invoice_discount", "invoice_id", "position")),
        ops.AddIndex(
            model_name="InvoiceDiscount",
            index=Index(fields=["customer_id", "invoice_id", "position"]),
        ),
        ops.CreateModel(
            name="InvoiceExport",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_exp, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_exports",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("running_for", fields.CharField(null=True, unique=True, max_length=30)),
                ("year", fields.IntField()),
                ("language", fields.CharField(max_length=2)),
                (
                    "state",
                    fields.CharEnumField(
                        description="QUEUED: QUEUED\nRUNNING: RUNNING\nREADY: READY\nFAILED: FAILED\nDELETED: DELETED",
                        enum_type=InvoiceExportState,
                        max_length=16,
                    ),
                ),
                ("progress", fields.IntField(default=0)),
                ("invoices", fields.IntField(default=0)),
                ("attempts", fields.IntField(default=0)),
                ("requested_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("leased_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("size_bytes", fields.IntField(null=True)),
                ("sha256", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "invoice_export",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One request. `running_for` is the customer's id while it is queued or running: unique, so there is one at a time.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="InvoiceExport",
            constraint=CheckConstraint(
                check="state IN ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'DELETED')", name="invoice_export_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="InvoiceExport",
            constraint=CheckConstraint(check="progress BETWEEN 0 AND 100", name="invoice_export_progress_is_per_cent"),
        ),
        ops.AddConstraint(
            model_name="InvoiceExport",
            constraint=CheckConstraint(check="year BETWEEN 1990 AND 2999", name="invoice_export_year_has_four_digits"),
        ),
        ops.AddIndex(
            model_name="InvoiceExport",
            index=Index(fields=["customer_id", "requested_at", "id"]),
        ),
        ops.AddIndex(
            model_name="InvoiceExport",
            index=Index(fields=["state", "leased_until"]),
        ),
        ops.AddIndex(
            model_name="InvoiceExport",
            index=Index(fields=["expires_at"]),
        ),
        ops.CreateModel(
            name="InvoiceExportFile",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_exf, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_export_files",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "export",
                    fields.OneToOneField(
                        "models.InvoiceExport",
                        source_field="export_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="file",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("content", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invoice_export_file",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The ZIP of an export.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="InvoiceExportFile",
            index=Index(fields=["customer_id"]),
        ),
        ops.CreateModel(
            name="InvoiceReminder",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_rem, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_reminders",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "invoice",
                    fields.ForeignKeyField(
                        "models.Invoice",
                        source_field="invoice_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="reminders",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("level", fields.IntField()),
                ("sent_on", fields.DateField()),
                ("due_on", fields.DateField()),
                ("fee_minor", fields.BigIntField(default=0)),
                ("currency", fields.CharField(max_length=3)),
            ],
            options={
                "table": "invoice_reminder",
                "app": "models",
                "unique_together": (("invoice_id", "level"),),
                "pk_attr": "id",
                "table_description": "One reminder (dunning letter) with its level, from 1, and the fee it added to what is owed.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="InvoiceReminder",
            constraint=CheckConstraint(check="level BETWEEN 1 AND 9", name="invoice_reminder_level_from_one"),
        ),
        ops.AddConstraint(
            model_name="InvoiceReminder",
            constraint=CheckConstraint(check="fee_minor >= 0", name="invoice_reminder_fee_not_negative"),
        ),
        ops.AddConstraint(
            model_name="InvoiceReminder",
            constraint=CheckConstraint(check="due_on >= sent_on", name="invoice_reminder_due_after_it_was_sent"),
        ),
        ops.RunPython(unique_again("invoice_reminder", "invoice_id", "level")),
        ops.AddIndex(
            model_name="InvoiceReminder",
            index=Index(fields=["customer_id", "invoice_id", "level"]),
        ),
        ops.CreateModel(
            name="InvoiceXml",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_inx, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_xmls",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "invoice",
                    fields.OneToOneField(
                        "models.Invoice",
                        source_field="invoice_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="xml",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("sha256", fields.CharField(max_length=64)),
                ("content", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invoice_xml",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The invoice as data (EN 16931 in the syntax UN/CEFACT CII), as it was issued: stored, never made anew.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="InvoiceXml",
            index=Index(fields=["customer_id"]),
        ),
        ops.CreateModel(
            name="Operation",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_ope, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="package_operations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="package_operations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField()),
                ("kind", fields.CharField(max_length=48)),
                ("subject_id", fields.CharField(max_length=30)),
                (
                    "state",
                    fields.CharEnumField(
                        description="QUEUED: QUEUED\nRUNNING: RUNNING\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED",
                        enum_type=OperationState,
                        max_length=16,
                    ),
                ),
                ("progress", fields.IntField(default=0)),
                ("desired", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("secrets_sealed", fields.TextField(null=True, unique=False)),
                ("attempts", fields.IntField(default=0)),
                ("error", fields.CharField(null=True, max_length=64)),
                ("requested_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("available_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("dead_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "operation",
                "app": "models",
                "unique_together": (("package_id", "number"),),
                "pk_attr": "id",
                "table_description": "One change of a package, written with the desired state. `number` counts per package: operations keep that order.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Operation",
            constraint=CheckConstraint(
                check="state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')", name="operation_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Operation",
            constraint=CheckConstraint(check="progress BETWEEN 0 AND 100", name="operation_progress_is_per_cent"),
        ),
        ops.AddConstraint(
            model_name="Operation",
            constraint=CheckConstraint(check="number >= 1", name="operation_number_from_one"),
        ),
        ops.RunPython(unique_again("operation", "package_id", "number")),
        ops.AddIndex(
            model_name="Operation",
            index=Index(fields=["customer_id", "package_id", "requested_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Operation",
            index=Index(fields=["state", "available_at", "id"]),
        ),
        ops.CreateModel(
            name="TariffChange",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_tch, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tariff_changes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tariff_changes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "contract",
                    fields.ForeignKeyField(
                        "models.Contract",
                        source_field="contract_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tariff_changes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "from_tariff",
                    fields.ForeignKeyField(
                        "models.Tariff",
                        source_field="from_tariff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="changes_from",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "to_tariff",
                    fields.ForeignKeyField(
                        "models.Tariff",
                        source_field="to_tariff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="changes_to",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "pending_for",
                    fields.OneToOneField(
                        "models.Contract",
                        source_field="pending_for_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="pending_tariff_change",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "direction",
                    fields.CharEnumField(
                        description="UPGRADE: UPGRADE\nDOWNGRADE: DOWNGRADE", enum_type=TariffDirection, max_length=16
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="SCHEDULED: SCHEDULED\nCARRIED_OUT: CARRIED_OUT\nREVOKED: REVOKED\nREFUSED: REFUSED",
                        enum_type=TariffChangeState,
                        max_length=16,
                    ),
                ),
                ("effective_on", fields.DateField()),
                ("net_minor", fields.BigIntField()),
                ("gross_minor", fields.BigIntField()),
                ("credit_minor", fields.BigIntField(default=0)),
                ("charge_minor", fields.BigIntField(default=0)),
                ("currency", fields.CharField(max_length=3)),
                ("requested_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("refusal", fields.CharField(null=True, max_length=40)),
            ],
            options={
                "table": "tariff_change",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One change, with the price it was shown with. `pending_for` is the contract while it is scheduled: unique.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="TariffChange",
            constraint=CheckConstraint(
                check="state IN ('SCHEDULED', 'CARRIED_OUT', 'REVOKED', 'REFUSED')", name="tariff_change_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="TariffChange",
            constraint=CheckConstraint(
                check="direction IN ('UPGRADE', 'DOWNGRADE')", name="tariff_change_direction_known"
            ),
        ),
        ops.AddConstraint(
            model_name="TariffChange",
            constraint=CheckConstraint(
                check="net_minor >= 0 AND gross_minor >= net_minor AND credit_minor >= 0 AND charge_minor >= 0",
                name="tariff_change_price_not_negative",
            ),
        ),
        ops.AddConstraint(
            model_name="TariffChange",
            constraint=CheckConstraint(
                check="(pending_for_id IS NOT NULL) = (state = 'SCHEDULED')",
                name="tariff_change_pending_while_scheduled",
            ),
        ),
        ops.RunPython(unique_again("tariff_change", "pending_for_id")),
        ops.AddIndex(
            model_name="TariffChange",
            index=Index(fields=["customer_id", "contract_id", "requested_at", "id"]),
        ),
        ops.AddIndex(
            model_name="TariffChange",
            index=Index(fields=["customer_id", "package_id", "requested_at", "id"]),
        ),
        ops.AddIndex(
            model_name="TariffChange",
            index=Index(fields=["contract_id"]),
        ),
        ops.AddIndex(
            model_name="TariffChange",
            index=Index(fields=["package_id"]),
        ),
        ops.AddIndex(
            model_name="TariffChange",
            index=Index(fields=["from_tariff_id"]),
        ),
        ops.AddIndex(
            model_name="TariffChange",
            index=Index(fields=["to_tariff_id"]),
        ),
        ops.AddIndex(
            model_name="TariffChange",
            index=Index(fields=["state", "effective_on", "id"]),
        ),
        ops.AddField(
            model_name="AddOn",
            name="minimum_term_months",
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name="AddOn",
            name="notice_months",
            field=fields.IntField(default=1),
        ),
        ops.AddField(
            model_name="AddOn",
            name="renewal_months",
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name="AddOn",
            name="vat_basis_points",
            field=fields.IntField(default=1900),
        ),
        ops.AddField(
            model_name="AddOn",
            name="version",
            field=fields.IntField(default=1),
        ),
        ops.AddField(
            model_name="BankAccount",
            name="mandate_revoked_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="BankAccount",
            name="mandate_used_on",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Domain",
            name="auth_info_sealed",
            field=fields.CharField(null=True, max_length=255),
        ),
        ops.AddField(
            model_name="Domain",
            name="ends_on",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Domain",
            name="paid_until",
            field=fields.DateField(null=True),
        ),
        ops.AddField(
            model_name="Domain",
            name="version",
            field=fields.IntField(default=1),
        ),
        ops.AlterModelOptions(
            name="Invoice",
            options={
                "table": "invoice",
                "app": "models",
                "constraints": [
                    CheckConstraint(
                        check="state IN ('OPEN', 'DEBIT_PENDING', 'DEBIT_RETURNED', 'OVERDUE', 'PAID', 'CANCELLED')",
                        name="invoice_state_known",
                    ),
                    CheckConstraint(check="gross_minor = net_minor + vat_minor", name="invoice_adds_up"),
                    CheckConstraint(check="due_on >= issued_on", name="invoice_due_after_issue"),
                ],
                "indexes": [
                    Index(fields=["customer_id", "issued_on", "id"]),
                    Index(fields=["customer_id", "due_on", "id"]),
                    Index(fields=["customer_id", "number", "id"]),
                    Index(fields=["customer_id", "state", "id"]),
                    Index(fields=["customer_id", "gross_minor", "id"]),
                    Index(fields=["corrects_id"]),
                    Index(fields=["state", "due_on"]),
                ],
                "pk_attr": "id",
                "table_description": "An issued invoice or credit note. What was issued never changes, only its payment state does.",
            },
        ),
        ops.AddField(
            model_name="Invoice",
            name="buyer",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="Invoice",
            name="corrects",
            field=fields.ForeignKeyField(
                "models.Invoice",
                source_field="corrects_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="credit_notes",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(
            model_name="Invoice",
            name="debits",
            field=fields.IntField(default=0),
        ),
        ops.AddField(
            model_name="Invoice",
            name="kind",
            field=fields.CharEnumField(
                default=InvoiceKind.INVOICE,
                description="INVOICE: INVOICE\nCREDIT_NOTE: CREDIT_NOTE",
                enum_type=InvoiceKind,
                max_length=16,
            ),
        ),
        ops.AddField(
            model_name="Invoice",
            name="payment_method",
            field=fields.CharEnumField(
                default=PaymentMethod.TRANSFER,
                description="DIRECT_DEBIT: DIRECT_DEBIT\nTRANSFER: TRANSFER",
                enum_type=PaymentMethod,
                max_length=16,
            ),
        ),
        ops.AddIndex(
            model_name="Invoice",
            index=Index(fields=["corrects_id"]),
        ),
        ops.AddIndex(
            model_name="Invoice",
            index=Index(fields=["state", "due_on"]),
        ),
        ops.AddField(
            model_name="InvoiceLine",
            name="discount_minor",
            field=fields.BigIntField(default=0),
        ),
        ops.AddField(
            model_name="InvoiceLine",
            name="discount_reason",
            field=fields.CharField(null=True, max_length=140),
        ),
        ops.AddField(
            model_name="InvoiceLine",
            name="vat_category",
            field=fields.CharEnumField(
                default=VatCategory.S,
                description="S: S\nZ: Z\nE: E\nAE: AE\nK: K\nG: G\nO: O",
                enum_type=VatCategory,
                max_length=2,
            ),
        ),
        ops.AddField(
            model_name="InvoiceLine",
            name="search_key",
            field=fields.CharField(default="", max_length=960),
        ),
        ops.RunPython(fold_lines),
        ops.AddField(
            model_name="InvoiceTax",
            name="exemption_reason",
            field=fields.CharField(null=True, max_length=240),
        ),
        ops.AddField(
            model_name="InvoiceTax",
            name="vat_category",
            field=fields.CharEnumField(
                default=VatCategory.S,
                description="S: S\nZ: Z\nE: E\nAE: AE\nK: K\nG: G\nO: O",
                enum_type=VatCategory,
                max_length=2,
            ),
        ),
        ops.AddField(
            model_name="Package",
            name="web_space_used_mb",
            field=fields.IntField(default=0),
        ),
    ]
