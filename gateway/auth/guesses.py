"""Asking zxcvbn, with its faults worked round: one text at a time, and none that it would take seconds for."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from math import isqrt
from typing import Any

from zxcvbn import matching, zxcvbn

from gateway.auth.german_words import GERMAN_WORDS

MOST_LOOKUPS = 100_000
"""zxcvbn looks every part of a text up in every reading of the digits and signs that may stand for letters. There are
hundreds of readings at worst, which takes seconds for 72 characters; then the beginning of the text has to do. (It
decides anyway: a text with so many signs is strong long before it ends.)"""

_ONE_AT_A_TIME = threading.Lock()
"""zxcvbn keeps the words of a call in a table that all calls share."""

matching.add_frequency_lists({"german": GERMAN_WORDS})


def guessed(text: str, own: Iterable[str]) -> dict[str, Any] | None:
    """What zxcvbn finds in a text of at most 72 characters; `None` where there is nothing to look at."""
    readings = len(matching.enumerate_l33t_subs(matching.relevant_l33t_subtable(text, matching.L33T_TABLE)))
    text = text[: isqrt(2 * MOST_LOOKUPS // max(readings, 1))]  # a text of n characters has n²/2 parts
    if not text:  # zxcvbn stumbles over it
        return None
    with _ONE_AT_A_TIME:
        try:
            found: dict[str, Any] = zxcvbn(text, user_inputs=list(own))
        finally:
            matching.RANKED_DICTIONARIES.pop("user_inputs", None)
    return found
