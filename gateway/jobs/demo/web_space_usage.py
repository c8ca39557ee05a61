"""Web space in use on the last days, for the packages of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from models import Package, PackageState, WebSpaceUsage
from models.database import in_unit_of_work
from models.rules.berlin import berlin_day

AT_ONCE = 500
DAYS = 90


async def make_web_space_usage(now: datetime) -> int:
    """Give each active package with web space a figure in use and a curve that leads to it where it has none."""
    active = Package.filter(state=PackageState.ACTIVE, web_space_usage=None, type__web_space_mb__gt=0)
    packages = await active.select_related("type").order_by("id")
    rows: list[WebSpaceUsage] = []
    used: dict[str, int] = {}
    for number, package in enumerate(packages):
        used[package.id] = (
            package.web_space_used_mb or package.type.web_space_mb * (8 + 83 * (number % 12) // 12) // 100
        )
        rows += _curve(package, used[package.id], number, now)

    async def write() -> None:
        for id, figure in used.items():
            await Package.filter(id=id).update(web_space_used_mb=figure)
        await WebSpaceUsage.bulk_create(rows, batch_size=AT_ONCE)

    await in_unit_of_work(write)
    return len(rows)


def _curve(package: Package, last: int, number: int, now: datetime) -> Iterator[WebSpaceUsage]:
    """It grows by and by; now and then somebody tidies up."""
    for back in range(DAYS):
        grown = last - last * back // (200 + 40 * (number % 5)) + (last // 60 if (back + number) % 30 > 22 else 0)
        yield WebSpaceUsage(
            customer_id=package.customer_id,
            package_id=package.id,
            day=berlin_day(now) - timedelta(days=back),
            used_mb=last if back == 0 else max(1, grown),
        )
