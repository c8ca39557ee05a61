"""Making a report: every row of a customer is read once, and goes into the JSON file and onto paper at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Protocol, TypeVar

from gateway.documents.data_report import DataReportDocument
from gateway.documents.drawing import draw_data_report
from gateway.jobs.data_report.archive import CHUNK, Archive
from gateway.jobs.data_report.entry_json import entry_json
from gateway.jobs.data_report.file_json import Entries, head, schema_text
from gateway.jobs.data_report.information import information
from gateway.jobs.data_report.paper import Parts
from gateway.jobs.data_report.rows import batches
from gateway.jobs.data_report.subject import Subject

Note = Callable[[int], Awaitable[None]]
"""Told the progress in per cent, again and again."""

T = TypeVar("T")


class Draws(Protocol):
    """Whoever draws the PDFs: the renderer with its processes."""

    async def render(self, function: Callable[[DataReportDocument], bytes], document: DataReportDocument) -> bytes:
        """`function(document)`. Raises `Overloaded` when it cannot be done now."""


JSON_FILE, SCHEMA_FILE = "data-report.json", "data-report.schema.json"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished report."""

    content: bytes
    sha256: str


async def make_report(subject: Subject, renderer: Draws, note: Note) -> Made:
    """The ZIP of a report. What is slow runs in threads, PDFs are drawn in the renderer's processes.

    Raises what the database raises, `Overloaded` when the renderer is busy, and what `note` raises.
    """
    with TemporaryFile() as file:
        await _write(subject, file, renderer, note)
        return await _in_thread(_read, file)


async def _write(subject: Subject, file: IO[bytes], renderer: Draws, note: Note) -> None:
    archive = Archive(file, subject.made_at)
    paper: list[IO[bytes]] = []
    try:
        with archive.writing(JSON_FILE) as writer:
            statements = await _in_thread(information, subject)
            parts = Parts(subject, statements)
            entries = Entries(writer, head(subject, statements))
            done, total = 0, max(sum(subject.counts.values()), 1)
            for section in subject.sections():
                entries.begin(section)
                async for batch in batches(section, subject.customer_id):
                    await _in_thread(entries.add, [entry_json(section, entry) for entry in batch])
                    for document in parts.add(section, batch):
                        paper.append(await _drawn(document, renderer))
                        await note(min(95 * done // total, 95))
                    done += len(batch)
                    await note(min(95 * done // total, 95))
            entries.finish()
        paper.append(await _drawn(parts.finish(), renderer))
        for number, part in enumerate(paper, 1):
            name = "data-report.pdf" if len(paper) == 1 else f"data-report-{number:02d}.pdf"
            await _in_thread(archive.add, name, part)
        with archive.writing(SCHEMA_FILE) as writer:
            writer.write(schema_text())
        about = head(subject, [])
        await _in_thread(archive.finish, {"schema": about["schema"], "report": about["report"]})
        await note(99)
    except BaseException:
        archive.abandon()
        raise
    finally:
        for part in paper:
            part.close()


async def _drawn(document: DataReportDocument, renderer: Draws) -> IO[bytes]:
    """A PDF in a file without a name."""
    content = await renderer.render(draw_data_report, document)
    file = TemporaryFile()  # noqa: SIM115 - closed by whoever asked for it
    await _in_thread(file.write, content)
    return file


def _read(file: IO[bytes]) -> Made:
    file.seek(0)
    hashed = sha256()
    while chunk := file.read(CHUNK):
        hashed.update(chunk)
    file.seek(0)
    return Made(file.read(), hashed.hexdigest())


async def _in_thread(work: Callable[..., T], *given: object) -> T:
    """`asyncio.to_thread` that, when cancelled, first lets the thread come to its end: it writes into our file."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *given))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
