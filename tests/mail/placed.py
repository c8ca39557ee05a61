"""Mails as tests make them: an outbox row for any notice, with a value in each place of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from string import Formatter
from typing import Any

from gateway.jobs.notices import NOTICES
from gateway.keys import Keyring
from models import OutboxMessage

AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
PORTAL = "https://portal.host.example"
KEYRING = Keyring({1: b"k" * 32})
PATH = "/confirm#code=gwl_5e9a&kind=email"
HOSTILE = "<b>\"Grüße\"</b> & '€'\r\nhttps://evil.example \u202e{at.__class__} {portal}"
"""What a person may have stored in a name: markup, quotes, a second line, a link, a turn of direction, a template."""

SHOWN = "<b>\"Grüße\"</b> & '€' https://evil.example {at.__class__} {portal}"
"""How it is shown: as one line of text."""


def places(notice: str) -> set[str]:
    """The names in braces in any text of a notice."""
    texts = [text for _, text in NOTICES[notice].values()]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def placed(notice: str, language: str, value: Any = HOSTILE, **others: Any) -> OutboxMessage:
    """The row of a notice, each place of which has `value`, but links and times, which have what belongs there."""
    values: dict[str, Any] = dict.fromkeys(places(notice) - {"portal"}, value)
    for name in values:
        if name == "link":
            values[name] = PATH
        elif name.endswith("_at"):
            values[name] = AT.isoformat()
        elif name.endswith("_on"):
            values[name] = AT.date().isoformat()
    payload = {"to": ["katharina@host.example"], "language": language} | values | {"at": AT.isoformat()} | others
    return OutboxMessage(kind=f"mail.{notice}", payload=payload, created_at=AT, available_at=AT)


class Seen(HTMLParser):
    """A mail's HTML as a reader sees it, and what is in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[tuple[str, Mapping[str, str | None]]] = []
        self._hidden = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden = tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data


def words(text: str) -> list[str]:
    """A text without its line breaks and signs of quoting."""
    return re.sub(r"^> ?", "", text, flags=re.MULTILINE).split()
