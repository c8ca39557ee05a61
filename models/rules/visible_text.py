"""Whether there is anything to see of a text."""

from __future__ import annotations

import unicodedata

BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing."""

_NOTHING = "CMZ"
"""Major categories of Unicode that show nothing alone: controls and formats, marks on letters, separators."""


def shows_something(text: str) -> bool:
    """Whether a text has at least one character that is seen: joiners and marks alone are none."""
    return any(unicodedata.category(letter)[0] not in _NOTHING and letter not in BLANK for letter in text)
