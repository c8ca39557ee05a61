"""What people say about pages: kept, and told to the operator by mail, in one unit of work."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from gateway.auth.address import throttle_network
from gateway.auth.allowance import Allowance
from gateway.auth.client import Client
from gateway.auth.viewer import Viewer
from gateway.errors import bad_input
from gateway.keys import Keyring
from gateway.settings import Settings
from models import Feedback, OutboxMessage
from models.database import in_unit_of_work

WORST, BEST = 1, 5
LONGEST_TEXT = 4_000
LONGEST_PAGE = 200
HOUR = 3_600

_ASIDE = re.compile(r"[?#].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Given:
    """Feedback as it was sent."""

    rating: int
    text: str | None
    page: str | None


class FeedbackBox:
    """Takes feedback from anybody, and only so much an hour of one session and of one address."""

    def __init__(self, keyring: Keyring, settings: Settings) -> None:
        most = settings.feedback_per_hour
        self._of_session = Allowance(keyring, "feedback of session", most=most, window=HOUR)
        self._of_address = Allowance(keyring, "feedback of address", most=4 * most, window=HOUR)  # an office has one
        self._operator = settings.feedback_email

    async def take(self, given: Given, viewer: Viewer | None, client: Client, language: str, now: datetime) -> None:
        """Keep it. Raises `BAD_USER_INPUT`, `RATE_LIMITED`; nothing of what was sent is told again.

        Feedback of a package login is its own: the mail about it is no row of the customer.
        """
        rating, text, page = _rating(given.rating), _text(given.text), _page(given.page)
        network = throttle_network(client.address)
        # The session first: one that has used up its own takes nothing from the others at its address.
        await self._of_session.spend(network if viewer is None else viewer.api_token_id or viewer.session_id, now)
        await self._of_address.spend(network, now)

        async def write() -> None:
            row = await Feedback.create(
                customer_id=None if viewer is None else viewer.customer_id,
                package_id=None if viewer is None else viewer.package_id,
                rating=rating,
                text=text,
                page=page,
                created_at=now,
            )
            if self._operator is not None:
                await _tell(self._operator, row, language, now)

        await in_unit_of_work(write)


async def _tell(operator: str, row: Feedback, language: str, now: datetime) -> None:
    payload = {
        "to": [operator],
        "language": language,
        "at": now.isoformat(),
        "rating": row.rating,
        "page": row.page,
        "text": (row.text or "–").split("\n"),
        "feedback_id": row.id,
    }
    await OutboxMessage.create(kind="mail.feedback_received", payload=payload, created_at=now, available_at=now)


def _rating(rating: int) -> int:
    if not WORST <= rating <= BEST:
        raise bad_input("feedback.rating", path=("input", "rating"), worst=WORST, best=BEST)
    return rating


def _text(text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    if len(text) > LONGEST_TEXT:
        raise bad_input("feedback.text_too_long", path=("input", "text"), most=LONGEST_TEXT)
    text = text.replace("\r\n", "\n").replace("\t", " ").strip()
    if not _printable(text.replace("\n", "")):
        raise bad_input("text.not_allowed", path=("input", "text"))
    return text


def _page(page: str | None) -> str | None:
    """The page without what may be secret: links in mails carry their codes there."""
    kept = _ASIDE.sub("", page or "").strip()
    if len(kept) > LONGEST_PAGE:
        raise bad_input("feedback.page_too_long", path=("input", "page"), most=LONGEST_PAGE)
    if not _printable(kept):
        raise bad_input("text.not_allowed", path=("input", "page"))
    return kept or None


def _printable(text: str) -> bool:
    return not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text)
