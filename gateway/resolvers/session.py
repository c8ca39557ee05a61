"""The caller's own session."""

from __future__ import annotations

from datetime import datetime

from gateway.auth.sessions import is_alive
from gateway.auth.viewer import Scope
from gateway.context import Context


def is_current(context: Context, session_id: str) -> bool:
    """Whether it is the session of this request."""
    return context.viewer is not None and context.viewer.session_id == session_id


def is_active(context: Context, last_used_at: datetime, idle_seconds: int, expires_at: datetime) -> bool:
    """Whether it has neither rested for too long nor come to its end."""
    return is_alive(last_used_at, idle_seconds, expires_at, context.now)


def raised_until(context: Context, elevated_until: datetime | None) -> datetime | None:
    """Until when it is raised; `None` when it is not, or not any more."""
    return elevated_until if elevated_until is not None and context.now < elevated_until else None


def scopes(context: Context) -> list[Scope]:
    """What the session may do, in the order of their declaration."""
    return [scope for scope in Scope if context.viewer is not None and scope in context.viewer.scopes]
