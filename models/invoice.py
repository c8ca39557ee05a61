"""Invoices with their lines, taxes and payments. Amounts are integer minor units (cents)."""

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
from models.text import folded


class InvoiceState(StrEnum):
    """What is known about the payment of an invoice."""

    OPEN = "OPEN"
    DEBIT_PENDING = "DEBIT_PENDING"
    DEBIT_RETURNED = "DEBIT_RETURNED"
    OVERDUE = "OVERDUE"
    PAID = "PAID"
    CANCELLED = "CANCELLED"


class InvoiceKind(StrEnum):
    """The types of document of EN 16931 (BT-3): 380 and 381."""

    INVOICE = "INVOICE"
    CREDIT_NOTE = "CREDIT_NOTE"


class VatCategory(StrEnum):
    """VAT categories of EN 16931 (UNTDID 5305): standard, zero, exempt, reverse charge, intra-community, export, outside."""

    S = "S"
    Z = "Z"
    E = "E"
    AE = "AE"
    K = "K"
    G = "G"
    O = "O"  # noqa: E741 - the code of the standard


class PaymentMethod(StrEnum):
    """How money came in."""

    DIRECT_DEBIT = "DIRECT_DEBIT"
    TRANSFER = "TRANSFER"


class Invoice(Model):
    """An issued invoice or credit note. What was issued never changes, only its payment state does.

    Amounts of a credit note are positive; `corrects` is the invoice it takes back. `buyer` is the customer as they were when
    it was issued: `{name, street, extra, postcode, city, country, vatId}`. `debits` counts the debits tried so far.
    """

    id = key("inv")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoices", on_delete=fields.RESTRICT
    )
    customer_id: str
    number = fields.CharField(max_length=32, unique=True)
    kind = fields.CharEnumField(InvoiceKind, max_length=16, default=InvoiceKind.INVOICE)
    corrects: fields.ForeignKeyNullableRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", related_name="credit_notes", on_delete=fields.RESTRICT, null=True
    )
    corrects_id: str | None
    payment_method = fields.CharEnumField(PaymentMethod, max_length=16, default=PaymentMethod.TRANSFER)
    buyer: Any = fields.JSONField(null=True)
    debits = fields.IntField(default=0)
    state = fields.CharEnumField(InvoiceState, max_length=16)
    issued_on = fields.DateField()
    due_on = fields.DateField()
    period_from = fields.DateField(null=True)
    period_to = fields.DateField(null=True)
    currency = fields.CharField(max_length=3)
    net_minor = fields.BigIntField()
    vat_minor = fields.BigIntField()
    gross_minor = fields.BigIntField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "invoice"
        indexes = (
            Index(fields=("customer_id", "issued_on", "id")),
            Index(fields=("customer_id", "due_on", "id")),
            Index(fields=("customer_id", "number", "id")),
            Index(fields=("customer_id", "state", "id")),
            Index(fields=("customer_id", "gross_minor", "id")),
            Index(fields=("corrects_id",)),
            Index(fields=("state", "due_on")),
        )
        constraints = (
            CheckConstraint(
                check="state IN ('OPEN', 'DEBIT_PENDING', 'DEBIT_RETURNED', 'OVERDUE', 'PAID', 'CANCELLED')",
                name="invoice_state_known",
            ),
            CheckConstraint(check="gross_minor = net_minor + vat_minor", name="invoice_adds_up"),
            CheckConstraint(check="due_on >= issued_on", name="invoice_due_after_issue"),
        )


class InvoiceLine(Model):
    """One position of an invoice, `quantity_thousandths` is the quantity times 1,000 (0.5 months = 500).

    `search_key` is the folded description, which searching uses.
    """

    id = key("inl")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoice_lines", on_delete=fields.RESTRICT
    )
    customer_id: str
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", related_name="lines", on_delete=fields.CASCADE
    )
    invoice_id: str
    package: fields.ForeignKeyNullableRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="invoice_lines", on_delete=fields.RESTRICT, null=True
    )
    package_id: str | None
    position = fields.IntField()
    description = fields.CharField(max_length=240)
    search_key = fields.CharField(max_length=960, default="")
    quantity_thousandths = fields.BigIntField()
    unit = fields.CharField(max_length=16)
    unit_net_minor = fields.BigIntField()
    discount_minor = fields.BigIntField(
        default=0
    )  # taken off quantity times price, `net_minor` is what is left (BG-27)
    discount_reason = fields.CharField(max_length=140, null=True)
    net_minor = fields.BigIntField()
    vat_category = fields.CharEnumField(VatCategory, max_length=2, default=VatCategory.S)
    vat_basis_points = fields.IntField()
    currency = fields.CharField(max_length=3)

    class Meta:
        table = "invoice_line"
        unique_together = (("invoice_id", "position"),)
        indexes = (
            Index(fields=("customer_id", "invoice_id", "position")),
            Index(fields=("customer_id", "package_id", "invoice_id")),
        )
        constraints = (CheckConstraint(check="position >= 1", name="invoice_line_position_from_one"),)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.search_key = folded(self.description)


