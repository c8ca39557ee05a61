"""The name somebody signs an agreement with: one that a court could read, and that is nothing else."""

from __future__ import annotations

import unicodedata

from models.rules.decision import Allowed, Decision, Refused

SHORTEST, LONGEST = 3, 160

TOO_SHORT, TOO_LONG, CHARACTERS, MIXED = (
    "SIGNATORY_TOO_SHORT",
    "SIGNATORY_TOO_LONG",
    "SIGNATORY_CHARACTERS",
    "SIGNATORY_MIXED",
)

_LETTERS = (
    (0x0041, 0x017F), (0x01A0, 0x01A1), (0x01AF, 0x01B0), (0x01CD, 0x01DC), (0x0218, 0x021B), (0x1E80, 0x1E85),
    (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x0386, 0x03CE), (0x0400, 0x045F), (0x0490, 0x0491),
)  # fmt: skip
"""The alphabets of the Union's languages (Art. 55 TEU), and what Vietnamese and Ukrainian add: all of it can be printed."""

_SIGNS = frozenset(" .,'’-()&/")


def normal(name: str) -> str:
    """The name as it is stored and printed: composed (NFC), with single spaces between its words.

    A text that is far too long stays so: normalising one takes quadratic time.
    """
    if len(name) > 4 * LONGEST:
        return name
    return " ".join(part for part in unicodedata.normalize("NFC", name).split(" ") if part)


def acceptable(name: str) -> Decision:
    """Whether a normal name can stand under an agreement.

    A word is of one alphabet, so that it reads as what it is: `Мarie` with a Cyrillic М is refused.
    """
    if len(name) > LONGEST:
        return Refused(TOO_LONG)
    if not all(_fits(character) for character in name):
        return Refused(CHARACTERS)
    if len(name) < SHORTEST or sum(character.isalpha() for character in name) < 2:
        return Refused(TOO_SHORT)
    if any(len(_scripts(word)) > 1 for word in name.split(" ")):
        return Refused(MIXED)
    return Allowed()


def _fits(character: str) -> bool:
    if character in _SIGNS or "0" <= character <= "9":
        return True
    known = any(first <= ord(character) <= last for first, last in _LETTERS)
    return known and character.isalpha() and _is_plain(character)


def _is_plain(character: str) -> bool:
    """Whether it is a letter, not a ligature, a full-width form or another costume of one."""
    return unicodedata.normalize("NFKC", character) == character


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _scripts(word: str) -> set[str]:
    return {_script(character) for character in word if character.isalpha()}
