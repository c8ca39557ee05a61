"""How text is folded for sorting and searching, the same on every database.

Databases disagree about letters beyond ASCII (SQLite folds none, PostgreSQL as its locale says), so the folded form is
computed here, stored beside the text it belongs to, and compared byte by byte.
"""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Text as a person looks it up: case and accents ignored, `ß` as `ss` (the order of DIN 5007-1).

    `"Ärzte"`, `"ARZTE"` and `"arzte"` fold to the same key. Letters without a decomposition (`ø`, `ł`) stay as they are.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
