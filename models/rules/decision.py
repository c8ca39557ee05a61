"""How a rule answers: allowed, or refused with a code that a program acts on and a person can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowed:
    """Nothing stands against it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be done now; `reason` is one of the codes the rule documents."""

    reason: str


Decision = Allowed | Refused
