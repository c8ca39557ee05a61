"""Records of the zone of a domain (RFC 1035)."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from models.customer import Customer
from models.domain import Domain
from models.ids import key
from models.package import Package
from models.rules.zone import LONGEST_VALUE


class DnsRecordType(StrEnum):
    """The types of records that customers change."""

    A = "A"
    AAAA = "AAAA"
    CNAME = "CNAME"
    MX = "MX"
    TXT = "TXT"
    SRV = "SRV"
    CAA = "CAA"
    NS = "NS"


class DnsRecord(Model):
    """One record. `name` is relative to the domain, in lower-case A-labels, `@` for the domain itself.

    `value` is the data in the presentation format of RFC 1035 with absolute names, as it is compared: `10 mail.example.`
    """

    id = key("dns")
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField(
        "models.Customer", related_name="dns_records", on_delete=fields.RESTRICT
    )
    customer_id: str
    package: fields.ForeignKeyRelation[Package] = fields.ForeignKeyField(
        "models.Package", related_name="dns_records", on_delete=fields.RESTRICT
    )
    package_id: str
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "models.Domain", related_name="dns_records", on_delete=fields.CASCADE
    )
    domain_id: str
    name = fields.CharField(max_length=253)
    type = fields.CharEnumField(DnsRecordType, max_length=8)
    ttl = fields.IntField()
    value = fields.CharField(max_length=LONGEST_VALUE)
    created_at = fields.DatetimeField()

    class Meta:
        table = "dns_record"
        indexes = (
            Index(fields=("customer_id", "domain_id", "name", "id")),
            Index(fields=("domain_id", "name", "type")),
            Index(fields=("package_id",)),
        )
        constraints = (
            CheckConstraint(
                check="type IN ('A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV', 'CAA', 'NS')", name="dns_record_type_known"
            ),
            CheckConstraint(check="ttl BETWEEN 1 AND 2147483647", name="dns_record_ttl_in_range"),
            CheckConstraint(check="name = lower(name)", name="dns_record_name_lower_case"),
        )
