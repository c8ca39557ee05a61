"""The texts of the mails about the security of an account, in German and English (SECURITY AU9).

One file per noun. They are written when they are sent: the outbox row holds what happened, in no language.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gateway.jobs.notices import sign_in
from gateway.ports.mail import Mail
from models import OutboxMessage

PREFIX = "mail."

PARTS = (sign_in,)

NOTICES: dict[str, dict[str, tuple[str, str]]] = {name: texts for part in PARTS for name, texts in part.NOTICES.items()}
"""Subject and text by notice and language."""

_GREETING = {"de": "Guten Tag,\n\n{text}\n\nIhr Kundenservice\n", "en": "Hello,\n\n{text}\n\nYour customer service\n"}
_UNKNOWN = {"de": "unbekannt", "en": "unknown"}


def notice_mail(message: OutboxMessage) -> Mail:
    """The mail of an outbox row whose kind is `mail.{notice}`. Raises `KeyError` for a notice without a text."""
    payload: dict[str, Any] = message.payload
    texts = NOTICES[message.kind.removeprefix(PREFIX)]
    language = payload["language"] if payload["language"] in texts else "en"
    values = {name: _UNKNOWN[language] if value is None else value for name, value in payload.items()}
    values["at"] = _instant(payload["at"], language)
    subject, text = texts[language]
    return Mail(message.id, tuple(payload["to"]), subject, _GREETING[language].format(text=text.format(**values)))


def _instant(text: str, language: str) -> str:
    instant = datetime.fromisoformat(text)
    return f"{instant:%d.%m.%Y, %H:%M} Uhr (UTC)" if language == "de" else f"{instant:%Y-%m-%d at %H:%M} UTC"
