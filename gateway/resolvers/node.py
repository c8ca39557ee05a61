"""Objects by id."""

from __future__ import annotations

import asyncio
from typing import Any

import strawberry

from gateway.source.arguments import too_many_ids

MOST_IDS = 50
"""Ids of one `nodes` query."""


async def nodes(info: strawberry.Info[Any, Any], ids: list[strawberry.ID]) -> list[Any]:
    """The visible rows with these ids, `None` in the place of every other. Raises `BAD_USER_INPUT` above the limit."""
    if len(ids) > MOST_IDS:
        raise too_many_ids(MOST_IDS)
    return list(await asyncio.gather(*(info.context.loaders.node(text) for text in ids)))
