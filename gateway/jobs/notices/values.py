"""What fills the texts of mails: one line of plain characters each, whatever was stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gateway.auth.notices import ATTACHED

LONGEST = 500
"""Characters of one value; more would not be read."""

LINK = "link"
"""The value that is a link, and the only secret a mail may hold."""

_UNKNOWN = {"de": "unbekannt", "en": "unknown"}
_ADDRESSED = ("to", "language", ATTACHED)

Value = str | tuple[str, ...]
"""One line, or the lines of something a person wrote, to be quoted."""


def values_of(payload: Mapping[str, Any], language: str, portal_url: str) -> dict[str, Value]:
    """The values of a payload, as a mail in this language shows them.

    `at` and what ends in `_at` are instants, what ends in `_on` is a day (both ISO 8601); lists are quoted, null is "unknown".
    `link` is a path of the portal. Raises `ValueError` for a link that leads elsewhere and for malformed times.
    """
    values: dict[str, Value] = {"portal": portal_url}
    for name, value in payload.items():
        if name not in _ADDRESSED:
            values[name] = _value(name, value, language, portal_url)
    return values


def _value(name: str, value: Any, language: str, portal_url: str) -> Value:
    if value is None:
        return _UNKNOWN[language]
    if name == LINK:
        return _link(value, portal_url)
    if name == "at" or name.endswith("_at"):
        return _instant(value, language)
    if name.endswith("_on"):
        return f"{date.fromisoformat(value):%d.%m.%Y}" if language == "de" else value
    if isinstance(value, list):
        return tuple(_line(str(line)) for line in value)
    return _line(str(value))[:LONGEST]


def _line(text: str) -> str:
    """One line without control and formatting characters, which could turn the text around or add lines of their own."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(visible.split())


def _link(text: str, portal_url: str) -> str:
    url = f"{portal_url}{text}" if text.startswith("/") else text
    if not url.startswith(f"{portal_url}/") or url != _line(url) or " " in url:
        raise ValueError("a link must lead to the portal")
    return url


def _instant(text: str, language: str) -> str:
    instant = datetime.fromisoformat(text)
    return f"{instant:%d.%m.%Y, %H:%M} Uhr (UTC)" if language == "de" else f"{instant:%Y-%m-%d at %H:%M} UTC"
