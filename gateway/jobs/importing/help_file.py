"""One Markdown file of the help: a head of `name: value` lines between `---`, and the text below it (docs/help.md)."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError, model_validator

from gateway.jobs.importing.front_matter import NoFrontMatter, split
from gateway.jobs.importing.record import Part, misfit, refusals
from gateway.jobs.importing.values import Email, Phone, Text160
from models.text import folded

MOST_BYTES = 262_144
"""Bytes of the largest file that is read."""

MOST_TEXT = 40_000

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[`*_#>|\\]")
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_HTML = re.compile(r"<(?!https?://|mailto:)[A-Za-z/!?]")


def _body(text: str) -> str:
    normal = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(normal) <= MOST_TEXT:
        raise ValueError(f"must have 1 to {MOST_TEXT} characters")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} and c not in "\n\u200c\u200d" for c in normal):
        raise ValueError("holds control characters or invisible characters")
    if _HTML.search(normal):
        raise ValueError("holds HTML: only Markdown is shown")
    return normal


Language = Literal["de", "en"]
Topic = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Position = Annotated[int, Field(ge=0, le=100_000)]


class ArticleFile(Part):
    """A question with its answer, or a guide. Found by `slug` and `language`."""

    kind: Literal["FAQ", "GUIDE"]
    slug: Slug
    language: Language
    topic: Topic
    title: Text160
    position: Position = 0
    body: Annotated[str, AfterValidator(_body)]

    @property
    def search_key(self) -> str:
        """What the search looks into: title and text without the marks of Markdown, folded."""
        words = _MARKS.sub("", _LINK.sub(r"\1", f"{self.title} {self.body}"))
        return folded(" ".join(words.split()))


class ContactFile(Part):
    """Whom to ask. Found by `topic` and `language`; the file has no text."""

    kind: Literal["CONTACT"]
    language: Language
    topic: Topic
    title: Text160
    phone: Phone | None = None
    hours: Text160 | None = None
    email: Email | None = None
    position: Position = 0

    @model_validator(mode="after")
    def _reachable(self) -> ContactFile:
        if self.phone is None and self.email is None:
            raise misfit("phone", "is missing, and there is no email either")
        return self


HelpFile = ArticleFile | ContactFile
KINDS = ("FAQ", "GUIDE", "CONTACT")

_ADAPTER: TypeAdapter[HelpFile] = TypeAdapter(Annotated[HelpFile, Field(discriminator="kind")])


class NoHelp(Exception):
    """A file is not as it must be. `reasons` are pairs of a field (`None`: the file as a whole) and what is wrong."""

    def __init__(self, *reasons: tuple[str | None, str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


def read_help(content: bytes) -> HelpFile:
    """A file's content as an article or contact. Raises `NoHelp`; reasons never repeat a value."""
    try:
        head, body = split(content, MOST_BYTES)
    except NoFrontMatter as reason:
        raise NoHelp((None, str(reason))) from None
    values: dict[str, object] = {**head}
    if _NUMBER.fullmatch(position := head.get("position", "")):
        values["position"] = int(position)
    if values.get("kind") in ("FAQ", "GUIDE") or body.strip():
        values["body"] = body
    try:
        return _ADAPTER.validate_python(values)
    except ValidationError as error:
        raise NoHelp(*((one.field, one.reason) for one in refusals(0, error, KINDS))) from None
