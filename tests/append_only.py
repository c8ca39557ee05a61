"""For tests that play somebody who got at the tables themselves: the triggers that guard them are taken away."""

from __future__ import annotations

from tortoise.connection import get_connection

from models.database import dialect

GUARDED = {"audit_event": ("UPDATE", "DELETE"), "audit_chain": ("DELETE",)}


async def allow_changes() -> None:
    """Let rows of the audit tables be changed and deleted in the connected database."""
    client = get_connection("default")
    for table, words in GUARDED.items():
        if dialect() == "postgres":
            await client.execute_query(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        for word in words if dialect() == "sqlite" else ():
            await client.execute_query(f'DROP TRIGGER IF EXISTS "{table}_no_{word}"')
