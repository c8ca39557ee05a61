"""Which statements reach the driver: for tests that pin their number, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_recorded: ContextVar[list[str] | None] = ContextVar("recorded_statements", default=None)

TRANSACTION_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
"""How the texts begin that only bound a transaction: `[text for text in texts if not text.startswith(...)]`."""


@contextmanager
def recording() -> Iterator[list[str]]:
    """The texts of all statements sent by this task and those it starts, in order.

    The bounds of transactions are among them, each a text of its own that starts with one of `TRANSACTION_CONTROL`.
    """
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
