"""Operations: what is told about changes on their way to the host's systems."""

from __future__ import annotations

from gateway.context import Context
from gateway.messages import message

WORDS = {
    "UNREACHABLE": "operation.unreachable",
    "GIVEN_UP": "operation.given_up",
}
"""The errors the gateway itself gives an operation, with their messages. Every other code is the host's system's own."""


def error_message(context: Context, error: str | None) -> str | None:
    """Why an operation failed, for people; `None` where it did not."""
    return None if error is None else message(WORDS.get(error, "operation.refused"), context.language)
