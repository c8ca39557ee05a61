"""A customer: one number, one set of master data, shared by every package, contract and invoice."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.ids import key


class CustomerKind(StrEnum):
    """Consumers (§ 13 BGB) and businesses (§ 14 BGB) have different rights."""

    PERSON = "PERSON"
    COMPANY = "COMPANY"


class PhoneKind(StrEnum):
    """What a number reaches."""

    LANDLINE = "LANDLINE"
    MOBILE = "MOBILE"
    FAX = "FAX"


class Customer(Model):
    """Who signed the contracts. `number` is what people type to sign in, `username` is their own choice, stored folded."""

    id = key("cus")
    number = fields.CharField(max_length=12, unique=True)
    kind = fields.CharEnumField(CustomerKind, max_length=8)
    first_name = fields.CharField(max_length=80, null=True)
    last_name = fields.CharField(max_length=80, null=True)
    company_name = fields.CharField(max_length=160, null=True)
    vat_id = fields.CharField(max_length=20, null=True)

    street = fields.CharField(max_length=160)
    address_extra = fields.CharField(max_length=160, null=True)
    postcode = fields.CharField(max_length=16)
    city = fields.CharField(max_length=80)
    country = fields.CharField(max_length=2)  # ISO 3166-1 alpha-2

    email = fields.CharField(max_length=254)
    invoice_email = fields.CharField(max_length=254, null=True)
    language = fields.CharField(max_length=2, default="de")  # ISO 639-1

    username = fields.CharField(max_length=32, null=True, unique=True)
    password_hash = fields.CharField(max_length=80)
    password_changed_at = fields.DatetimeField()
    disabled_at = fields.DatetimeField(null=True)

    created_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "customer"
        constraints = (
            CheckConstraint(check="kind IN ('PERSON', 'COMPANY')", name="customer_kind_known"),
            CheckConstraint(
                check="(kind = 'PERSON' AND last_name IS NOT NULL) OR (kind = 'COMPANY' AND company_name IS NOT NULL)",
                name="customer_has_a_name",
            ),
            CheckConstraint(check="version >= 1", name="customer_version_counts_up"),
        )

    @property
    def display_name(self) -> str:
        """The name a letter starts with."""
        if self.company_name:
            return self.company_name
        return " ".join(part for part in (self.first_name, self.last_name) if part)


class PhoneNumber(Model):
    """A phone number of a customer in E.164 form (`+4930123456`)."""

    id = key("phn")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="phone_numbers", on_delete=fields.CASCADE
    )
    customer_id: str
    kind = fields.CharEnumField(PhoneKind, max_length=8)
    number = fields.CharField(max_length=16)

    class Meta:
        table = "phone_number"
        unique_together = (("customer_id", "number"),)
        constraints = (CheckConstraint(check="kind IN ('LANDLINE', 'MOBILE', 'FAX')", name="phone_number_kind_known"),)


class BankAccount(Model):
    """The account invoices are debited from, and the SEPA mandate for it.

    The IBAN is sealed (encrypted with a key id) and never read back: people see `bank_name` and `iban_last4`.
    """

    id = key("bnk")
    customer: fields.OneToOneRelation[Customer] = fields.OneToOneField(
        "models.Customer", related_name="bank_account", on_delete=fields.CASCADE
    )
    customer_id: str
    holder = fields.CharField(max_length=70)
    iban_sealed = fields.CharField(max_length=255)
    iban_last4 = fields.CharField(max_length=4)
    bank_name = fields.CharField(max_length=140, null=True)
    mandate_reference = fields.CharField(max_length=35, unique=True)
    mandate_signed_on = fields.DateField()
    mandate_used_on = fields.DateField(null=True)  # the last collection under it
    mandate_revoked_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "bank_account"
        indexes = (Index(fields=("customer_id", "created_at")),)
