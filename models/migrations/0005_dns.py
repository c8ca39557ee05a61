"""DNS records of domains."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from models.dns_record import DnsRecordType
from models.ids import new_dns  # type: ignore[attr-defined]  # made by `key`


class Migration(migrations.Migration):
    dependencies = [("models", "0004_api_tokens")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DnsRecord",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_dns, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="dns_records",
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
                        related_name="dns_records",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "models.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="dns_records",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=253)),
                (
                    "type",
                    fields.CharEnumField(
                        description="A: A\nAAAA: AAAA\nCNAME: CNAME\nMX: MX\nTXT: TXT\nSRV: SRV\nCAA: CAA\nNS: NS",
                        enum_type=DnsRecordType,
                        max_length=8,
                    ),
                ),
                ("ttl", fields.IntField()),
                ("value", fields.CharField(max_length=4096)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "dns_record",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One record. `name` is relative to the domain, in lower-case A-labels, `@` for the domain itself.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="DnsRecord",
            constraint=CheckConstraint(
                check="type IN ('A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV', 'CAA', 'NS')", name="dns_record_type_known"
            ),
        ),
        ops.AddConstraint(
            model_name="DnsRecord",
            constraint=CheckConstraint(check="ttl BETWEEN 1 AND 2147483647", name="dns_record_ttl_in_range"),
        ),
        ops.AddConstraint(
            model_name="DnsRecord",
            constraint=CheckConstraint(check="name = lower(name)", name="dns_record_name_lower_case"),
        ),
        ops.AddIndex(
            model_name="DnsRecord",
            index=Index(fields=["customer_id", "domain_id", "name", "id"]),
        ),
        ops.AddIndex(
            model_name="DnsRecord",
            index=Index(fields=["domain_id", "name", "type"]),
        ),
        ops.AddIndex(
            model_name="DnsRecord",
            index=Index(fields=["package_id"]),
        ),
        ops.AddField(
            model_name="Domain",
            name="zone_version",
            field=fields.IntField(default=1),
        ),
    ]
