"""A receiver that loses, delays, repeats and refuses, and a house that is killed: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from time import time

from models import Operation
from tests.proofs import proved
from tests.provisioning.conftest import SECRET, Process, Receiver, asked, started
from tests.world import World

WORDS = ["lose", "apply and lose", "delay", "fault", "broken", "redirect", "flood", "accept and forget", "accept"]
KILLS = 3
PATIENCE = 60.0


async def house(url: str, receiver: Receiver, start: float) -> Process:
    """The gateway's side, known to the receiver."""
    made = await started("tests.provisioning.house_process", url, f"{receiver.url}/orders", SECRET, str(start))
    await receiver.calls(f"{made.url}/provisioning/results")
    return made


async def finished() -> bool:
    return not await Operation.filter(state__in=["QUEUED", "RUNNING"]).exists()


async def test_every_operation_ends_once_and_in_order(world: World, database_url: str, receiver: Receiver) -> None:
    randomly = random.Random(7)
    scripts = {
        package: [[randomly.choice(WORDS) for _ in range(randomly.randrange(3))] for _ in range(3)]
        for package in ("shop", "club", "bare")
    }
    scripts["shop"] += [["refuse"], ["lose", "accept and fail"], ["ok"]]
    scripts["club"] += [["accept and forget", "accept"], ["accept"]]
    ids = {package: await asked(world, package, texts) for package, texts in scripts.items()}
    start, kills = time(), 0
    running = await house(database_url, receiver, start)
    try:
        while not await finished():
            assert time() - start < PATIENCE
            arrived = len(receiver.noted("arrived"))
            if kills < KILLS and arrived >= 3 * (kills + 1):
                await running.kill()
                kills += 1
                running = await house(database_url, receiver, start)
            await asyncio.sleep(0.05)
    finally:
        await running.kill()
    assert kills == KILLS
    refused, failed = ids["shop"][3], ids["shop"][4]
    rows = {row.id: row for row in await Operation.all()}
    ended = {id: (row.state.value, row.error) for id, row in rows.items()}
    assert (ended.pop(refused), ended.pop(failed)) == (("FAILED", "QUOTA_TOO_LARGE"), ("FAILED", "NO_ROOM"))
    assert set(ended.values()) == {("SUCCEEDED", None)}
    assert all((row.progress == 100) == (row.state == "SUCCEEDED") for row in rows.values())
    applied, arrived_of = defaultdict(list), defaultdict(list)
    for line in receiver.noted("applied"):
        applied[line["package"]].append(line["id"])
    for line in receiver.noted("arrived"):
        arrived_of[line["package"]].append(line["number"])
    for package, wanted in ids.items():
        of = world.owner.packages[package]
        assert applied[of] == [id for id in wanted if id not in (refused, failed)], (
            "each once, in the order of the package"
        )
        assert arrived_of[of] == sorted(arrived_of[of]), "none before the one before it has ended"
    handed = len(receiver.noted("arrived"))
    assert handed > len(rows), "some came more than once"
    proved(
        f"webhook under loss, delay, repetition and {KILLS} kill -9 ({len(rows)} operations, {handed} messages, 0 double)"
    )
