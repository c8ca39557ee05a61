"""How a mutation ends: with what it changed, or with errors the caller is expected to handle."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gateway.errors import ErrorCode, GatewayError


@dataclass(frozen=True, slots=True)
class HandledError:
    """One entry of a payload's `errors`."""

    code: ErrorCode
    message: str
    path: tuple[str, ...] | None = None
    retry_after: int | None = None

    @classmethod
    def of(cls, error: GatewayError, language: str) -> HandledError:
        """The same error as data."""
        return cls(error.code, error.text(language), error.path, error.extensions.get("retryAfter"))


@dataclass(frozen=True)
class Outcome:
    """A payload: what was changed, by the names of its fields, and the errors. A name that is not there is null."""

    errors: tuple[HandledError, ...] = ()
    changed: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.changed.get(name)


def done(**changed: Any) -> Outcome:
    """It worked."""
    return Outcome((), changed)


def refused(error: GatewayError, language: str) -> Outcome:
    """It did not, and nothing was written."""
    return Outcome((HandledError.of(error, language),))
