"""The caller's own session."""

from __future__ import annotations

from gateway.auth.viewer import Scope
from gateway.context import Context


def is_current(context: Context, session_id: str) -> bool:
    """Whether it is the session of this request."""
    return context.viewer is not None and context.viewer.session_id == session_id


def scopes(context: Context) -> list[Scope]:
    """What the session may do, in the order of their declaration."""
    return [scope for scope in Scope if context.viewer is not None and scope in context.viewer.scopes]
