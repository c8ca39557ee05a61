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

_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
"""The alphabets of the Union's languages (Art. 55 TEU); documents are printed in these."""

_SIGNS = frozenset(" .,'’-()&/")


def normal(name: str) -> str:
    """The name as it is stored and printed: composed (NFC), with single spaces between its words."""
    return " ".join(part for part in unicodedata.normalize("NFC", name[: 4 * LONGEST]).split(" ") if part)


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
    return character.isalpha() and _script(character) in _SCRIPTS and _is_plain(character)


def _is_plain(character: str) -> bool:
    """Whether it is a letter, not a ligature, a full-width form or another costume of one."""
    return unicodedata.normalize("NFKC", character) == character


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _scripts(word: str) -> set[str]:
    return {_script(character) for character in word if character.isalpha()}
