"""The import of agreements: a folder with the versions of the text and the list of sub-processors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from gateway.jobs.importing.agreement_file import (
    MOST_BYTES,
    NoAgreement,
    SubProcessorEntry,
    VersionFile,
    read_sub_processors,
    read_version,
)
from gateway.jobs.importing.agreement_news import News, announce
from gateway.jobs.importing.help_folder import FileRefusal
from models import Agreement, AgreementVersion, SubProcessor
from models.database import in_unit_of_work

SUB_PROCESSORS = "sub-processors.json"
LANGUAGES = ("de", "en")

T = TypeVar("T")
Report = Callable[[FileRefusal], None]


@dataclass
class AgreementOutcome:
    """How many versions and sub-processors are stored (new, changed or as they were), refusals, and customers told."""

    versions: int = 0
    sub_processors: int = 0
    refused: int = 0
    told: int = 0


@dataclass
class _Folder:
    """What the files say: versions by number and language, and the list if there is one."""

    versions: dict[str, dict[str, VersionFile]] = field(default_factory=lambda: defaultdict(dict))
    entries: Sequence[SubProcessorEntry] | None = None


async def import_agreements(folder: Path, now: datetime, report: Report) -> AgreementOutcome:
    """Store what the `*.md` files of a folder and its `sub-processors.json` say, in one unit of work.

    What customers may have read stays as it was: a version that is valid, or that somebody has an agreement in, is
    refused when its text differs; an entry of the list that the file leaves out stays. `report` is told every reason.
    Customers whose agreement is in force get a mail about changes of the list that lie ahead, once.
    """
    outcome = AgreementOutcome()

    def refuse(name: str, *reasons: tuple[str | None, str]) -> None:
        outcome.refused += 1
        for place, reason in reasons:
            report(FileRefusal(name, place, reason))

    read = _read(folder, refuse)

    async def store() -> None:
        for number, files in sorted(read.versions.items(), key=lambda item: item[0]):
            reason = await _store_version(number, files, now)
            if reason is None:
                outcome.versions += 1
            else:
                refuse(f"{number}.*.md", (None, reason))
        news: list[News] = []
        for entry in read.entries or ():
            reason = await _store_sub_processor(entry, now.date(), news)
            if reason is None:
                outcome.sub_processors += 1
            else:
                refuse(SUB_PROCESSORS, (f"{entry.name} ({entry.since})", reason))
        outcome.told = await announce(news, now)

    await in_unit_of_work(store)
    return outcome


def _read(folder: Path, refuse: Callable[..., None]) -> _Folder:
    read = _Folder()
    for path in sorted(folder.glob("*.md")):
        file = _taken(path, read_version, refuse)
        if file is None:
            continue
        if file.language in read.versions[file.number]:
            refuse(path.name, (None, "says what another file says already"))
        else:
            read.versions[file.number][file.language] = file
    for number in [number for number, files in read.versions.items() if set(files) != set(LANGUAGES)]:
        if read.versions.pop(number):
            refuse(f"{number}.*.md", (None, "is not there in every language (de, en)"))
    if (folder / SUB_PROCESSORS).exists():
        read.entries = _taken(folder / SUB_PROCESSORS, read_sub_processors, refuse)
    return read


def _taken(path: Path, reading: Callable[[bytes], T], refuse: Callable[..., None]) -> T | None:
    try:
        with path.open("rb") as file:
            return reading(file.read(MOST_BYTES + 1))
    except OSError:
        refuse(path.name, (None, "cannot be read"))
    except NoAgreement as found:
        refuse(path.name, *found.reasons)
    return None


async def _store_version(number: str, files: dict[str, VersionFile], now: datetime) -> str | None:
    """Store a version, or say why not."""
    german, english = (files[language] for language in LANGUAGES)
    if german.valid_from != english.valid_from:
        return "is valid from another day in each language"
    values: dict[str, Any] = {"valid_from": german.valid_from, "text_de": german.body, "text_en": english.body}
    row = await AgreementVersion.get_or_none(number=number)
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return None
    if row is not None and (row.valid_from <= now.date() or await Agreement.filter(version_id=row.id).exists()):
        return "is in force already and cannot be changed: give the new text a new number"
    if await AgreementVersion.filter(valid_from=german.valid_from).exclude(number=number).exists():
        return "is valid from the same day as another version"
    if row is not None:
        await AgreementVersion.filter(id=row.id).update(**values)
    else:
        await AgreementVersion.create(number=number, created_at=now, **values)
    return None


async def _store_sub_processor(entry: SubProcessorEntry, today: date, news: list[News]) -> str | None:
    """Store an entry, or say why not: what it was when customers concluded agreements is history, its end is not.

    What changes on a day to come is added to `news`.
    """
    values = entry.model_dump(exclude={"name", "since"})
    row = await SubProcessor.get_or_none(name=entry.name, since=entry.since)
    if row is None:
        await SubProcessor.create(name=entry.name, since=entry.since, **values)
        news += _ahead(entry, today, begins=True, ends=entry.until is not None)
        return None
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    if changed - {"until", "end_announced_on"} and row.since <= today:
        return "is in force already: end it, and begin another entry"
    if changed & {"until", "end_announced_on"} and row.until is not None and row.until <= today:
        return "is over already and cannot be changed"
    if changed:
        await SubProcessor.filter(id=row.id).update(**values)
        news += _ahead(entry, today, begins=bool(changed - {"until", "end_announced_on"}), ends="until" in changed)
    return None


def _ahead(entry: SubProcessorEntry, today: date, *, begins: bool, ends: bool) -> Iterator[News]:
    """What of an entry is still to come."""
    if begins and entry.since > today:
        yield News(entry.since, entry.name, entry.purpose_de, entry.purpose_en)
    if ends and entry.until is not None and entry.until > today:
        yield News(entry.until, entry.name, entry.purpose_de, entry.purpose_en, ends=True)
