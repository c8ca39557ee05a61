"""The web space of a package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gateway.context import Context
from models.rules import web_space as rule


class WebSpaceWarning(StrEnum):
    """What should be done about it."""

    NEARLY_FULL = rule.NEARLY_FULL
    FULL = rule.FULL


@dataclass(frozen=True, slots=True)
class WebSpace:
    """How much there is."""

    used_mb: int
    quota_mb: int
    free_mb: int
    warning: WebSpaceWarning | None


def web_space(context: Context, used_mb: int, quota_mb: int) -> WebSpace:
    """What is in use of it."""
    found = rule.warning(used_mb, quota_mb)
    return WebSpace(used_mb, quota_mb, max(0, quota_mb - used_mb), None if found is None else WebSpaceWarning(found))
