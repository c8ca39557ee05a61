"""A report for people: the documents of its PDF files. Long reports become several, so that each is drawn quickly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import orjson

from gateway.documents.data_report import Chapter, DataReportDocument, Item, Passage
from gateway.documents.figures import format_date, format_percent, format_quantity
from gateway.documents.invoice_words import WORDS
from gateway.jobs.data_report.declaration import Section, Shape, Told, Words, say
from gateway.jobs.data_report.information import Statement, left_out
from gateway.jobs.data_report.rows import Entry
from gateway.jobs.data_report.subject import Subject
from gateway.jobs.data_report.words import member, yes_or_no
from models.rules.money import NO_BREAK, format_money

ITEMS_PER_PART = 1_500
"""Entries of one PDF file: about a hundred pages, a few seconds of a worker that others wait for, too."""

_CITATION = re.compile(r"\b(Art\.|Abs\.|lit\.)\s|(?<!\w)(§§?)\s")

_TITLE: Words = ("Information about your data", "Auskunft über Ihre Daten")
_PART: Words = ("{title}, part {part}", "{title}, Teil {part}")
_NUMBER: Words = ("Customer number", "Kundennummer")
_REQUESTED: Words = ("Requested on", "Angefordert am")
_MADE: Words = ("Made on", "Erstellt am")
_REPORT: Words = ("Report", "Auskunft")
_ENTRIES: Words = ("Entries: {count}", "Einträge: {count}")
_GREETING: Words = (
    "You asked for information about the personal data we store about you (Art. 15 GDPR). Here it is: first what the law "
    "wants us to say about our processing, then every entry we store. All of it is also in the file data-report.json, which "
    "programs can read and which holds the technical ids, too. Times are in UTC; what is empty is not printed.",
    "Sie haben Auskunft über die personenbezogenen Daten verlangt, die wir über Sie speichern (Art. 15 DSGVO). Hier ist "
    "sie: zuerst, was uns das Gesetz über unsere Verarbeitung zu sagen aufgibt, danach jeder Eintrag, den wir speichern. "
    "Alles steht auch in der Datei data-report.json, die Programme lesen können und die auch die technischen Kennungen "
    "enthält. Zeiten sind in UTC angegeben; was leer ist, wird nicht gedruckt.",
)
_CONTROLLER: Words = ("Who is responsible for the processing", "Wer für die Verarbeitung verantwortlich ist")
_LEFT_OUT: Words = ("What is not in this report", "Was nicht in dieser Auskunft steht")
_GOES_ON: Words = (
    "This file goes on where the one before it ends.",
    "Diese Datei setzt die vorige fort.",
)


class Parts:
    """Gathers entries and gives a document whenever there is enough for one."""

    def __init__(self, subject: Subject, statements: Sequence[Statement]) -> None:
        self._subject = subject
        self._statements = statements
        self._chapters: list[Chapter] = []
        self._items: list[Item] = []
        self._section: Section | None = None
        self._gathered = 0
        self._given = 0

    def add(self, section: Section, entries: Sequence[Entry]) -> Iterator[DataReportDocument]:
        """Take the next entries; every part they complete."""
        for entry in entries:
            if section is not self._section:
                self._close_chapter()
                self._section = section
            self._items.append(item(section, entry, self._subject.language))
            self._gathered += 1
            if self._gathered >= ITEMS_PER_PART:
                yield self._part(closing=())

    def finish(self) -> DataReportDocument:
        """The last part, which is the only one of most reports."""
        return self._part(closing=(self._left_out(),))

    def _close_chapter(self) -> None:
        if self._section is not None and self._items:
            count = say(_ENTRIES, self._subject.language).format(count=self._subject.counts[self._section.name])
            title = say(self._section.title, self._subject.language)
            self._chapters.append(Chapter(title, count, tuple(self._items)))
        self._items = []

    def _part(self, closing: tuple[Passage, ...]) -> DataReportDocument:
        self._close_chapter()
        subject, language = self._subject, self._subject.language
        self._given += 1
        title = say(_TITLE, language)
        if self._given > 1 or not closing:
            title = say(_PART, language).format(title=title, part=self._given)
        document = DataReportDocument(
            language=language,
            issuer=subject.company,
            recipient=subject.recipient,
            title=title,
            created_on=subject.made_at.date(),
            facts=(
                (say(_NUMBER, language), subject.customer_number),
                (say(_REQUESTED, language), format_date(subject.requested_at.date(), language)),
                (say(_MADE, language), format_date(subject.made_at.date(), language)),
                (say(_REPORT, language), subject.report_id),
            ),
            passages=self._opening() if self._given == 1 else (Passage("", (say(_GOES_ON, language),)),),
            chapters=tuple(self._chapters),
            closing=closing,
        )
        self._chapters, self._gathered = [], 0
        return document

    def _opening(self) -> tuple[Passage, ...]:
        language, company = self._subject.language, self._subject.company
        address = f"{company.name}, {company.street}, {company.postcode} {company.city}"
        reach = ", ".join(part for part in (company.data_protection_contact or company.email, company.phone) if part)
        return (
            Passage("", (say(_GREETING, language),)),
            Passage(say(_CONTROLLER, language), (f"{address}. {reach}",)),
            *(
                Passage(f"{s.heading} ({_cited(s.article, language)})", tuple(map(_held_together, s.paragraphs)))
                for s in self._statements
            ),
        )

    def _left_out(self) -> Passage:
        return Passage(say(_LEFT_OUT, self._subject.language), tuple(words for _, words, _ in left_out(self._subject)))


def _held_together(text: str) -> str:
    """Lines do not break inside `Art. 6` or `§ 147`."""
    return _CITATION.sub(lambda found: found[0].rstrip() + NO_BREAK, text)


def _cited(article: str, language: str) -> str:
    """`Art. 15 Abs. 1 lit. a` for `15(1)(a)`; in English `Art. 15 (1) (a)`."""
    number, *parts = article.replace(")", "").split("(")
    if language != "de":
        return " ".join([f"Art. {number}", *(f"({part})" for part in parts)])
    return " ".join(
        [f"Art. {number}", *(f"{name} {part}" for name, part in zip(("Abs.", "lit."), parts, strict=False))]
    )


def item(section: Section, entry: Entry, language: str) -> Item:
    """An entry in words."""
    facts = []
    for name, told in section.told():
        if name == "id":
            continue
        text = text_of(name, told, entry, language)
        if text:
            facts.append((say(told.label, language), text))
    labels = dict(section.told())
    heading = " · ".join(filter(None, (text_of(name, labels[name], entry, language) for name in section.headed_by)))
    return Item(heading or say(section.title, language), tuple(facts))


def text_of(name: str, told: Told, entry: Entry, language: str) -> str:
    """A value as people read it; empty where there is none."""
    value = entry.values[name]
    if told.taken is not None:
        value = told.taken.function(value, entry.values)
    if value is None:
        return ""
    if told.named_by is not None:
        return str(entry.names[name] or value)
    if told.shape is Shape.UNIT:
        return WORDS[language].units.get(str(value), str(value))
    if isinstance(value, int) and told.shape is not Shape.PLAIN:
        return _figure(value, told.shape, entry, language)
    return _plain(value, language)


def _figure(value: int, shape: Shape, entry: Entry, language: str) -> str:
    if shape is Shape.MONEY:
        return format_money(value, str(entry.values["currency"]), language)
    return format_percent(value, language) if shape is Shape.PERCENT else format_quantity(value, language)


def _plain(value: Any, language: str) -> str:
    if isinstance(value, Enum):
        return member(value, language)
    if isinstance(value, bool):
        return yes_or_no(value, language)
    if isinstance(value, datetime):
        instant = value.astimezone(UTC)
        return f"{format_date(instant.date(), language)}, {instant:%H:%M:%S}"
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return str(value)
