"""How much web space a package had in use, day by day."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.package import Package


class WebSpaceUsage(Model):
    """The figure of one day in mebibytes, as it was last measured on it (Europe/Berlin)."""

    id = key("wsu")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="web_space_usage", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="web_space_usage", on_delete=fields.RESTRICT
    )
    package_id: str
    day = fields.DateField()
    used_mb = fields.IntField()

    class Meta:
        table = "web_space_usage"
        unique_together = (("package_id", "day"),)
        indexes = (Index(fields=("customer_id", "package_id", "day", "id")),)
        constraints = (CheckConstraint(check="used_mb >= 0", name="web_space_usage_not_negative"),)
