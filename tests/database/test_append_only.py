"""The database itself refuses to change or delete audit entries."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError

from models import AuditChain, AuditEvent, Customer
from models.database import in_unit_of_work
from tests.append_only import allow_changes

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
async def entry(database: str) -> AuditEvent:
    """An entry and a chain of a customer."""
    customer = await Customer.create(
        number="10001", kind="PERSON", last_name="Eve", street="Hafenstr. 1", postcode="20095", city="Hamburg",
        country="DE", email="eve@example.com", password_hash="x", password_changed_at=NOW, created_at=NOW,
    )  # fmt: skip
    await AuditChain.create(customer_id=customer.id, number=1, seal="1:00")
    return await AuditEvent.create(
        customer_id=customer.id, occurred_at=NOW, actor_kind="CUSTOMER", action="session.sign_in", result="OK"
    )


async def change(entry: AuditEvent) -> None:
    await AuditEvent.filter(id=entry.id).update(result="NOT_FOUND")


async def delete(entry: AuditEvent) -> None:
    await AuditEvent.filter(id=entry.id).delete()


async def delete_chain(entry: AuditEvent) -> None:
    await AuditChain.filter(customer_id=entry.customer_id).delete()


@pytest.mark.parametrize("tamper", [change, delete, delete_chain])
async def test_what_was_written_stays(entry: AuditEvent, tamper) -> None:  # type: ignore[no-untyped-def]  # one of the above
    with pytest.raises(IntegrityError, match="stay as they are"):
        await in_unit_of_work(lambda: tamper(entry))
    assert (await AuditEvent.get()).result == "OK"
    assert await AuditChain.all().count() == 1


async def test_the_table_cannot_be_emptied_at_once(entry: AuditEvent, database: str) -> None:
    if database == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(IntegrityError, match="stay as they are"):
        await get_connection("default").execute_query("TRUNCATE audit_event")


async def test_the_end_of_a_chain_moves_on(entry: AuditEvent) -> None:
    assert await AuditChain.filter(customer_id=entry.customer_id).update(number=2) == 1


async def test_only_the_triggers_stand_in_the_way(entry: AuditEvent) -> None:
    await allow_changes()
    await change(entry)
    assert (await AuditEvent.get()).result == "NOT_FOUND"
    await delete(entry)
    await delete_chain(entry)
    assert not await AuditEvent.exists()
