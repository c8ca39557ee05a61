"""What somebody notes beside a thing to know it again."""

from __future__ import annotations

from models.rules import package_name
from models.rules.decision import Refused

LONGEST = package_name.LONGEST
"""Code points."""

TOO_LONG, CHARACTERS = package_name.TOO_LONG, package_name.CHARACTERS


def tidied(typed: str | None) -> str | Refused | None:
    """The label as it is stored; `None` for none and for blanks. Refuses with `TOO_LONG` or `CHARACTERS`."""
    label = package_name.tidied(typed or "")
    if not label:
        return None
    decision = package_name.acceptable(label)
    return decision if isinstance(decision, Refused) else label
