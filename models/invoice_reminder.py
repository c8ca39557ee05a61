"""Reminders: what was sent about an invoice that was not paid."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.invoice import Invoice


class InvoiceReminder(Model):
    """One reminder (dunning letter) with its level, from 1, and the fee it added to what is owed."""

    id = key("rem")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="invoice_reminders", on_delete=fields.RESTRICT
    )
    customer_id: str
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "models.Invoice", related_name="reminders", on_delete=fields.CASCADE
    )
    invoice_id: str
    level = fields.IntField()
    sent_on = fields.DateField()
    due_on = fields.DateField()
    fee_minor = fields.BigIntField(default=0)
    currency = fields.CharField(max_length=3)

    class Meta:
        table = "invoice_reminder"
        unique_together = (("invoice_id", "level"),)
        indexes = (Index(fields=("customer_id", "invoice_id", "level")),)
        constraints = (
            CheckConstraint(check="level BETWEEN 1 AND 9", name="invoice_reminder_level_from_one"),
            CheckConstraint(check="fee_minor >= 0", name="invoice_reminder_fee_not_negative"),
            CheckConstraint(check="due_on >= sent_on", name="invoice_reminder_due_after_it_was_sent"),
        )
