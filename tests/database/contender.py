"""A process that reads and then writes in units of work: `python -m tests.database.contender URL TIMES`."""

from __future__ import annotations

import asyncio
import sys

from models import Throttle
from models.database import close, connect, in_unit_of_work


async def contend(url: str, times: int) -> None:
    await connect(url)

    async def work() -> None:
        row = await Throttle.select_for_update().get(key="shared")
        row.failures += 1
        await row.save()

    try:
        for _ in range(times):
            await in_unit_of_work(work)
    finally:
        await close()


if __name__ == "__main__":
    asyncio.run(contend(sys.argv[1], int(sys.argv[2])))
