"""The import of the help: a folder of Markdown files becomes the articles and contacts that are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gateway.jobs.importing.help_file import MOST_BYTES, ArticleFile, ContactFile, HelpFile, NoHelp, read_help
from models import ArticleKind, ContactOption, HelpArticle
from models.database import in_unit_of_work


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """Why a file was not taken. `file` is its path in the folder; a `field` of `None` means the file as a whole."""

    file: str
    field: str | None
    reason: str


@dataclass
class HelpOutcome:
    """How many articles and contacts are stored (new, changed or as they were), refused, and removed."""

    stored: int = 0
    refused: int = 0
    removed: int = 0


async def import_help(
    folder: Path, now: datetime, report: Callable[[FileRefusal], None], *, prune: bool = False
) -> HelpOutcome:
    """Store what the `*.md` files in and under a folder say, in one unit of work.

    `report` is told every reason against a file; a refused file leaves the others alone. With `prune` what no file says is
    deleted, unless a file was refused: it may be the one that says it.
    """
    outcome, known, taken = HelpOutcome(), set[tuple[str, ...]](), list[HelpFile]()
    for name, read in _files(folder):
        if isinstance(read, NoHelp):
            outcome.refused += 1
            for field, reason in read.reasons:
                report(FileRefusal(name, field, reason))
        elif (key := _key(read)) in known:
            outcome.refused += 1
            report(FileRefusal(name, None, "says what another file says already"))
        else:
            known.add(key)
            taken.append(read)

    async def store() -> int:
        for file in taken:
            await (_store_article(file, now) if isinstance(file, ArticleFile) else _store_contact(file))
        return await _remove_others(taken) if prune and not outcome.refused else 0

    outcome.removed = await in_unit_of_work(store)
    outcome.stored = len(taken)
    return outcome


def _files(folder: Path) -> Iterator[tuple[str, HelpFile | NoHelp]]:
    for path in sorted(folder.rglob("*.md")):
        try:
            with path.open("rb") as file:
                read: HelpFile | NoHelp = read_help(file.read(MOST_BYTES + 1))
        except OSError:
            read = NoHelp((None, "cannot be read"))
        except NoHelp as reasons:
            read = reasons
        yield path.relative_to(folder).as_posix(), read


def _key(file: HelpFile) -> tuple[str, ...]:
    if isinstance(file, ArticleFile):
        return "article", file.slug, file.language
    return "contact", file.topic, file.language


async def _store_article(file: ArticleFile, now: datetime) -> None:
    values = {name: getattr(file, name) for name in ("topic", "title", "body", "position", "search_key")}
    values["kind"] = ArticleKind(file.kind)
    row = await HelpArticle.get_or_none(slug=file.slug, language=file.language)
    if row is None:
        await HelpArticle.create(slug=file.slug, language=file.language, updated_at=now, **values)
    elif any(getattr(row, name) != value for name, value in values.items()):
        await HelpArticle.filter(id=row.id).update(updated_at=now, **values)


async def _store_contact(file: ContactFile) -> None:
    values = {name: getattr(file, name) for name in ("title", "phone", "hours", "email", "position")}
    if not await ContactOption.filter(topic=file.topic, language=file.language).update(**values):
        await ContactOption.create(topic=file.topic, language=file.language, **values)


async def _remove_others(files: Iterable[HelpFile]) -> int:
    keys = {_key(file) for file in files}
    articles = [row.id for row in await HelpArticle.all() if ("article", row.slug, row.language) not in keys]
    contacts = [row.id for row in await ContactOption.all() if ("contact", row.topic, row.language) not in keys]
    return (await HelpArticle.filter(id__in=articles).delete()) + (await ContactOption.filter(id__in=contacts).delete())
