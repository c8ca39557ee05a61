"""Noting the web space in use: one figure a day, the later one, by however many workers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from gateway.jobs.web_space_usage import KEPT, forget_usage, note_usage
from models import Package, WebSpaceUsage
from models.rules import web_space as rule
from tests.world import World, make_world

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
"""In Berlin it is half past eleven; an hour later it is the next day."""


@pytest.fixture
async def world(database: str) -> World:
    return await make_world()


async def figures(package: str) -> dict[str, int]:
    rows = await WebSpaceUsage.filter(package_id=package, day__gte=EVENING.date()).order_by("day")
    return {row.day.isoformat(): row.used_mb for row in rows}


async def test_a_day_has_one_figure_which_is_the_latest(world: World) -> None:
    shop = world.owner.packages["shop"]
    await Package.filter(id=shop).update(web_space_used_mb=100)
    assert await note_usage(EVENING) > 3
    await Package.filter(id=shop).update(web_space_used_mb=120)
    assert await note_usage(EVENING + timedelta(minutes=10)) == 0
    assert await figures(shop) == {"2026-03-02": 120}
    await Package.filter(id=shop).update(web_space_used_mb=90)
    await note_usage(EVENING + timedelta(hours=1))
    assert await figures(shop) == {"2026-03-02": 120, "2026-03-03": 90}


async def test_packages_that_have_ended_are_left_out(world: World) -> None:
    await note_usage(EVENING)
    assert await figures(world.owner.packages["ended"]) == {}
    assert await figures(world.owner.packages["suspended"]) != {}


async def test_any_number_of_workers_note_it_once(world: World) -> None:
    await asyncio.gather(*(note_usage(EVENING) for _ in range(5)))
    noted = await WebSpaceUsage.filter(day=EVENING.date()).values_list("package_id", flat=True)
    assert len(noted) == len(set(noted)) > 3


async def test_what_is_old_is_forgotten(world: World) -> None:
    await note_usage(NOON)
    before = await WebSpaceUsage.filter(day=EVENING.date()).count()
    await forget_usage(NOON + KEPT)
    assert await WebSpaceUsage.filter(day=EVENING.date()).count() == before
    await forget_usage(NOON + KEPT + timedelta(days=1))
    assert await WebSpaceUsage.filter(day=EVENING.date()).count() == 0


@pytest.mark.parametrize(
    ("used", "quota", "warning"),
    [
        (0, 0, None),
        (5, 0, None),
        (90, 100, None),
        (91, 100, rule.NEARLY_FULL),
        (100, 100, rule.FULL),
        (101, 100, rule.FULL),
    ],
)
def test_a_warning_comes_above_nine_tenths(used: int, quota: int, warning: str | None) -> None:
    assert rule.warning(used, quota) == warning
