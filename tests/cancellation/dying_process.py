"""Does something again and again, each time in a process that kills itself (SIGKILL) one statement later than the last.

`python -m tests.cancellation.dying_process URL WHAT CUSTOMER ID [DOMAIN KEEP_IN]`, started by a test. Each time begins with a
line that says what is stored; the last one is `done`, from the process that came to its end.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from hashlib import sha256
from typing import Any

from gateway.auth.audit_chain import seal_with
from gateway.jobs.cancellation import carry_out_due
from gateway.keys import Keyring
from models.database import close, connect, postgres_unit, sqlite_unit
from models.database.unit_connection import UnitConnection
from tests.api.stored import stored
from tests.cancellation.acting import declare, token, undo
from tests.world import KEYS, NOW


class Deadline:
    """How many statements of units of work are still to live for; a commit is two: before it, and when it is done."""

    left = 0

    @classmethod
    def step(cls) -> None:
        cls.left -= 1
        if cls.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def watch() -> None:
    """Count the statements of units of work."""
    enter = UnitConnection.__aenter__

    async def counted(self: Any) -> Any:
        Deadline.step()
        return await enter(self)

    UnitConnection.__aenter__ = counted  # type: ignore[method-assign]  # in this process alone
    for client in (sqlite_unit.UnitClient, postgres_unit.UnitClient):
        end = client.commit

        async def commit(self: Any, end: Any = end) -> None:
            Deadline.step()
            await end(self)
            Deadline.step()

        client.commit = commit  # type: ignore[method-assign]  # in this process alone


async def act(url: str, what: str, customer: str, id: str, domains: list[tuple[str, str, str | None]]) -> None:
    """Say what is stored, do it, and say so."""
    seal_with(Keyring(KEYS))
    await connect(url, pool_size=2)
    print(sha256(repr(await stored()).encode()).hexdigest(), flush=True)
    shown = await token(customer, id, domains) if what == "declare" else ""
    watch()
    if what == "declare":
        await declare(customer, id, domains, shown, "once")
    elif what == "undo":
        await undo(customer, id)
    else:
        assert await carry_out_due(NOW.replace(year=2027)) == 1
    print("done", flush=True)
    await close()


def main(url: str, what: str, customer: str, id: str, *fate: str) -> None:
    domains: list[tuple[str, str, str | None]] = (
        [(fate[0], "TRANSFER", None), (fate[1], "KEEP", fate[2])] if fate else []
    )
    for statement in range(1, 1_000):
        child = os.fork()
        if child == 0:
            Deadline.left = statement
            asyncio.run(act(url, what, customer, id, domains))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
