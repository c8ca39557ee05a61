"""The ZIP of a report, written into a file without a name: a process that is killed leaves nothing behind."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO, Any

import orjson

MANIFEST = "manifest.json"
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Written:
    """A file in the archive."""

    name: str
    size: int
    sha256: str


class Archive:
    """An archive in the making; all its files are of the time `at`, so the same content makes the same bytes."""

    def __init__(self, file: IO[bytes], at: datetime) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._at = at
        self.files: list[Written] = []

    @contextmanager
    def writing(self, name: str) -> Iterator[Writer]:
        """Write a file piece by piece; one at a time."""
        info = zipfile.ZipInfo(name, self._at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as stream:
            writer = Writer(stream)
            yield writer
        self.files.append(Written(name, writer.size, writer.hash.hexdigest()))

    def add(self, name: str, content: IO[bytes]) -> None:
        """Copy a file, from its beginning."""
        content.seek(0)
        with self.writing(name) as writer:
            while chunk := content.read(CHUNK):
                writer.write(chunk)

    def abandon(self) -> None:
        """Leave it as it is: nobody will read it. Otherwise it would be finished when it is collected, in a closed file."""
        self._zip.fp = None

    def finish(self, about: dict[str, Any]) -> None:
        """Add the manifest, which names every other file with its SHA-256, and close the archive."""
        files = [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in self.files]
        with self.writing(MANIFEST) as writer:
            writer.write(orjson.dumps({**about, "files": files}, option=orjson.OPT_INDENT_2) + b"\n")
        self._zip.close()


class Writer:
    """Counts and hashes what is written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.size = 0
        self.hash = sha256()

    def write(self, data: bytes) -> None:
        """Append."""
        self._stream.write(data)
        self.hash.update(data)
        self.size += len(data)
