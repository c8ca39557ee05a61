"""A cache that can't grow without end: least recently used goes first, bounded by entries and by bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """At most `entries` values that weigh at most `bytes` together, by the weights their callers give.

    Every operation takes constant time (amortised). There is no lock: one event loop uses it.
    """

    __slots__ = ("_entries", "_values", "bytes", "hits", "misses", "most_bytes", "most_entries")

    def __init__(self, entries: int, bytes: int) -> None:
        self.most_entries = entries
        self.most_bytes = bytes
        self.bytes = 0
        """What the values weigh now."""
        self.hits = 0
        self.misses = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: K) -> bool:
        """Whether `key` is held; neither a use nor a hit."""
        return key in self._values

    def get(self, key: K) -> V | None:
        """The value of `key`, which counts as a use of it; `None` when it is not held."""
        entry = self._values.get(key)
        if entry is None:
            self.misses += 1
            return None
        self.hits += 1
        self._values.move_to_end(key)
        return entry[0]

    def put(self, key: K, value: V, weight: int) -> bool:
        """Hold `value` (`weight` bytes), letting go of the least recently used for it.

        False when it alone is heavier than the bound: it is not held then, and neither is a former value of `key`.
        """
        self.pop(key)
        if weight > self.most_bytes or not self.most_entries:
            return False
        self._values[key] = (value, weight)
        self.bytes += weight
        while self.bytes > self.most_bytes or len(self._values) > self.most_entries:
            _, (_, freed) = self._values.popitem(last=False)
            self.bytes -= freed
        return True

    def pop(self, key: K) -> V | None:
        """Let go of `key`; its value, or `None` when it was not held."""
        entry = self._values.pop(key, None)
        if entry is None:
            return None
        self.bytes -= entry[1]
        return entry[0]

    def clear(self) -> None:
        """Let go of everything; the counters stay."""
        self._values.clear()
        self.bytes = 0
