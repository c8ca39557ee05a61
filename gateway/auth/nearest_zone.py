"""Whose zone a name stands in, among all domains that are here."""

from __future__ import annotations

from models import Domain
from models.rules.zone_name import zones_above


async def nearest_zone(name: str) -> str:
    """The longest domain that `name` (A-labels) ends in, whosever it is; empty for none.

    A sub-domain that is a domain of its own has a zone of its own: what stands in it stands in no other.
    """
    zones = zones_above(name)
    known = {domain.ascii_name for domain in await Domain.filter(ascii_name__in=zones)}
    return next((each for each in zones if each in known), "")
