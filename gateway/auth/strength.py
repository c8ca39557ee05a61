"""How hard a password is to guess, for somebody who knows the customer and speaks German (SECURITY AU4).

zxcvbn (https://github.com/dropbox/zxcvbn) knows English words and leaked passwords; German words and the customer's own data
are added. It is slow for some texts, so it runs on a thread and looks at a bounded part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models import Customer
from models.rules.password import LEAST_SCORE, normalised

LOOKED_AT = 72
"""Characters zxcvbn takes at most."""

_NAME, _WORD = re.compile(r"[^\s@.,;/&]{3,}"), re.compile(r"[^\W_]{3,}")
_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Hint(StrEnum):
    """What makes a password easier to guess, or would make it harder."""

    LONGER = "password.hint_longer"
    OWN_DATA = "password.hint_own_data"
    COMMON = "password.hint_common"
    NAMES = "password.hint_names"
    KEYBOARD = "password.hint_keyboard"
    REPEATS = "password.hint_repeats"
    SEQUENCE = "password.hint_sequence"
    DATES = "password.hint_dates"


_BY_DICTIONARY = {
    "user_inputs": Hint.OWN_DATA,
    "surnames": Hint.NAMES,
    "male_names": Hint.NAMES,
    "female_names": Hint.NAMES,
}
_BY_PATTERN = {
    "spatial": Hint.KEYBOARD,
    "repeat": Hint.REPEATS,
    "sequence": Hint.SEQUENCE,
    "regex": Hint.DATES,
    "date": Hint.DATES,
}


@dataclass(frozen=True, slots=True)
class Strength:
    """`score` is 0 (guessed at once) to 4; `hints` say why it is not more, none when it is enough."""

    score: int
    hints: tuple[Hint, ...] = ()


def own_words(customer: Customer) -> list[str]:
    """What somebody who knows the customer tries first, in the spellings people use."""
    texts = (
        customer.number, customer.username, customer.first_name, customer.last_name, customer.company_name,
        customer.email, customer.invoice_email, customer.street, customer.postcode, customer.city, customer.vat_id,
    )  # fmt: skip
    whole = [text.lower() for text in texts if text]
    words = [*whole, *(word for form in (_NAME, _WORD) for text in whole for word in form.findall(text))]
    return list(dict.fromkeys(spelling for word in words for spelling in (word, word.translate(_SPELLINGS))))


def estimate(password: str, own: Iterable[str]) -> Strength:
    """The strength of a password of a customer whose words are `own`. Takes up to a fifth of a second: not on the loop."""
    from gateway.auth.guesses import guessed  # brings megabytes of words, for the few who change a password

    found = guessed(normalised(password)[:LOOKED_AT], own)
    if found is None:
        return Strength(0, (Hint.LONGER,))
    score = int(found["score"])
    if score >= LEAST_SCORE:
        return Strength(score)
    hints = (_hint(match) for match in found["sequence"])
    return Strength(score, tuple(dict.fromkeys((Hint.LONGER, *(hint for hint in hints if hint)))))


def _hint(match: dict[str, Any]) -> Hint | None:
    if match["pattern"] == "dictionary":
        return _BY_DICTIONARY.get(match["dictionary_name"], Hint.COMMON)
    return _BY_PATTERN.get(match["pattern"])
