"""An entry as it stands in the JSON file, and the JSON schema (2020-12) of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from tortoise import fields
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.fields.relational import ForeignKeyFieldInstance

from gateway.jobs.data_report.declaration import Section, Told, json_name
from gateway.jobs.data_report.rows import Entry


def entry_json(section: Section, entry: Entry) -> dict[str, Any]:
    """Names in camel case, dates and instants (UTC) as RFC 3339, enums by name, references as `{id, name}`."""
    return {json_name(section, name): _value(name, told, entry) for name, told in section.told()}


def _value(name: str, told: Told, entry: Entry) -> Any:
    value = entry.values[name]
    if told.taken is not None:
        return told.taken.function(value, entry.values)
    if told.named_by is not None:
        return None if value is None else {"id": value, "name": entry.names[name]}
    return plain(value)


def plain(value: Any) -> Any:
    """A stored value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value


def entry_schema(section: Section) -> dict[str, Any]:
    """The schema of the entries of a section: every property is always there and there is no other."""
    properties = {json_name(section, name): _schema(section, name, told) for name, told in section.told()}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _schema(section: Section, name: str, told: Told) -> dict[str, Any]:
    fields_map = section.model._meta.fields_map
    # A model learns the columns of its foreign keys when it is connected; the relations it knows by itself.
    field: Any = fields_map.get(name) or fields_map[name.removesuffix("_id")]
    described = {"description": told.label[0]}
    if told.taken is not None:
        return {**described, **told.taken.schema}
    if told.named_by is not None:
        return {**described, **_nullable({"$ref": "#/$defs/reference"}, field.null)}
    return {**described, **_nullable(_type(field), field.null)}


def _type(field: Any) -> dict[str, Any]:
    if isinstance(field, ForeignKeyFieldInstance):
        return {"type": "string"}
    if isinstance(field, CharEnumFieldInstance):
        return {"enum": [member.value for member in field.enum_type]}
    if isinstance(field, fields.JSONField):
        return {}
    if isinstance(field, fields.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, fields.DatetimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, fields.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, fields.IntField | fields.BigIntField):
        return {"type": "integer"}
    if isinstance(field, fields.CharField | fields.TextField):
        return {"type": "string"}
    raise TypeError(f"no JSON schema for {type(field).__name__}: decide how it is told")


def _nullable(schema: Mapping[str, Any], null: bool) -> dict[str, Any]:
    if not null or not schema:
        return dict(schema)
    if "$ref" in schema:
        return {"anyOf": [dict(schema), {"type": "null"}]}
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}
