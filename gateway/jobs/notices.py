"""The texts of the mails about the security of an account, in German and English (SECURITY AU9).

They are written when they are sent: the outbox row holds what happened, in no language.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gateway.ports.mail import Mail
from models import OutboxMessage

PREFIX = "mail."

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "new_device_sign_in": {
        "de": (
            "Neue Anmeldung in Ihrem Kundenkonto",
            "am {at} hat sich jemand mit Ihren Zugangsdaten von einem neuen Gerät angemeldet.\n\n"
            "Gerät: {device}\nAdresse: {address}\n\n"
            "Waren Sie das selbst, ist nichts zu tun. Andernfalls ändern Sie bitte sofort Ihr Passwort "
            "und beenden Sie fremde Sitzungen in Ihrem Kundenkonto.",
        ),
        "en": (
            "New sign-in to your customer account",
            "on {at} somebody signed in with your login from a new device.\n\n"
            "Device: {device}\nAddress: {address}\n\n"
            "If that was you, there is nothing to do. If not, please change your password at once "
            "and end the sessions you do not know in your customer account.",
        ),
    },
}
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
