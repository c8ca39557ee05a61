"""How a mutation is asked: once so that it can work, and once for each code its payload can have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.api.service import Service
from tests.world import Caller, World

Input = dict[str, Any] | None
Failing = Callable[[Service], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class Case:
    """Inputs of one mutation.

    `working` gives what works for a caller of the world (it may write what is needed first), `failing` is what fails for
    everybody (missing where nothing can), `codes` makes each code the description lists come up for the owner. The code
    REAUTHENTICATION_REQUIRED is tried for every mutation that asks for it and needs no entry. `empty` are fields of
    the payload that stay null when it works.
    """

    working: Callable[[World, Caller], Awaitable[Input]]
    failing: Input = None
    codes: Mapping[str, Failing] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()


async def nothing(world: World, caller: Caller) -> Input:
    """For a mutation without input."""
    return None


def always(given: dict[str, Any]) -> Failing:
    """The same input whatever is stored."""

    async def gives(service: Service) -> dict[str, Any]:
        return given

    return gives
