"""How fast one caller may ask: a bucket of requests for each, in the memory of this process."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from math import ceil

from gateway.errors import rate_limited

MOST_KNOWN = 10_000
"""Callers that are known at once; who was quiet for longest is forgotten first, and begins with a full bucket."""


class Pace:
    """`per_minute` requests a minute, the first of them as fast as they come. Each process of a server grants as much.

    Nothing is written, since a statement for each request would cost more than what it protects.
    """

    def __init__(self, per_minute: int) -> None:
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, who: str, now: datetime) -> None:
        """Count one request. Raises `RATE_LIMITED` when it is one too many, which counts nothing."""
        left, before = self._left.pop(who, (self._size, now))
        left = min(self._size, left + max(0.0, (now - before).total_seconds()) * self._per_second)
        allowed = left >= 1
        self._left[who] = (left - 1 if allowed else left, now)
        if len(self._left) > MOST_KNOWN:
            self._left.popitem(last=False)
        if not allowed:
            raise rate_limited(ceil((1 - left) / self._per_second))
