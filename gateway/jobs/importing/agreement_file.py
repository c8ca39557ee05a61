"""The files of agreements: a version of the text in one language, and the list of sub-processors (docs/agreements.md)."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from gateway.documents.markdown import blocks
from gateway.jobs.importing.front_matter import NoFrontMatter, split
from gateway.jobs.importing.record import Part, misfit, refusals
from gateway.jobs.importing.values import Country, Day, Text160, Text240
from models.rules.sub_processors import EEA

MOST_BYTES = 262_144
"""Bytes of the largest file that is read."""

MOST_TEXT = 100_000


def _body(text: str) -> str:
    normal = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(normal) <= MOST_TEXT:
        raise ValueError(f"must have 1 to {MOST_TEXT} characters")
    if any(unicodedata.category(c)[0] == "C" and c != "\n" for c in normal):
        raise ValueError("holds control characters or invisible characters")
    blocks(normal)
    return normal


def _day(value: Any) -> Any:
    """Days are text in JSON and in heads."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("is not a day such as 2026-06-01") from None
    return value


WrittenDay = Annotated[Day, BeforeValidator(_day)]


class VersionFile(Part):
    """A version in one language. Found by `number`; the files of a number agree on `valid_from`."""

    number: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$")]
    language: Literal["de", "en"]
    valid_from: WrittenDay
    body: Annotated[str, AfterValidator(_body)]


class SubProcessorEntry(Part):
    """A sub-processor from `since` to `until`, which is not in it. Found by `name` and `since`."""

    name: Text160
    address: Text240
    country: Country
    purpose_de: Text240
    purpose_en: Text240
    safeguard: Text160 | None = None
    announced_on: WrittenDay
    since: WrittenDay
    until: WrittenDay | None = None
    end_announced_on: WrittenDay | None = None

    @model_validator(mode="after")
    def _whole(self) -> SubProcessorEntry:
        if self.announced_on > self.since:
            raise misfit("announced_on", "is after since")
        if (self.until is None) != (self.end_announced_on is None):
            raise misfit("end_announced_on", "goes with until")
        if self.until is not None and self.until <= self.since:
            raise misfit("until", "is not after since")
        if self.until is not None and self.end_announced_on is not None and self.end_announced_on > self.until:
            raise misfit("end_announced_on", "is after until")
        if self.country not in EEA and self.safeguard is None:
            raise misfit("safeguard", "is missing for a country outside the EEA")
        return self


_ENTRIES: TypeAdapter[list[SubProcessorEntry]] = TypeAdapter(list[SubProcessorEntry])


class NoAgreement(Exception):
    """A file is not as it must be. `reasons` are pairs of a field (`None`: the file as a whole) and what is wrong."""

    def __init__(self, *reasons: tuple[str | None, str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


def read_version(content: bytes) -> VersionFile:
    """A Markdown file as a version. Raises `NoAgreement`; reasons never repeat a value."""
    try:
        head, body = split(content, MOST_BYTES)
    except NoFrontMatter as reason:
        raise NoAgreement((None, str(reason))) from None
    try:
        return VersionFile.model_validate({**head, "body": body})
    except ValidationError as error:
        raise _told(error) from None


def read_sub_processors(content: bytes) -> list[SubProcessorEntry]:
    """A JSON file as the whole list, past entries too. Raises `NoAgreement`; reasons never repeat a value."""
    if len(content) > MOST_BYTES:
        raise NoAgreement((None, f"is larger than {MOST_BYTES} bytes"))
    try:
        entries = _ENTRIES.validate_json(content)
    except ValidationError as error:
        raise _told(error) from None
    keys = [(entry.name, entry.since) for entry in entries]
    if len(set(keys)) < len(keys):
        raise NoAgreement((None, "says something twice: name and since occur again"))
    return entries


def _told(error: ValidationError) -> NoAgreement:
    return NoAgreement(*((one.field, one.reason) for one in refusals(0, error, ())))
