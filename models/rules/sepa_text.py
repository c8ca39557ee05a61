"""Texts in the characters that every bank of SEPA passes on (EPC217-08: the Latin set of ISO 20022)."""

from __future__ import annotations

import re
import unicodedata

_GERMAN = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS",
        "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
        "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i", "&": "+", "_": "-", "–": "-", "—": "-", "’": "'", "€": "EUR",
    }
)  # fmt: skip
_OUTSIDE = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


def sepa_text(text: str, longest: int) -> str:
    """`text` in those characters, at most `longest` of them; what has no likeness becomes a full stop.

    Umlauts are written as two letters (DK, Anlage 3 of the DFÜ agreement). Blanks are single, and no slash begins, ends or
    follows another. Never empty: a dot stands for nothing.
    """
    written = unicodedata.normalize("NFC", text).translate(_GERMAN)
    plain = "".join(c for c in unicodedata.normalize("NFKD", written) if not unicodedata.combining(c))
    single = " ".join(re.sub(r"/{2,}", "/", _OUTSIDE.sub(".", " ".join(plain.split()))).split())
    return single[:longest].strip("/ ") or "."
