"""Which statements reach the driver: for tests that pin their number, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_recorded: ContextVar[list[str] | None] = ContextVar("recorded_statements", default=None)


@contextmanager
def recording() -> Iterator[list[str]]:
    """The texts of all statements sent by this task and those it starts, in order; `BEGIN` and `COMMIT` included."""
    texts: list[str] = []
    token = _recorded.set(texts)
    try:
        yield texts
    finally:
        _recorded.reset(token)


def note(sql: str) -> None:
    """Remember a statement if somebody is recording."""
    texts = _recorded.get()
    if texts is not None:
        texts.append(sql)
