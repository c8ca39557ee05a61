"""How files reach the bank. The embedded way is a folder that the house's banking software takes them from."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Protocol
from uuid import uuid4


class Bank(Protocol):
    """Takes files."""

    async def hand_over(self, name: str, content: bytes) -> None:
        """Deliver a file, lastingly, before this returns. The same name with the same content again is no second delivery.

        Raises `FileDiffers` where another file has the name, `OSError` where it cannot be written.
        """


class FileDiffers(Exception):
    """Another file has this name already: it is not written over."""


class BankFolder:
    """Files in a directory, for the owner's eyes only. What is there is whole: a file appears when all of it is on the disk."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    async def hand_over(self, name: str, content: bytes) -> None:
        """Write it beside, and give it its name at the end."""
        await asyncio.to_thread(self._write, name, content)

    def _write(self, name: str, content: bytes) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self._directory / name
        unfinished = self._directory / f".{name}.{uuid4().hex}"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(unfinished, target)  # unlike a renaming it never takes the place of another file
            except FileExistsError:
                if target.read_bytes() != content:
                    raise FileDiffers(f"there is another file called {name}") from None
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(unfinished)
        self._sync_directory()

    def _sync_directory(self) -> None:
        descriptor = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
