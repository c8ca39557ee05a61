"""Declarations made without signing in: the cancellation (§ 312k BGB) and the withdrawal (§ 356a BGB).

The law says what may be asked: what is declared (an extraordinary cancellation with its reason), who the person is, which
contract is meant, when it is to end, and where the confirmation is to be sent. A withdrawal needs no reason and no day.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from models.rules.decision import Allowed, Decision, Refused

CANCELLATION, EXTRAORDINARY, WITHDRAWAL = "CANCELLATION", "EXTRAORDINARY_CANCELLATION", "WITHDRAWAL"

LONGEST = {"name": 160, "identification": 200, "contract": 400, "reason": 2_000}
"""Characters of each text."""

FURTHEST_YEARS = 10
"""How far ahead a contract can be asked to end: the longest terms there are end before."""

EMPTY, TOO_LONG, CHARACTERS, NOT_ASKED, PAST, TOO_FAR, ENDED = (
    "EMPTY",
    "TOO_LONG",
    "CHARACTERS",
    "NOT_ASKED",
    "PAST",
    "TOO_FAR",
    "CONTRACT_ENDED",
)

_MULTILINE = frozenset({"reason"})
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs that show nothing: the fillers of Hangul, and the empty pattern of Braille."""

_OPTIONAL = frozenset({"identification"})


def normal(field: str, typed: str) -> str:
    """The text as it is kept: composed (NFC), without blanks around it; one line, but for a reason.

    A text that is far too long stays so: normalising one takes quadratic time.
    """
    if len(typed) > 2 * LONGEST[field]:
        return typed
    composed = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").replace("\t", " ")
    if field in _MULTILINE:
        return "\n".join(line.rstrip(" ") for line in composed.strip(" \n").split("\n"))
    return " ".join(part for part in composed.split(" ") if part)


def acceptable(field: str, text: str) -> Decision:
    """Whether a normal text will do: something that can be read, with nothing in it that cannot be seen."""
    if len(text) > LONGEST[field]:
        return Refused(TOO_LONG)
    shown = text.replace("\n", "") if field in _MULTILINE else text
    if any(unicodedata.category(character) in _HIDDEN or character in _BLANK_LETTERS for character in shown):
        return Refused(CHARACTERS)
    if not any(character.isalnum() for character in shown) and not (field in _OPTIONAL and not shown):
        return Refused(EMPTY)
    return Allowed()


def reason_fits(kind: str, reason: str | None) -> Decision:
    """An extraordinary cancellation has a reason, nothing else is asked for one (§ 312k (2) No. 1 (a) BGB)."""
    if kind == EXTRAORDINARY:
        return Refused(EMPTY) if reason is None else Allowed()
    return Allowed() if reason is None else Refused(NOT_ASKED)


def day_fits(kind: str, requested_on: date | None, today: date) -> Decision:
    """Whether a contract can be asked to end on a day; `None` is the next possible. A withdrawal names none."""
    if requested_on is None:
        return Allowed()
    if kind == WITHDRAWAL:
        return Refused(NOT_ASKED)
    if requested_on < today:
        return Refused(PAST)
    return Refused(TOO_FAR) if requested_on.year > today.year + FURTHEST_YEARS else Allowed()


def extraordinary_possible(contract_state: str) -> Decision:
    """A contract that runs can be ended for good cause whatever was agreed (§ 314 BGB), also one that is cancelled already."""
    return Refused(ENDED) if contract_state == "ENDED" else Allowed()


@dataclass(frozen=True, slots=True)
class Content:
    """What was declared, and when it arrived (an aware UTC instant in whole seconds)."""

    number: str
    kind: str
    name: str
    identification: str | None
    contract: str
    reason: str | None
    requested_on: date | None
    email: str
    received_at: datetime

    def canonical(self) -> str:
        """The content as one line of JSON: names in alphabetical order, no blanks between, UTF-8, null for what is not said."""
        values = {
            "contract": self.contract,
            "email": self.email,
            "identification": self.identification,
            "kind": self.kind,
            "name": self.name,
            "number": self.number,
            "reason": self.reason,
            "receivedAt": f"{self.received_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "requestedOn": None if self.requested_on is None else self.requested_on.isoformat(),
        }
        return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def sha256(self) -> str:
        """The digest of the canonical form, 64 hexadecimal digits: whoever has the receipt can compute it again."""
        return sha256(self.canonical().encode()).hexdigest()


def contract_named(text: str, numbers: Mapping[str, str]) -> str | None:
    """The one contract that a text names by its contract or order number; `None` when it names none, or several.

    `numbers` maps numbers to the contracts they stand for. A number counts where it stands alone: `V-12` is not in `V-123`.
    """
    folded = text.casefold()
    named = {
        contract
        for number, contract in numbers.items()
        if number and re.search(rf"(?<!\w){re.escape(number.casefold())}(?!\w)", folded)
    }
    return named.pop() if len(named) == 1 else None
