"""The list of what the house does again and again. A new job is a line here."""

from __future__ import annotations

from gateway.jobs.periodic import Periodic
from gateway.jobs.pruning import SessionPruning, prune_expired


def schedule() -> tuple[Periodic, ...]:
    """The periodic jobs of a deployment."""
    return (
        Periodic("deleting what has expired", 3_600, prune_expired),
        Periodic("deleting sessions that have ended", 3_600, SessionPruning().step),
    )
