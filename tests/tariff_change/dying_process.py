"""Does something again and again, each time in a process that kills itself (SIGKILL) one statement later than the last.

`python -m tests.tariff_change.dying_process URL WHAT CUSTOMER ID [TARIFF]`, started by a test; it prints what that of
cancellations prints.
"""

from __future__ import annotations

import asyncio
import os
import sys
from hashlib import sha256

from gateway.auth.audit_chain import seal_with
from gateway.jobs.tariff_change import change_due
from gateway.keys import Keyring
from models.database import close, connect
from tests.api.stored import stored
from tests.cancellation.dying_process import Deadline, watch
from tests.tariff_change.acting import change, revoke, shown
from tests.world import KEYS, NOW


async def act(url: str, what: str, customer: str, id: str, tariff: str) -> None:
    """Say what is stored, do it, and say so."""
    seal_with(Keyring(KEYS))
    await connect(url, pool_size=2)
    print(sha256(repr(await stored()).encode()).hexdigest(), flush=True)
    token = (await shown(customer, id, tariff)).token or "" if what == "change" else ""
    watch()
    if what == "change":
        await change(customer, id, tariff, token, "once")
    elif what == "revoke":
        await revoke(customer, id)
    else:
        assert await change_due(NOW.replace(year=2027)) == 1
    print("done", flush=True)
    await close()


def main(url: str, what: str, customer: str, id: str, tariff: str = "") -> None:
    for statement in range(1, 1_000):
        child = os.fork()
        if child == 0:
            Deadline.left = statement
            asyncio.run(act(url, what, customer, id, tariff))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
