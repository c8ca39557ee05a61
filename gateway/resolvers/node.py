"""Objects by id."""

from __future__ import annotations

from typing import Any

import strawberry

from gateway.execution import reference


async def nodes(info: strawberry.Info[Any, Any], ids: list[strawberry.ID]) -> list[Any]:
    """The objects with these ids."""
    return await reference.nodes(info.context, ids)
