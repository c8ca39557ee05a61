"""API tokens, and the domains they are limited to."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from models.ids import new_tkd, new_tok  # type: ignore[attr-defined]  # made by `key`


class Migration(migrations.Migration):
    dependencies = [("models", "0003_contracts_and_invoices")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ApiToken",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_tok, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="api_tokens",
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
                        related_name="api_tokens",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("scopes", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("all_domains", fields.BooleanField(default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "api_token",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A token for one package or, without one, for reading under the whole customer number.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="ApiToken",
            constraint=CheckConstraint(
                check="all_domains OR package_id IS NOT NULL", name="api_token_domains_are_of_a_package"
            ),
        ),
        ops.AddConstraint(
            model_name="ApiToken",
            constraint=CheckConstraint(check="expires_at > created_at", name="api_token_lasts"),
        ),
        ops.AddIndex(
            model_name="ApiToken",
            index=Index(fields=["customer_id", "created_at", "id"]),
        ),
        ops.AddIndex(
            model_name="ApiToken",
            index=Index(fields=["package_id"]),
        ),
        ops.AddIndex(
            model_name="ApiToken",
            index=Index(fields=["expires_at"]),
        ),
        ops.CreateModel(
            name="ApiTokenDomain",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_tkd, unique=True, db_index=True, max_length=30)),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "models.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="api_token_domains",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "token",
                    fields.ForeignKeyField(
                        "models.ApiToken",
                        source_field="token_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="domains",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "models.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="api_token_domains",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "api_token_domain",
                "app": "models",
                "unique_together": (("token_id", "domain_id"),),
                "pk_attr": "id",
                "table_description": "A domain that a token is limited to.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="ApiTokenDomain",
            index=Index(fields=["customer_id"]),
        ),
        ops.AddIndex(
            model_name="ApiTokenDomain",
            index=Index(fields=["domain_id"]),
        ),
    ]
