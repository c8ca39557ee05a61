"""A record: one line of an import after its own fields were checked, before the database is asked about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

MOST_REASONS = 10
"""Reasons told about one line: a line with everything wrong is not told faster by more."""


class Part(BaseModel):
    """An object inside a record. Unknown fields are refused: a misspelt one would silently not arrive."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    def given(self, *names: str) -> dict[str, Any]:
        """Those of the named fields that the line holds: an absent field leaves what is stored as it is."""
        return {name: getattr(self, name) for name in names if name in self.model_fields_set}


class Record(Part):
    """What one line says about one object, found by its natural key."""

    kind: str

    def claims(self) -> Iterator[str]:
        """What must not occur twice in a batch, because the second one depends on the first being stored."""
        raise NotImplementedError

    @property
    def weight(self) -> int:
        """Rows it comes to, roughly: batches are bounded by the sum."""
        return 1


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line was not taken. `field` is a path such as `lines.3.net_minor`; `None` means the line as a whole."""

    line: int
    kind: str | None
    field: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record and the number of the line it came from, counted from 1."""

    line: int
    record: R


def misfit(path: str, reason: str) -> PydanticCustomError:
    """For a validator of a whole record: the field at `path` does not go with the others."""
    return PydanticCustomError("misfit", "{reason}", {"path": path, "reason": reason})


def refusals(line: int, error: ValidationError, kinds: tuple[str, ...]) -> list[Refusal]:
    """What pydantic found, in words that name the field and what it should be, never what it was."""
    found = []
    for detail in error.errors(include_input=False, include_url=False)[:MOST_REASONS]:
        place = detail["loc"]
        kind = str(place[0]) if place and place[0] in kinds else None
        path = ".".join(_shown(part) for part in place[1 if kind else 0 :])
        if detail["type"] == "misfit":
            path = f"{path}.{detail['ctx']['path']}".strip(".")
        if detail["type"].startswith("union_tag"):
            path = "kind"
        found.append(Refusal(line, kind, path or None, _reason(detail, kinds)))
    return found


def _shown(part: int | str) -> str:
    """Part of a path. The name of an unknown field comes from the line: only what is harmless to print is shown."""
    text = str(part)
    return text if text.isascii() and text.replace("_", "").isalnum() and len(text) <= 40 else "?"


def _reason(detail: ErrorDetails, kinds: tuple[str, ...]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "misfit":
        return str(context["reason"])
    if kind.startswith("union_tag"):
        return f"must be one of {', '.join(kinds)}"
    if kind.startswith(("date_", "date")) and not kind.startswith("datetime"):
        return "must be a date such as 2026-01-31"
    return _REASONS.get(kind, "is not valid").format(**context)


_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of this kind",
    "json_invalid": "is not valid JSON",
    "enum": "must be {expected}",
    "literal_error": "must be {expected}",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too great a number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_type": "must be a text",
    "string_pattern_mismatch": "does not have the right form",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "too_long": "has more than {max_length} entries",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dict_type": "must be an object",
    "timezone_aware": "must say its time zone, such as 2026-01-31T12:00:00Z",
    "datetime_type": "must be an instant such as 2026-01-31T12:00:00Z",
    "datetime_parsing": "must be an instant such as 2026-01-31T12:00:00Z",
    "datetime_from_date_parsing": "must be an instant such as 2026-01-31T12:00:00Z",
}
