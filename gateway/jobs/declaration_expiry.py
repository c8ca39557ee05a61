"""Deleting declarations that nobody could assign to a customer, after their time: they hold what strangers wrote.

The time counts from the operator's decision, or from the arrival of one that nobody decided about. What belongs to a customer
stays with the contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.expressions import Q

from gateway.auth.declaration import RECEIVED
from models import Declaration, OutboxMessage
from models.database import in_unit_of_work

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class DeclarationExpiry:
    """Deletes what is older than `kept`."""

    kept: timedelta

    async def delete_unmatched(self, now: datetime) -> int:
        """Up to `AT_ONCE` declarations with their receipts, and mails about them that could not be sent; how many."""
        before = now - self.kept

        async def delete() -> int:
            over = Declaration.filter(
                Q(settled_at__lte=before) | Q(settled_at=None, received_at__lte=before), customer_id=None
            )
            due = await over.order_by("received_at", "id").limit(AT_ONCE).select_for_update(skip_locked=True)
            if due:
                await Declaration.filter(id__in=[row.id for row in due]).delete()  # and the receipts
            await OutboxMessage.filter(kind=RECEIVED, customer_id=None, created_at__lte=before).delete()
            return len(due)

        return await in_unit_of_work(delete)
