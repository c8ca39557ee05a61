"""Data processing agreements (Art. 28 GDPR): their versions, the sub-processors, and what a customer concluded."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.ids import key
from models.rules.sub_processors import Term


class AgreementState(StrEnum):
    """An agreement is requested, then concluded, and superseded when a newer version is concluded."""

    REQUESTED = "REQUESTED"
    CONCLUDED = "CONCLUDED"
    SUPERSEDED = "SUPERSEDED"


class AgreementEventKind(StrEnum):
    """What happens to an agreement."""

    REQUESTED = "REQUESTED"
    CONCLUDED = "CONCLUDED"
    SUPERSEDED = "SUPERSEDED"
    DOWNLOADED = "DOWNLOADED"


class AgreementVersion(Model):
    """The text of the agreement from `valid_from` on, until the next version. It never changes once it is valid."""

    id = key("agv")
    number = fields.CharField(max_length=20, unique=True)  # "2026-1"
    valid_from = fields.DateField()
    text_de = fields.TextField()
    text_en = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "agreement_version"
        indexes = (Index(fields=("valid_from", "id")),)


class SubProcessor(Model):
    """Who processes data on our behalf, from `since` to `until` (exclusive). A change ends one row and starts another."""

    id = key("sub")
    name = fields.CharField(max_length=160)
    address = fields.CharField(max_length=255)
    country = fields.CharField(max_length=2)  # ISO 3166-1 alpha-2
    purpose_de = fields.CharField(max_length=255)
    purpose_en = fields.CharField(max_length=255)
    safeguard = fields.CharField(max_length=160, null=True)  # Art. 44 ff. GDPR, outside the EU
    announced_on = fields.DateField()  # when customers were told
    since = fields.DateField()
    until = fields.DateField(null=True)
    end_announced_on = fields.DateField(null=True)  # when they were told of the end

    class Meta:
        table = "sub_processor"
        unique_together = (("name", "since"),)
        indexes = (Index(fields=("since", "id")),)


def term_of(row: SubProcessor) -> Term[SubProcessor]:
    """When an entry is on the list, for its rule."""
    return Term(row, row.name, row.announced_on, row.since, row.until, row.end_announced_on)


class Agreement(Model):
    """What a customer requested or concluded. The document's bytes are in `AgreementFile`."""

    id = key("agr")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="agreements", on_delete=fields.RESTRICT
    )
    customer_id: str
    version: fields.ForeignKeyRelation[AgreementVersion] = fields.ForeignKeyField(
        "models.AgreementVersion", related_name="agreements", on_delete=fields.RESTRICT
    )
    version_id: str
    state = fields.CharEnumField(AgreementState, max_length=16)
    signatory = fields.CharField(max_length=160, null=True)  # who concluded it for the customer
    language = fields.CharField(max_length=2, null=True)  # ISO 639-1: the text that was concluded
    requested_at = fields.DatetimeField()
    concluded_at = fields.DatetimeField(null=True)
    superseded_at = fields.DatetimeField(null=True)

    class Meta:
        table = "agreement"
        unique_together = (("customer_id", "version_id"),)
        indexes = (Index(fields=("customer_id", "requested_at", "id")), Index(fields=("version_id",)))
        constraints = (
            CheckConstraint(check="state IN ('REQUESTED', 'CONCLUDED', 'SUPERSEDED')", name="agreement_state_known"),
            CheckConstraint(
                check="state = 'REQUESTED' OR "
                "(concluded_at IS NOT NULL AND signatory IS NOT NULL AND language IS NOT NULL)",
                name="agreement_concluded_by_somebody",
            ),
        )


class AgreementFile(Model):
    """The agreement as it was concluded: a PDF that is drawn once and never again."""

    id = key("agf")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="agreement_files", on_delete=fields.RESTRICT
    )
    customer_id: str
    agreement: fields.OneToOneRelation[Agreement] = fields.OneToOneField(
        "models.Agreement", related_name="file", on_delete=fields.RESTRICT
    )
    agreement_id: str
    sha256 = fields.CharField(max_length=64)
    content = fields.BinaryField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "agreement_file"
        indexes = (Index(fields=("customer_id",)),)


class AgreementEvent(Model):
    """An entry of an agreement's log, which proves what was agreed and is kept as long as the agreement itself."""

    id = key("age")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="agreement_events", on_delete=fields.RESTRICT
    )
    customer_id: str
    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "models.Agreement", related_name="events", on_delete=fields.RESTRICT
    )
    agreement_id: str
    kind = fields.CharEnumField(AgreementEventKind, max_length=16)
    occurred_at = fields.DatetimeField()

    class Meta:
        table = "agreement_event"
        indexes = (
            Index(fields=("customer_id", "occurred_at", "id")),
            Index(fields=("agreement_id", "occurred_at", "id")),
        )
        constraints = (
            CheckConstraint(
                check="kind IN ('REQUESTED', 'CONCLUDED', 'SUPERSEDED', 'DOWNLOADED')",
                name="agreement_event_kind_known",
            ),
        )
