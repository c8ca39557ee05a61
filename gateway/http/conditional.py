"""Conditional requests (RFC 9110 §13.1.2)."""

from __future__ import annotations


def is_held(if_none_match: str, tag: str) -> bool:
    """Whether the client holds this very content: `tag` is in the list (weak comparison), or the list is `*`."""
    held = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return tag in held or "*" in held
