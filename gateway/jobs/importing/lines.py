"""Lines of a file as records: bounded, strict, and never more than one line in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pydantic import ValidationError

from gateway.jobs.importing.kinds import KINDS, AnyRecord, line_adapter
from gateway.jobs.importing.record import Entry, Refusal, refusals

MOST_BYTES = 1_048_576
"""Bytes of the longest line that is read, without its line end."""

_BOM = b"\xef\xbb\xbf"


def read_lines(file: BinaryIO) -> Iterator[tuple[Entry[AnyRecord] | list[Refusal], int]]:
    """Each line that is not blank, as a record or as the reasons against it, and how many bytes were read for it."""
    number = 0
    while line := file.readline(MOST_BYTES + 2):
        number += 1
        size = len(line)
        text = line.rstrip(b"\r\n")
        if len(text) > MOST_BYTES:
            size += _skip(file, line)
            yield [Refusal(number, None, None, f"is longer than {MOST_BYTES} bytes")], size
            continue
        if number == 1:
            text = text.removeprefix(_BOM)
        if text.strip():
            yield read_line(number, text), size


def _skip(file: BinaryIO, line: bytes) -> int:
    """Read to the end of the line that `line` is the start of, and say how many bytes that was."""
    skipped = 0
    while line and not line.endswith(b"\n"):
        line = file.readline(MOST_BYTES)
        skipped += len(line)
    return skipped


def read_line(number: int, text: bytes) -> Entry[AnyRecord] | list[Refusal]:
    """One line as a record, or all that is wrong with it."""
    kinds = tuple(KINDS)
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return [Refusal(number, None, None, f"is not valid UTF-8 at byte {error.start + 1}")]
    try:
        return Entry(number, line_adapter().validate_json(text, strict=True))
    except ValidationError as error:
        return refusals(number, error, kinds)
