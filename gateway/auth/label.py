"""Labels as people type them."""

from __future__ import annotations

from gateway.errors import bad_input
from models.rules import label as rule
from models.rules.decision import Refused

PATH = ("input", "label")

_WORDS = {rule.TOO_LONG: "label.too_long", rule.CHARACTERS: "label.characters"}


def read_label(typed: str | None) -> str | None:
    """The label to store; `None` for none. Raises `BAD_USER_INPUT`."""
    label = rule.tidied(typed)
    if isinstance(label, Refused):
        raise bad_input(_WORDS[label.reason], path=PATH, longest=rule.LONGEST)
    return label
