"""The texts of the mails about the security of an account, in German and English (SECURITY AU9).

One file per noun: notice → language → (subject, text). They are written when they are sent: the outbox row holds what
happened, in no language. `values.py` says what can stand in braces, `layout.py` how it looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from gateway.jobs.notices import (
    agreement,
    api_token,
    cancellation,
    customer,
    data_report,
    debit,
    declaration,
    feedback,
    hand_back,
    invoice,
    layout,
    package_password,
    password,
    sign_in,
    tariff_change,
    two_factor,
    username,
)
from gateway.jobs.notices.values import values_of
from gateway.ports.mail import Attachment, Mail
from models import OutboxMessage

PREFIX = "mail."

PARTS = (
    sign_in,
    api_token,
    data_report,
    agreement,
    cancellation,
    declaration,
    two_factor,
    username,
    password,
    package_password,
    hand_back,
    customer,
    debit,
    invoice,
    feedback,
    tariff_change,
)

NOTICES: dict[str, dict[str, tuple[str, str]]] = {name: texts for part in PARTS for name, texts in part.NOTICES.items()}
"""Subject and text by notice and language."""


def notice_mail(
    message: OutboxMessage,
    portal_url: str,
    secrets: Mapping[str, Any] = MappingProxyType({}),
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """The mail of an outbox row whose kind is `mail.{notice}`; its links lead to `portal_url`.

    `secrets` are values that the row holds only sealed, `attachments` the files that it names. Raises `KeyError` for a
    notice without a text, `ValueError` for values no mail can hold.
    """
    payload: dict[str, Any] = message.payload | secrets
    texts = NOTICES[message.kind.removeprefix(PREFIX)]
    language = payload["language"] if payload["language"] in texts else "en"
    subject, text = texts[language]
    values = values_of(payload, language, portal_url)
    return Mail(
        id=message.id,
        to=tuple(payload["to"]),
        at=datetime.fromisoformat(payload["at"]),
        subject=subject,
        text=layout.plain(text, values, language),
        html=layout.html(subject, text, values, language),
        attachments=attachments,
    )
