"""The list of what the house does again and again. A new job is a line here."""

from __future__ import annotations

from gateway.jobs.periodic import Periodic


def schedule() -> tuple[Periodic, ...]:
    """The periodic jobs of a deployment."""
    return ()
