"""Clearing challenges that nobody has cleared: programs die between setting one and clearing it."""

from __future__ import annotations

from datetime import datetime

from gateway.auth.acme_challenge import clear_stale
from gateway.auth.dns_records import as_entry
from gateway.auth.viewer import Viewer
from models import DnsRecord, DnsRecordType, SessionKind
from models.rules import acme_challenge as rule

LOOKED_AT = 500
"""Records read in one step of the walk."""


class ChallengePruning:
    """A walk over the challenges that are old enough, `LOOKED_AT` at a step. A process that starts anew begins anew.

    It walks, since what a customer wrote by hand at such a name may stay for good and must not hold up the rest.
    """

    def __init__(self) -> None:
        self._last = ""

    async def step(self, now: datetime) -> int:
        """How many records were looked at; 0 at the end of the walk, after which the next step begins another."""
        old = DnsRecord.filter(type=DnsRecordType.TXT, name__startswith=rule.LABEL, created_at__lte=now - rule.KEPT)
        seen = await old.filter(id__gt=self._last).order_by("id").limit(LOOKED_AT)
        stale = [row for row in seen if rule.is_challenge(as_entry(row))]
        for domain_id, row in {row.domain_id: row for row in stale}.items():
            # Only what is the package's is touched, in nobody's session.
            viewer = Viewer(SessionKind.PACKAGE, row.customer_id, row.package_id, frozenset(), session_id="")
            await clear_stale(viewer, domain_id, now)
        self._last = seen[-1].id if len(seen) == LOOKED_AT else ""
        return len(seen) if self._last else 0
