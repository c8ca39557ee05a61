"""A process of its own that fails to sign in: `python -m tests.auth.failing_process DATABASE_URL LOGIN TIMES`."""

from __future__ import annotations

import asyncio
import sys

from gateway.auth.audit_chain import seal_with
from gateway.auth.sign_in import Failure
from gateway.settings import Settings
from models.database import close, connect
from tests.auth.conftest import Door

PATIENT = Settings(bcrypt_cost=4, address_failures=10_000, account_failures=10_000, free_failures=10_000)


async def fail(url: str, login: str, times: int) -> None:
    """Fail so often, as fast as it goes, and print the codes that came back."""
    await connect(url, pool_size=2)
    door = Door(PATIENT)
    seal_with(door.keyring)
    for _ in range(times):
        result = await door.attempt(login, "wrong")
        assert isinstance(result, Failure)
        print(result.code.value)
    await door.close()
    await close()


if __name__ == "__main__":
    asyncio.run(fail(sys.argv[1], sys.argv[2], int(sys.argv[3])))
