"""Customers with a row in every table there is, and a telling value in every column."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tortoise import fields
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from gateway.jobs.data_report.declaration import Section
from gateway.jobs.data_report.register import SECTIONS
from models import ActorKind, DebitState, TariffChangeState
from tests.api.sentinels import Sentinels
from tests.append_only import allow_changes
from tests.world import NOW

MADE_UP = iter(range(1, 1_000_000))

KEPT = {
    "customer.language",
    "data_report.progress",
    "operation.progress",
    "hosted_database.port",
    "web_host.web_root",
    "web_host.redirect_url",
    "web_host.redirect_code",
    "invoice_export.year",
    "invoice_export.progress",
    "debit.active_for",
    "invoice_reminder.level",
    "api_token.created_at",
    "api_token.expires_at",
    "feedback.rating",
    "feedback.package_id",
    "invoice.net_minor",
    "session.kind",
    "domain.ascii_name",
}
"""Columns with few values."""

SETTLED = {
    "tariff_change.state": TariffChangeState.REVOKED,
    "debit.state": DebitState.WITHDRAWN,
    "api_token.created_at": NOW - timedelta(days=1),
}
"""Of rows that nothing else hangs on."""


async def fill(customer_id: str) -> None:
    """Give a customer a row in each table that has none of theirs yet."""
    for section in SECTIONS:
        if not await section.model.filter(**{section.owner: customer_id}).exists():
            await make_row(section.model, customer_id)


async def make_row(model: type[Model], customer_id: str) -> Model:
    """A row with everything that must be there."""
    values: dict[str, Any] = {}
    for name, field in model._meta.fields_map.items():
        if isinstance(field, ForeignKeyFieldInstance):
            if name == "customer":
                values["customer_id"] = customer_id
            elif not field.null:
                values[f"{name}_id"] = (await _some(field.related_model, customer_id)).pk
        elif name not in model._meta.fields_db_projection or field.generated or field.reference or field.pk:
            continue
        elif not field.null and field.default is None:
            values[name] = SETTLED.get(f"{model._meta.db_table}.{name}") or _made_up(field)
    if {"net_minor", "gross_minor"} <= set(values):  # no price is less than it is without VAT
        values["gross_minor"] = values["net_minor"] + values.get("vat_minor", 0)
    return await model.create(**values)


async def _some(model: type[Model], customer_id: str) -> Model:
    own = {"customer_id": customer_id} if "customer_id" in model._meta.fields_db_projection else {}
    return await model.filter(**own).first() or await make_row(model, customer_id)


def _made_up(field: Any) -> Any:
    number = next(MADE_UP)
    if isinstance(field, CharEnumFieldInstance):
        return next(iter(field.enum_type))
    if isinstance(field, fields.JSONField):
        return {}
    if isinstance(field, fields.BinaryField):
        return b"content"
    if isinstance(field, fields.DatetimeField):
        return NOW
    if isinstance(field, fields.DateField):
        return NOW.date()
    if isinstance(field, fields.BooleanField):
        return False
    if isinstance(field, fields.IntField | fields.BigIntField):
        return 1 + number % 5
    return f"x{number}"[: field.max_length] if isinstance(field, fields.CharField) else f"x{number}"


async def plant(sentinels: Sentinels, customer_id: str, owner: str) -> None:
    """A fresh sentinel in every column of every row of a customer; its place is `owner:section.column`."""
    await allow_changes()
    for section in SECTIONS:
        async for row in section.model.filter(**{section.owner: customer_id}):
            await section.model.filter(pk=row.pk).update(**_sentinels(sentinels, section, owner, row))


def _sentinels(sentinels: Sentinels, section: Section, owner: str, row: Any) -> dict[str, Any]:
    meta, values = section.model._meta, {}
    keys = {meta.pk_attr, *(f"{name}_id" for name in meta.fk_fields | meta.o2o_fields)}
    for name in meta.fields_db_projection:
        field: Any = meta.fields_map[name]
        if name in keys or f"{section.table}.{name}" in KEPT or isinstance(field, CharEnumFieldInstance):
            continue
        # Which of our people did something is theirs.
        whose = ".operator" if name == "actor_id" and row.actor_kind is ActorKind.OPERATOR else ""
        value = sentinels.value(f"{owner}:{section.name}.{name}{whose}", field, set())
        if name == "payload":
            value = {"to": value, "secrets": sentinels.value(f"{owner}:{section.name}.payload.rest", field, set())}
        if value is not None:
            values[name] = value
    if section.name == "invoices":  # tied together by a constraint
        values["net_minor"] = values["gross_minor"] - values["vat_minor"]
    return values
