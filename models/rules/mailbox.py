"""Mailboxes: how large they can be, what an automatic reply can say and when it is sent, and what can be done with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from models.rules.decision import Allowed, Decision, Refused
from models.rules.package import decide as decide_function
from models.rules.visible_text import shows_something

FUNCTION = "EMAILS"
"""The entry of a package's menu that mail belongs to."""

SMALLEST = 10
"""MiB: below this not even one mail with an attachment fits."""

LARGEST = 100_000
"""MiB: the most for packages whose kind has no web space of its own."""

LONGEST_NAME, LONGEST_SUBJECT, LONGEST_TEXT = 80, 160, 4_000
"""Code points."""

QUOTA_OUT_OF_RANGE, QUOTA_BELOW_USED = "QUOTA_OUT_OF_RANGE", "QUOTA_BELOW_USED"

MISSING, TOO_LONG, CHARACTERS = "MISSING", "TOO_LONG", "CHARACTERS"

DAYS_TURNED, DAYS_OVER = "DAYS_TURNED", "DAYS_OVER"

NO_AUTO_REPLY = "NO_AUTO_REPLY"

CHANGE, PASSWORD_CHANGE, AUTO_REPLY_SET, AUTO_REPLY_CLEAR, DELETE = (
    "CHANGE",
    "PASSWORD_CHANGE",
    "AUTO_REPLY_SET",
    "AUTO_REPLY_CLEAR",
    "DELETE",
)

_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
"""Categories of Unicode that end a header, that nobody sees, or that turn the direction of what stands beside them."""

_JOINERS = frozenset({"\u200c", "\u200d"})
"""They hold the parts of letters and of emoji together."""


def most_quota(web_space_mb: int) -> int:
    """The largest quota of one mailbox in MiB: all the web space the package's kind has, which mail is part of."""
    return min(web_space_mb, 2**31 - 1) if web_space_mb >= SMALLEST else LARGEST


def quota_acceptable(quota_mb: int, web_space_mb: int, before_mb: int | None = None, used_mb: int = 0) -> Decision:
    """Whether a mailbox can hold `quota_mb`. A quota is the most it may hold, no space that is kept free for it.

    What it has already (`before_mb`) it keeps. Refuses with `QUOTA_OUT_OF_RANGE`, or `QUOTA_BELOW_USED` when more is in it.
    """
    if quota_mb == before_mb:
        return Allowed()
    if not SMALLEST <= quota_mb <= most_quota(web_space_mb):
        return Refused(QUOTA_OUT_OF_RANGE)
    return Refused(QUOTA_BELOW_USED) if quota_mb < used_mb else Allowed()


def line_acceptable(text: str, longest: int) -> Decision:
    """Whether a text can stand in a header of a mail: one line. Refuses with `MISSING`, `TOO_LONG`, `CHARACTERS`."""
    if not text:
        return Refused(MISSING)
    if len(text) > longest:
        return Refused(TOO_LONG)
    return Refused(CHARACTERS) if any(map(_unseen, text)) or not shows_something(text) else Allowed()


def text_acceptable(text: str) -> Decision:
    """Whether an automatic reply can say this: as `line_acceptable`, in as many lines as there are."""
    if not text.strip():
        return Refused(MISSING)
    if len(text) > LONGEST_TEXT:
        return Refused(TOO_LONG)
    hidden = any(_unseen(letter) for letter in text if letter not in "\n\t")
    return Refused(CHARACTERS) if hidden or not shows_something(text) else Allowed()


def tidied(typed: str) -> str:
    """A line as it is stored: composed (NFC), with single blanks between words; line breaks stay, to be refused."""
    if len(typed) > 8 * LONGEST_SUBJECT:  # normalising takes quadratic time; `line_acceptable` refuses it as it is
        return typed
    words = unicodedata.normalize("NFC", typed).split(" ")
    return " ".join(word for word in words if word)


def tidied_text(typed: str) -> str:
    """A text as it is stored: composed (NFC), lines ended alike, nothing blank around it."""
    if len(typed) > 8 * LONGEST_TEXT:  # as in `tidied`
        return typed
    return unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()


def days_acceptable(first: date | None, last: date | None, today: date) -> Decision:
    """Whether an automatic reply can run from `first` to the end of `last`, either open.

    Refuses with `DAYS_TURNED` when it would end before it begins, `DAYS_OVER` when it would have ended already.
    """
    if first is not None and last is not None and last < first:
        return Refused(DAYS_TURNED)
    return Refused(DAYS_OVER) if last is not None and last < today else Allowed()


def replies_on(text: str | None, first: date | None, last: date | None, today: date) -> bool:
    """Whether the automatic reply is sent on `today` (Europe/Berlin)."""
    return text is not None and (first is None or first <= today) and (last is None or today <= last)


def decide(action: str, functions: Iterable[str], package_state: str, *, has_auto_reply: bool) -> Decision:
    """Whether something can be done with a mailbox now: as the package's menu says, and a reply is cleared where one is."""
    decision = decide_function(FUNCTION, functions, package_state)
    if isinstance(decision, Refused) or action != AUTO_REPLY_CLEAR:
        return decision
    return Allowed() if has_auto_reply else Refused(NO_AUTO_REPLY)


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN and letter not in _JOINERS
