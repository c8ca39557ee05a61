"""Host names (RFC 952, 1035, 1123, 5890): whether one can be, given its labels in Unicode and as the DNS has them."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 253
"""Characters of a whole name without the dot behind (RFC 1035 §2.3.4: 255 octets with the lengths)."""

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)

_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
"""Scripts that one label may mix (UTS 39 §5.2, highly restrictive)."""

_LATIN_IN_CYRILLIC = frozenset("асԁеһіјӏорԛѕԝхуѵ")
_LATIN_IN_GREEK = frozenset("αικνορτυωχ")
"""Letters that are taken for Latin ones; a label of nothing else is read as another name than it is (UTS 39 §4)."""


def is_host_name(ascii_name: str) -> bool:
    """Whether a name in lower-case A-labels, without a dot behind, is one of a host: two labels at least, no address."""
    labels = ascii_name.split(".")
    if not len(labels) >= 2 or len(ascii_name) > LONGEST or labels[-1].isdigit():
        return False
    return all(map(is_label, labels))


def is_label(label: str) -> bool:
    """Whether a label can be one of a host: letters, digits, hyphens inside, at most 63 (RFC 1123 §2.1)."""
    return _LABEL.fullmatch(label) is not None


def is_deceptive(label: str) -> bool:
    """Whether a label in Unicode is made to be taken for another one: scripts are mixed, or all of it looks like Latin."""
    if label.isascii():
        return False
    letters = [character for character in label if unicodedata.category(character)[0] in "LM"]
    scripts = {_script(letter) for letter in letters} - {"COMBINING"}
    if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
        return True
    return bool(letters) and (set(letters) <= _LATIN_IN_CYRILLIC or set(letters) <= _LATIN_IN_GREEK)


def _script(letter: str) -> str:
    word = unicodedata.name(letter, "UNKNOWN").partition(" ")[0].partition("-")[0]
    return "CJK" if word == "IDEOGRAPHIC" else word
