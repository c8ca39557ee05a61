"""The tables of the beginning.

Tortoise emits no check of a model it creates, and SQLite's way of adding one rebuilds the table and loses its
indexes. So each table is created bare, then gets its checks, then its indexes, before another table refers to it.
"""

from collections.abc import Awaitable, Callable

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

from models.audit import ActorKind
from models.contract import ContractState
from models.customer import CustomerKind, PhoneKind
from models.domain import DomainState
from models.ids import (  # type: ignore[attr-defined]  # made by `key`
    new_add,
    new_aud,
    new_bnk,
    new_ctr,
    new_cus,
    new_dev,
    new_dom,
    new_inf,
    new_inl,
    new_inv,
    new_mbx,
    new_out,
    new_pay,
    new_phn,
    new_pkg,
    new_pty,
    new_ses,
    new_tax,
    new_tkt,
    new_trf,
)
from models.invoice import InvoiceState, PaymentMethod
from models.package import PackageState
from models.session import SessionKind


def unique_again(table: str, *columns: str) -> Callable[[StateApps, BaseSchemaEditor], Awaitable[None]]:
    """SQLite's rebuild for a check forgets what is unique over a relation or several columns."""

    async def restore(apps: StateApps, editor: BaseSchemaEditor) -> None:
        if editor.DIALECT == "sqlite":
            names = ", ".join(f'"{column}"' for column in columns)
            await editor.client.execute_query(f'CREATE UNIQUE INDEX "uid_{table}" ON "{table}" ({names})')

    return restore


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Customer",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_cus, unique=True, db_index=True, max_length=30)),
                ("number", fields.CharField(unique=True, max_length=12)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="PERSON: PERSON\nCOMPANY: COMPANY", enum_type=CustomerKind, max_length=8
                    ),
                ),
                ("first_name", fields.CharField(null=True, max_length=80)),
                ("last_name", fields.CharField(null=True, max_length=80)),
                ("company_name", fields.CharField(null=True, max_length=160)),
                ("vat_id", fields.CharField(null=True, max_length=20)),
                ("street", fields.CharField(max_length=160)),
                ("address_extra", fields.CharField(null=True, max_length=160)),
                ("postcode", fields.CharField(max_length=16)),
                ("city", fields.CharField(max_length=80)),
                ("country", fields.CharField(max_length=2)),
                ("email", fields.CharField(max_length=254)),
                ("invoice_email", fields.CharField(null=True, max_length=254)),
                ("language", fields.CharField(default="de", max_length=2)),
                ("username", fields.CharField(null=True, unique=True, max_length=32)),
                ("password_hash", fields.CharField(max_length=80)),
                ("password_changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("disabled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "customer",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Who signed the contracts. `number` is what people type to sign in, `username` is their own choice, stored folded.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Customer",
            constraint=CheckConstraint(check="kind IN ('PERSON', 'COMPANY')", name="customer_kind_known"),
        ),
        ops.AddConstraint(
            model_name="Customer",
            constraint=CheckConstraint(
                check="(kind = 'PERSON' AND last_name IS NOT NULL) OR (kind = 'COMPANY' AND company_name IS NOT NULL)",
                name="customer_has_a_name",
            ),
        ),
        ops.AddConstraint(
            model_name="Customer", constraint=CheckConstraint(check="version >= 1", name="customer_version_counts_up")
        ),
        ops.CreateModel(
            name="BankAccount",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_bnk, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.OneToOneField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="bank_account",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("holder", fields.CharField(max_length=70)),
                ("iban_sealed", fields.CharField(max_length=255)),
                ("iban_last4", fields.CharField(max_length=4)),
                ("bank_name", fields.CharField(null=True, max_length=140)),
                ("mandate_reference", fields.CharField(unique=True, max_length=35)),
                ("mandate_signed_on", fields.DateField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "bank_account",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The account invoices are debited from, and the SEPA mandate for it.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(model_name="BankAccount", index=Index(fields=["customer_id", "created_at"])),
        ops.CreateModel(
            name="Invoice",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_inv, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoices",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.CharField(unique=True, max_length=32)),
                (
                    "state",
                    fields.CharEnumField(
                        description="OPEN: OPEN\nDEBIT_PENDING: DEBIT_PENDING\nDEBIT_RETURNED: DEBIT_RETURNED\nOVERDUE: OVERDUE\nPAID: PAID\nCANCELLED: CANCELLED",
                        enum_type=InvoiceState,
                        max_length=16,
                    ),
                ),
                ("issued_on", fields.DateField()),
                ("due_on", fields.DateField()),
                ("period_from", fields.DateField(null=True)),
                ("period_to", fields.DateField(null=True)),
                ("currency", fields.CharField(max_length=3)),
                ("net_minor", fields.BigIntField()),
                ("vat_minor", fields.BigIntField()),
                ("gross_minor", fields.BigIntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invoice",
                "app": "models",
                "pk_attr": "id",
                "table_description": "An issued invoice. What was issued never changes, only its payment state does.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Invoice",
            constraint=CheckConstraint(
                check="state IN ('OPEN', 'DEBIT_PENDING', 'DEBIT_RETURNED', 'OVERDUE', 'PAID', 'CANCELLED')",
                name="invoice_state_known",
            ),
        ),
        ops.AddConstraint(
            model_name="Invoice",
            constraint=CheckConstraint(check="gross_minor = net_minor + vat_minor", name="invoice_adds_up"),
        ),
        ops.AddConstraint(
            model_name="Invoice",
            constraint=CheckConstraint(check="due_on >= issued_on", name="invoice_due_after_issue"),
        ),
        ops.AddIndex(model_name="Invoice", index=Index(fields=["customer_id", "issued_on", "id"])),
        ops.AddIndex(model_name="Invoice", index=Index(fields=["customer_id", "due_on", "id"])),
        ops.AddIndex(model_name="Invoice", index=Index(fields=["customer_id", "number", "id"])),
        ops.AddIndex(model_name="Invoice", index=Index(fields=["customer_id", "state", "id"])),
        ops.AddIndex(model_name="Invoice", index=Index(fields=["customer_id", "gross_minor", "id"])),
        ops.CreateModel(
            name="InvoiceFile",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_inf, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_files",
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
                        related_name="files",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("language", fields.CharField(max_length=2)),
                ("sha256", fields.CharField(max_length=64)),
                ("content", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invoice_file",
                "app": "models",
                "unique_together": (("invoice_id", "language"),),
                "pk_attr": "id",
                "table_description": "The bytes of an invoice as issued, in one language: rendered once, stored, never rendered again.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(model_name="InvoiceFile", index=Index(fields=["customer_id", "invoice_id"])),
        ops.CreateModel(
            name="InvoiceTax",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_tax, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_taxes",
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
                        related_name="taxes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("vat_basis_points", fields.IntField()),
                ("net_minor", fields.BigIntField()),
                ("vat_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
            ],
            options={
                "table": "invoice_tax",
                "app": "models",
                "unique_together": (("invoice_id", "vat_basis_points"),),
                "pk_attr": "id",
                "table_description": "The VAT of one rate on an invoice (the VAT breakdown of EN 16931, BG-23).",
            },
            bases=["Model"],
        ),
        ops.AddIndex(model_name="InvoiceTax", index=Index(fields=["customer_id", "invoice_id", "vat_basis_points"])),
        ops.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_out, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="outbox_messages",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharField(max_length=64)),
                ("payload", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("available_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("failed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "outbox_message",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One thing to send at least once. A worker takes it with a lease: `available_at` moves on while it is being sent.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(model_name="OutboxMessage", index=Index(fields=["sent_at", "failed_at", "available_at", "id"])),
        ops.AddIndex(model_name="OutboxMessage", index=Index(fields=["customer_id"])),
        ops.CreateModel(
            name="PackageType",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_pty, unique=True, db_index=True, max_length=30)),
                ("code", fields.CharField(unique=True, max_length=32)),
                ("name", fields.CharField(max_length=80)),
                ("family", fields.CharField(max_length=32)),
                ("functions", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("mailbox_limit", fields.IntField(default=0)),
                ("domain_limit", fields.IntField(default=0)),
                ("database_limit", fields.IntField(default=0)),
                ("web_space_mb", fields.IntField(default=0)),
            ],
            options={
                "table": "package_type",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A kind of package: which functions it has and how much of each. Shared by all customers.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="PackageType",
            constraint=CheckConstraint(
                check="mailbox_limit >= 0 AND domain_limit >= 0 AND database_limit >= 0 AND web_space_mb >= 0",
                name="package_type_limits_not_negative",
            ),
        ),
        ops.CreateModel(
            name="Package",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_pkg, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="packages",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "type",
                    fields.ForeignKeyField(
                        "models.PackageType",
                        source_field="type_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="packages",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("name_key", fields.CharField(max_length=240)),
                ("search_key", fields.CharField(max_length=400)),
                ("identification", fields.CharField(unique=True, max_length=64)),
                ("order_number", fields.CharField(unique=True, max_length=32)),
                (
                    "state",
                    fields.CharEnumField(
                        description="PROVISIONING: PROVISIONING\nACTIVE: ACTIVE\nSUSPENDED: SUSPENDED\nCANCELLED: CANCELLED\nENDED: ENDED",
                        enum_type=PackageState,
                        max_length=16,
                    ),
                ),
                ("password_hash", fields.CharField(null=True, max_length=80)),
                ("password_changed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "package",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One package of a customer.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Package",
            constraint=CheckConstraint(
                check="state IN ('PROVISIONING', 'ACTIVE', 'SUSPENDED', 'CANCELLED', 'ENDED')",
                name="package_state_known",
            ),
        ),
        ops.AddConstraint(
            model_name="Package", constraint=CheckConstraint(check="version >= 1", name="package_version_counts_up")
        ),
        ops.AddIndex(model_name="Package", index=Index(fields=["customer_id", "name_key", "id"])),
        ops.AddIndex(model_name="Package", index=Index(fields=["customer_id", "order_number", "id"])),
        ops.AddIndex(model_name="Package", index=Index(fields=["customer_id", "identification", "id"])),
        ops.AddIndex(model_name="Package", index=Index(fields=["customer_id", "state", "id"])),
        ops.AddIndex(model_name="Package", index=Index(fields=["customer_id", "created_at", "id"])),
        ops.AddIndex(model_name="Package", index=Index(fields=["type_id"])),
        ops.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_aud, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="audit_events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="audit_events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("occurred_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "actor_kind",
                    fields.CharEnumField(
                        description="CUSTOMER: CUSTOMER\nPACKAGE_LOGIN: PACKAGE_LOGIN\nAPI_TOKEN: API_TOKEN\nOPERATOR: OPERATOR\nSYSTEM: SYSTEM",
                        enum_type=ActorKind,
                        max_length=16,
                    ),
                ),
                ("actor_id", fields.CharField(null=True, max_length=30)),
                ("session_id", fields.CharField(null=True, max_length=30)),
                ("address", fields.CharField(null=True, max_length=45)),
                ("action", fields.CharField(max_length=64)),
                ("object_id", fields.CharField(null=True, max_length=30)),
                ("result", fields.CharField(max_length=40)),
                ("request_id", fields.CharField(null=True, max_length=40)),
                ("detail", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={
                "table": "audit_event",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One entry: time, actor, session, shortened address, action, object, result, request id. `detail` holds no secret.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(model_name="AuditEvent", index=Index(fields=["customer_id", "occurred_at", "id"])),
        ops.AddIndex(model_name="AuditEvent", index=Index(fields=["customer_id", "package_id", "occurred_at", "id"])),
        ops.CreateModel(
            name="Domain",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_dom, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="domains",
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
                        related_name="domains",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=253)),
                ("ascii_name", fields.CharField(unique=True, max_length=253)),
                ("search_key", fields.CharField(max_length=800)),
                ("main", fields.BooleanField(default=False)),
                (
                    "state",
                    fields.CharEnumField(
                        description="PENDING: PENDING\nACTIVE: ACTIVE\nTRANSFERRING: TRANSFERRING\nCANCELLED: CANCELLED",
                        enum_type=DomainState,
                        max_length=16,
                    ),
                ),
                ("registered_on", fields.DateField(null=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "domain",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A domain name. `name` is Unicode (U-labels), `ascii_name` the same in A-labels (RFC 5890) and unique.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Domain",
            constraint=CheckConstraint(
                check="state IN ('PENDING', 'ACTIVE', 'TRANSFERRING', 'CANCELLED')", name="domain_state_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Domain",
            constraint=CheckConstraint(check="ascii_name = lower(ascii_name)", name="domain_ascii_name_lower_case"),
        ),
        ops.AddIndex(model_name="Domain", index=Index(fields=["customer_id", "package_id", "ascii_name", "id"])),
        ops.AddIndex(model_name="Domain", index=Index(fields=["customer_id", "package_id", "created_at", "id"])),
        ops.CreateModel(
            name="InvoiceLine",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_inl, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_lines",
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
                        related_name="lines",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="invoice_lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", fields.IntField()),
                ("description", fields.CharField(max_length=240)),
                ("quantity_thousandths", fields.BigIntField()),
                ("unit", fields.CharField(max_length=16)),
                ("unit_net_minor", fields.BigIntField()),
                ("net_minor", fields.BigIntField()),
                ("vat_basis_points", fields.IntField()),
                ("currency", fields.CharField(max_length=3)),
            ],
            options={
                "table": "invoice_line",
                "app": "models",
                "unique_together": (("invoice_id", "position"),),
                "pk_attr": "id",
                "table_description": "One position of an invoice, `quantity_thousandths` is the quantity times 1,000 (0.5 months = 500).",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="InvoiceLine",
            constraint=CheckConstraint(check="position >= 1", name="invoice_line_position_from_one"),
        ),
        ops.RunPython(unique_again("invoice_line", "invoice_id", "position")),
        ops.AddIndex(model_name="InvoiceLine", index=Index(fields=["customer_id", "invoice_id", "position"])),
        ops.AddIndex(model_name="InvoiceLine", index=Index(fields=["customer_id", "package_id", "invoice_id"])),
        ops.CreateModel(
            name="Mailbox",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_mbx, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="mailboxes",
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
                        related_name="mailboxes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("address", fields.CharField(unique=True, max_length=320)),
                ("search_key", fields.CharField(max_length=960)),
                ("display_name", fields.CharField(null=True, max_length=80)),
                ("quota_mb", fields.IntField()),
                ("used_mb", fields.IntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "mailbox",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A mailbox. `address` is unique over the host and lower-case with its domain in Unicode, sizes are mebibytes.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Mailbox",
            constraint=CheckConstraint(check="quota_mb >= 0 AND used_mb >= 0", name="mailbox_sizes_not_negative"),
        ),
        ops.AddConstraint(
            model_name="Mailbox",
            constraint=CheckConstraint(check="address = lower(address)", name="mailbox_address_lower_case"),
        ),
        ops.AddIndex(model_name="Mailbox", index=Index(fields=["customer_id", "package_id", "address", "id"])),
        ops.AddIndex(model_name="Mailbox", index=Index(fields=["customer_id", "package_id", "created_at", "id"])),
        ops.CreateModel(
            name="Payment",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_pay, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="payments",
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
                        related_name="payments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "method",
                    fields.CharEnumField(
                        description="DIRECT_DEBIT: DIRECT_DEBIT\nTRANSFER: TRANSFER",
                        enum_type=PaymentMethod,
                        max_length=16,
                    ),
                ),
                ("paid_on", fields.DateField()),
                ("amount_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("reference", fields.CharField(null=True, max_length=140)),
            ],
            options={
                "table": "payment",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Money received for an invoice, negative when it went back (a returned debit).",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Payment",
            constraint=CheckConstraint(check="method IN ('DIRECT_DEBIT', 'TRANSFER')", name="payment_method_known"),
        ),
        ops.AddConstraint(
            model_name="Payment", constraint=CheckConstraint(check="amount_minor <> 0", name="payment_of_something")
        ),
        ops.AddIndex(model_name="Payment", index=Index(fields=["customer_id", "invoice_id", "paid_on", "id"])),
        ops.CreateModel(
            name="PhoneNumber",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_phn, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="phone_numbers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="LANDLINE: LANDLINE\nMOBILE: MOBILE\nFAX: FAX", enum_type=PhoneKind, max_length=8
                    ),
                ),
                ("number", fields.CharField(max_length=16)),
            ],
            options={
                "table": "phone_number",
                "app": "models",
                "unique_together": (("customer_id", "number"),),
                "pk_attr": "id",
                "table_description": "A phone number of a customer in E.164 form (`+4930123456`).",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="PhoneNumber",
            constraint=CheckConstraint(check="kind IN ('LANDLINE', 'MOBILE', 'FAX')", name="phone_number_kind_known"),
        ),
        ops.RunPython(unique_again("phone_number", "customer_id", "number")),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_ses, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CUSTOMER: CUSTOMER\nPACKAGE: PACKAGE", enum_type=SessionKind, max_length=16
                    ),
                ),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("device_name", fields.CharField(null=True, max_length=80)),
                ("user_agent", fields.CharField(null=True, max_length=200)),
                ("address", fields.CharField(null=True, max_length=45)),
                ("remembered", fields.BooleanField(default=False)),
                ("idle_seconds", fields.IntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("elevated_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "session",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One sign-in. It ends when revoked, when idle for `idle_seconds`, and at `expires_at` in any case.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Session",
            constraint=CheckConstraint(
                check="(kind = 'PACKAGE' AND package_id IS NOT NULL) OR (kind = 'CUSTOMER' AND package_id IS NULL)",
                name="session_kind_fits_package",
            ),
        ),
        ops.AddIndex(model_name="Session", index=Index(fields=["customer_id", "created_at", "id"])),
        ops.AddIndex(model_name="Session", index=Index(fields=["package_id"])),
        ops.AddIndex(model_name="Session", index=Index(fields=["expires_at"])),
        ops.CreateModel(
            name="DownloadTicket",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_tkt, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="download_tickets",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "session",
                    fields.ForeignKeyField(
                        "models.Session",
                        source_field="session_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="download_tickets",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("path", fields.CharField(max_length=200)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "download_ticket",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A one-time permission to fetch one file without a bearer token, bound to the session that asked for it.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(model_name="DownloadTicket", index=Index(fields=["expires_at"])),
        ops.AddIndex(model_name="DownloadTicket", index=Index(fields=["session_id"])),
        ops.AddIndex(model_name="DownloadTicket", index=Index(fields=["customer_id"])),
        ops.CreateModel(
            name="Tariff",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_trf, unique=True, db_index=True, max_length=30)),
                (
                    "type",
                    fields.ForeignKeyField(
                        "models.PackageType",
                        source_field="type_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tariffs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("code", fields.CharField(unique=True, max_length=32)),
                ("name", fields.CharField(max_length=80)),
                ("net_minor", fields.BigIntField()),
                ("gross_minor", fields.BigIntField()),
                ("vat_basis_points", fields.IntField()),
                ("currency", fields.CharField(max_length=3)),
                ("billing_months", fields.IntField()),
                ("minimum_term_months", fields.IntField()),
                ("renewal_months", fields.IntField()),
                ("notice_months", fields.IntField()),
                ("available", fields.BooleanField(default=True)),
            ],
            options={
                "table": "tariff",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A product in the price list. Prices are minor units (cents) for one billing period.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Tariff",
            constraint=CheckConstraint(
                check="net_minor >= 0 AND gross_minor >= net_minor", name="tariff_price_not_negative"
            ),
        ),
        ops.AddConstraint(
            model_name="Tariff",
            constraint=CheckConstraint(check="billing_months >= 1", name="tariff_billing_at_least_a_month"),
        ),
        ops.AddIndex(model_name="Tariff", index=Index(fields=["type_id"])),
        ops.CreateModel(
            name="Contract",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_ctr, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="contracts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "package",
                    fields.OneToOneField(
                        "models.Package",
                        source_field="package_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="contract",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "tariff",
                    fields.ForeignKeyField(
                        "models.Tariff",
                        source_field="tariff_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="contracts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.CharField(unique=True, max_length=32)),
                (
                    "state",
                    fields.CharEnumField(
                        description="ACTIVE: ACTIVE\nCANCELLED: CANCELLED\nENDED: ENDED",
                        enum_type=ContractState,
                        max_length=16,
                    ),
                ),
                ("starts_on", fields.DateField()),
                ("ends_on", fields.DateField(null=True)),
                ("minimum_term_months", fields.IntField()),
                ("renewal_months", fields.IntField()),
                ("notice_months", fields.IntField()),
                ("billing_months", fields.IntField()),
                ("net_minor", fields.BigIntField()),
                ("gross_minor", fields.BigIntField()),
                ("vat_basis_points", fields.IntField()),
                ("currency", fields.CharField(max_length=3)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "contract",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The agreement over one package. The terms are those agreed, even when the tariff's own have changed since.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Contract",
            constraint=CheckConstraint(check="state IN ('ACTIVE', 'CANCELLED', 'ENDED')", name="contract_state_known"),
        ),
        ops.AddConstraint(
            model_name="Contract",
            constraint=CheckConstraint(
                check="ends_on IS NULL OR ends_on >= starts_on", name="contract_ends_after_start"
            ),
        ),
        ops.AddConstraint(
            model_name="Contract",
            constraint=CheckConstraint(
                check="net_minor >= 0 AND gross_minor >= net_minor", name="contract_price_not_negative"
            ),
        ),
        ops.AddConstraint(
            model_name="Contract", constraint=CheckConstraint(check="version >= 1", name="contract_version_counts_up")
        ),
        ops.RunPython(unique_again("contract", "package_id")),
        ops.AddIndex(model_name="Contract", index=Index(fields=["customer_id", "number", "id"])),
        ops.AddIndex(model_name="Contract", index=Index(fields=["customer_id", "starts_on", "id"])),
        ops.AddIndex(model_name="Contract", index=Index(fields=["tariff_id"])),
        ops.CreateModel(
            name="AddOn",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_add, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="add_ons",
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
                        related_name="add_ons",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("quantity", fields.IntField(default=1)),
                (
                    "state",
                    fields.CharEnumField(
                        description="ACTIVE: ACTIVE\nCANCELLED: CANCELLED\nENDED: ENDED",
                        enum_type=ContractState,
                        max_length=16,
                    ),
                ),
                ("starts_on", fields.DateField()),
                ("ends_on", fields.DateField(null=True)),
                ("net_minor", fields.BigIntField()),
                ("gross_minor", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
            ],
            options={
                "table": "add_on",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Something booked on top of a contract, with its own price per billing period of the contract.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="AddOn",
            constraint=CheckConstraint(check="state IN ('ACTIVE', 'CANCELLED', 'ENDED')", name="add_on_state_known"),
        ),
        ops.AddConstraint(
            model_name="AddOn", constraint=CheckConstraint(check="quantity >= 1", name="add_on_quantity_positive")
        ),
        ops.AddConstraint(
            model_name="AddOn",
            constraint=CheckConstraint(
                check="net_minor >= 0 AND gross_minor >= net_minor", name="add_on_price_not_negative"
            ),
        ),
        ops.AddIndex(model_name="AddOn", index=Index(fields=["customer_id", "contract_id", "id"])),
        ops.CreateModel(
            name="Throttle",
            fields=[
                ("key", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("failures", fields.IntField()),
                ("window_started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("blocked_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "throttle",
                "app": "models",
                "pk_attr": "key",
                "table_description": "How often something failed since `window_started_at`, and until when it is refused.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(model_name="Throttle", index=Index(fields=["expires_at"])),
        ops.CreateModel(
            name="TrustedDevice",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_dev, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="trusted_devices",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "models.Package",
                        source_field="package_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="trusted_devices",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("name", fields.CharField(max_length=80)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "trusted_device",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A device that passed a full sign-in once: its token passes the account's throttle (SECURITY AU8).",
            },
            bases=["Model"],
        ),
        ops.AddIndex(model_name="TrustedDevice", index=Index(fields=["customer_id", "package_id", "created_at"])),
    ]
