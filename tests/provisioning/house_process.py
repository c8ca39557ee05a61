"""The gateway's side as a process of its own: it hands operations over and has the door for what the host's system tells.

`python -m tests.provisioning.house_process DATABASE RECEIVER SECRET START` prints the port of its door and works until it is
killed. Its time for leases and waits runs `SPEED` times as fast, from START (seconds since 1970) on.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from gateway.auth.audit_chain import seal_with
from gateway.http.health import Readiness
from gateway.http.provisioning import ProvisioningCalls
from gateway.http.server import Server, bound_socket, server_config
from gateway.jobs.operation_result import results
from gateway.jobs.periodic import Periodic, Rounds
from gateway.jobs.provisioning import OperationRounds
from gateway.ports.provisioning_webhook import ProvisioningWebhook
from gateway.ports.webhook_signature import WebhookSignature
from models.database import close, connect
from tests.databases import RING
from tests.http.engines import RecordingEngine
from tests.http.running import application, settings

SPEED = 60
TIMEOUT = 1.0
PATIENCE = timedelta(minutes=2)


def wall_clock() -> datetime:
    """Now."""
    return datetime.now(UTC)


async def main(database: str, receiver: str, secret: str, start: datetime) -> None:
    """Both, until the process is killed."""
    seal_with(RING)
    await connect(database)
    signature = WebhookSignature([secret])
    port = ProvisioningWebhook(receiver, signature, timeout=TIMEOUT)
    rounds = OperationRounds(port, RING, patience=PATIENCE)
    calls = ProvisioningCalls(signature, results(PATIENCE), 5, wall_clock).calls()
    listening = bound_socket(given := settings())
    app = application(RecordingEngine(), given, calls=calls)
    server = Server(server_config(given, app), Readiness(), lambda: print(listening.getsockname()[1], flush=True))
    working = Rounds(
        [Periodic("handing over", 0.05, rounds.step)], clock=lambda: start + (wall_clock() - start) * SPEED
    )
    working.start()
    try:
        await server.serve(sockets=[listening])
    finally:
        await working.stop()
        await close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4], datetime.fromtimestamp(float(sys.argv[4]), UTC)))