class InvoiceTax(Model):
    """The VAT of one rate on an invoice (the VAT breakdown of EN 16931, BG-23)."""

    id = key("tax")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoice_taxes", on_delete=fields.RESTRICT
    )
    customer_id: str
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", related_name="taxes", on_delete=fields.CASCADE
    )
    invoice_id: str
    vat_category = fields.CharEnumField(VatCategory, max_length=2, default=VatCategory.S)
    vat_basis_points = fields.IntField()
    exemption_reason = fields.CharField(max_length=240, null=True)  # BT-120: why there is no VAT
    net_minor = fields.BigIntField()
    vat_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)

    class Meta:
        table = "invoice_tax"
        unique_together = (("invoice_id", "vat_basis_points"),)
        indexes = (Index(fields=("customer_id", "invoice_id", "vat_basis_points")),)


class InvoiceDiscount(Model):
    """Something taken off the whole invoice (a document level allowance of EN 16931, BG-20), with the VAT of one rate."""

    id = key("dsc")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoice_discounts", on_delete=fields.RESTRICT
    )
    customer_id: str
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", related_name="discounts", on_delete=fields.CASCADE
    )
    invoice_id: str
    position = fields.IntField()
    reason = fields.CharField(max_length=140)
    net_minor = fields.BigIntField()
    vat_category = fields.CharEnumField(VatCategory, max_length=2)
    vat_basis_points = fields.IntField()
    currency = fields.CharField(max_length=3)

    class Meta:
        table = "invoice_discount"
        unique_together = (("invoice_id", "position"),)
        indexes = (Index(fields=("customer_id", "invoice_id", "position")),)
        constraints = (
            CheckConstraint(check="net_minor > 0", name="invoice_discount_of_something"),
            CheckConstraint(
                check="vat_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')", name="invoice_discount_vat_category_known"
            ),
        )


class Payment(Model):
    """Money received for an invoice, negative when it went back (a returned debit)."""

    id = key("pay")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="payments", on_delete=fields.RESTRICT
    )
    customer_id: str
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", related_name="payments", on_delete=fields.RESTRICT
    )
    invoice_id: str
    method = fields.CharEnumField(PaymentMethod, max_length=16)
    paid_on = fields.DateField()
    amount_minor = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    reference = fields.CharField(max_length=140, null=True)

    class Meta:
        table = "payment"
        indexes = (Index(fields=("customer_id", "invoice_id", "paid_on", "id")),)
        constraints = (
            CheckConstraint(check="method IN ('DIRECT_DEBIT', 'TRANSFER')", name="payment_method_known"),
            CheckConstraint(check="amount_minor <> 0", name="payment_of_something"),
        )


class InvoiceFile(Model):
    """The bytes of an invoice as issued, in one language: rendered once, stored, never rendered again."""

    id = key("inf")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoice_files", on_delete=fields.RESTRICT
    )
    customer_id: str
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", related_name="files", on_delete=fields.CASCADE
    )
    invoice_id: str
    language = fields.CharField(max_length=2)
    sha256 = fields.CharField(max_length=64)
    content = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "invoice_file"
        unique_together = (("invoice_id", "language"),)
        indexes = (Index(fields=("customer_id", "invoice_id")),)


class InvoiceXml(Model):
    """The invoice as data (EN 16931 in the syntax UN/CEFACT CII), as it was issued: stored, never made anew."""

    id = key("inx")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoice_xmls", on_delete=fields.RESTRICT
    )
    customer_id: str
    invoice: fields.OneToOneRelation[Invoice] = fields.OneToOneField(
        "models.Invoice", related_name="xml", on_delete=fields.CASCADE
    )
    invoice_id: str
    sha256 = fields.CharField(max_length=64)
    content = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "invoice_xml"
        indexes = (Index(fields=("customer_id",)),)
