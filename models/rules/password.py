"""What a new customer password must be like (SECURITY AU4, NIST SP 800-63B-4 §3.1.1): long and hard to guess.

There is no rule about kinds of characters. Length is counted in code points of the normalised form (NFC), as it is stored.
"""

from __future__ import annotations

import unicodedata

from models.rules.decision import Allowed, Decision, Refused

SHORTEST, SHORTEST_WITH_TWO_FACTOR, LONGEST = 12, 8, 256
LEAST_SCORE = 3
"""Of 0 to 4, as zxcvbn scores: from 3 on a stolen, well hashed password withstands guessing (over 10^8 guesses)."""

TOO_SHORT, TOO_LONG, CHARACTERS = "PASSWORD_TOO_SHORT", "PASSWORD_TOO_LONG", "PASSWORD_CHARACTERS"
TOO_WEAK, SAME = "PASSWORD_TOO_WEAK", "PASSWORD_SAME"

NORMALISED_LENGTH = 1_024
"""Longer texts stay as they are: reordering combining characters takes quadratic time (32,000 of them: 0.8 s), and no
password a policy allows is nearly as long."""


def normalised(password: str) -> str:
    """The password as it is stored: keyboards differ in whether `ü` is one code point or two."""
    return unicodedata.normalize("NFC", password) if len(password) <= NORMALISED_LENGTH else password


def shortest(two_factor: bool) -> int:
    """Code points of the shortest password, with or without a second factor at sign-in."""
    return SHORTEST_WITH_TWO_FACTOR if two_factor else SHORTEST


def writable(password: str, two_factor: bool) -> Decision:
    """Whether a text can be a password at all, before anybody thinks about how hard it is to guess."""
    text = normalised(password)
    if len(text) > LONGEST:
        return Refused(TOO_LONG)
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        return Refused(CHARACTERS)  # RFC 8265 §4.2.1: controls are no part of a password
    if len(text) < shortest(two_factor):
        return Refused(TOO_SHORT)
    return Allowed()


def strong(score: int) -> Decision:
    """Whether a score is enough."""
    return Allowed() if score >= LEAST_SCORE else Refused(TOO_WEAK)


def other_than(password: str, old: str) -> Decision:
    """Whether a password differs from the old one."""
    return Refused(SAME) if normalised(password) == normalised(old) else Allowed()
