"""Web space: when it is time to say something."""

from __future__ import annotations

NEARLY_FULL, FULL = "NEARLY_FULL", "FULL"


def warning(used_mb: int, quota_mb: int) -> str | None:
    """`FULL` where nothing is left, `NEARLY_FULL` above nine tenths, otherwise nothing, as without web space."""
    if quota_mb <= 0:
        return None
    if used_mb >= quota_mb:
        return FULL
    return NEARLY_FULL if used_mb * 10 > quota_mb * 9 else None
