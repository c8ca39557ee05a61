"""What accounts for the web space are called."""

from __future__ import annotations

import re

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What the end of a username is made of: nothing that is taken for another."""

SUFFIX = 4
"""Letters at its end: some 900,000 names for each package."""

LONGEST = 32
"""Characters, as useradd(8) takes them."""


def username(identification: str, suffix: str) -> str:
    """The name of an account: what the package is called in the host's systems, and `suffix`. It begins with a letter."""
    stem = re.sub(r"[^a-z0-9]+", "-", identification.lower(), flags=re.ASCII).strip("-")
    stem = stem if stem[:1].isalpha() else f"w{stem}"
    return f"{stem[: LONGEST - SUFFIX - 1].rstrip('-')}-{suffix}"
