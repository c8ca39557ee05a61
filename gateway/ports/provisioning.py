"""Provisioning: the host's systems that make true what was changed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Order:
    """One operation as the host's system is told. `id` is the same each time: what came twice is done once.

    `number` counts per package; an order is handed over when the one before it has ended.
    """

    id: str
    package_id: str
    number: int
    kind: str
    subject_id: str
    desired: Mapping[str, Any]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


class Result(StrEnum):
    """What became of an order at once: it was carried out, or refused for good."""

    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an order. `error` is a code of at most 64 characters, for `FAILED`.

    `facts` is what the host's system found out on the way, for those who asked: the size of a backup, the issuer of a
    certificate. Each effect names those it takes (`gateway.jobs.effects`), and takes no others.
    """

    result: Result
    error: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The order was taken; how it ends is told later by a call (`gateway.http.provisioning`)."""


class Provisioning(Protocol):
    """Where orders go. Whatever it raises means: it may not have arrived, and is handed over again later."""

    async def apply(self, order: Order) -> Answer | Accepted:
        """Hand an order over."""


FACTS: Mapping[str, Mapping[str, Any]] = {
    "web_host.create": {"tlsIssuer": "Let's Encrypt R12", "tlsValidDays": 90},
}
"""By kind, what a host's system would have found out on the way."""


class Embedded:
    """No other system: what is stored is what counts, so that an order is carried out when it is given."""

    async def apply(self, order: Order) -> Answer:
        facts = FACTS.get(order.kind, {})
        if order.kind == "backup.create":  # packed, it is about two thirds
            facts = {"sizeMb": max(1, int(order.desired.get("usedMb", 0)) * 2 // 3)}
        return Answer(Result.SUCCEEDED, facts=facts)
