"""What a customer may call a package."""

from __future__ import annotations

import unicodedata

from models.rules.decision import Allowed, Decision, Refused
from models.rules.visible_text import shows_something

LONGEST = 80
"""Code points."""

EMPTY, TOO_LONG, CHARACTERS = "EMPTY", "TOO_LONG", "CHARACTERS"

_INVISIBLE = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
"""Categories of Unicode that nobody sees, or that turn the direction of what stands beside them."""

_JOINER = "\u200d"
"""Holds the parts of an emoji together."""


def tidied(typed: str) -> str:
    """The name as it is stored: composed (NFC), without blanks around it and with single blanks inside."""
    if len(typed) > 8 * LONGEST:  # normalising takes quadratic time; `acceptable` refuses it as it is
        return typed
    return " ".join(unicodedata.normalize("NFC", typed).split())


def acceptable(name: str) -> Decision:
    """Whether a tidied name will do."""
    if not name:
        return Refused(EMPTY)
    if len(name) > LONGEST:
        return Refused(TOO_LONG)
    if any(unicodedata.category(c) in _INVISIBLE and c != _JOINER for c in name) or not shows_something(name):
        return Refused(CHARACTERS)
    return Allowed()
