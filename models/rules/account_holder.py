"""The name of a bank account's holder, as a SEPA collection can carry it.

EPC217-08, "SEPA requirements for an extended character set": banks must take the letters from a to z, digits, blanks and
`/ - ? : ( ) . , ' +`. Other Latin letters are written with these when the collection is made.
"""

from __future__ import annotations

import re
import unicodedata

from models.rules.decision import Allowed, Decision, Refused

LONGEST = 70
"""Characters of `Nm` in pain.008, after transliteration."""

MISSING, TOO_LONG, CHARACTERS = "MISSING", "TOO_LONG", "CHARACTERS"

_LETTERS = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "ø": "o",
        "Ø": "O", "œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
        "ı": "i", "&": "+", "’": "'", "–": "-", "—": "-",
    }
)  # fmt: skip

_SEPA = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]+", re.ASCII)


def tidied(typed: str) -> str:
    """Composed (NFC), without blanks around it and with single blanks inside."""
    if len(typed) > 1_000:  # normalising takes quadratic time; `acceptable` refuses it as it is
        return typed
    return " ".join(part for part in unicodedata.normalize("NFC", typed).split(" ") if part)


def transliterated(name: str) -> str:
    """The name in SEPA's letters; what has none of them stays."""
    apart = unicodedata.normalize("NFD", name.translate(_LETTERS))
    return "".join(character for character in apart if unicodedata.category(character) != "Mn")


def acceptable(name: str) -> Decision:
    """Whether a tidied name will do."""
    if len(name) > LONGEST:
        return Refused(TOO_LONG)
    written = transliterated(name)
    if not any(character.isalnum() for character in written):
        return Refused(MISSING)
    if len(written) > LONGEST:
        return Refused(TOO_LONG)
    # EPC230-15, section 1.1: no slash at either end, and no two together.
    if not _SEPA.fullmatch(written) or written[0] == "/" or written[-1] == "/" or "//" in written:
        return Refused(CHARACTERS)
    return Allowed()
