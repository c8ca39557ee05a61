"""Where the time of a request went, for the `Server-Timing` header (W3C Server Timing)."""

from __future__ import annotations

from time import perf_counter


class Timing:
    """Marks the end of each phase; does nothing when the setting is off."""

    __slots__ = ("_last", "_phases")

    def __init__(self, wanted: bool) -> None:
        self._phases: list[tuple[str, float]] | None = [] if wanted else None
        self._last = perf_counter() if wanted else 0.0

    def mark(self, phase: str) -> None:
        """`phase` ends here and the next begins."""
        if self._phases is not None:
            now = perf_counter()
            self._phases.append((phase, now - self._last))
            self._last = now

    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """The header, durations in milliseconds."""
        if self._phases is None:
            return ()
        value = ", ".join(f"{phase};dur={seconds * 1000:.3f}" for phase, seconds in self._phases)
        return ((b"server-timing", value.encode()),)
