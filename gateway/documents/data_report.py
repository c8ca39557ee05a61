"""A data report (Art. 15 GDPR) as a document: passages to read and chapters of entries, already in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gateway.documents.party import Issuer, Party


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text under a heading."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: what it is headed by, and its facts as label and value."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A kind of data with its entries; `note` says how many there are, or that they go on from another file."""

    title: str
    note: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class DataReportDocument:
    """A report, or one part of a long one, in one language ("de" or "en").

    `facts` stand beside the address. The passages come first, then the chapters, and `closing` in the end.
    """

    language: str
    issuer: Issuer
    recipient: Party
    title: str
    created_on: date
    facts: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    closing: tuple[Passage, ...] = ()

    def __post_init__(self) -> None:
        if self.language not in ("de", "en"):
            raise ValueError(f"no reports are written in the language {self.language!r}")
