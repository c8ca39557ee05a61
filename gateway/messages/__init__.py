"""What people read, in English and German, one file per noun. A key is found by its code path.

A language that is missing breaks a test, and so does a key that two files have.
"""

from __future__ import annotations

from typing import Any

from gateway.messages import (
    acme_challenge,
    activity,
    agreement,
    api_token,
    backup,
    cancellation,
    contract,
    cron_job,
    customer,
    data_report,
    debit,
    declaration,
    download,
    feedback,
    form,
    general,
    hosted_database,
    idempotency,
    invoice_export,
    lists,
    mail_client,
    mail_security,
    mailbox,
    operation,
    package,
    password,
    provisioning,
    reauthentication,
    request,
    sftp_account,
    sign_in,
    tariff_change,
    two_factor,
    username,
    web_host,
    website_app,
    zone,
)

LANGUAGES = ("en", "de")

PARTS = (
    acme_challenge,
    activity,
    api_token,
    general,
    idempotency,
    lists,
    request,
    sign_in,
    package,
    download,
    reauthentication,
    two_factor,
    data_report,
    invoice_export,
    declaration,
    agreement,
    cancellation,
    username,
    feedback,
    form,
    password,
    customer,
    debit,
    sftp_account,
    cron_job,
    web_host,
    hosted_database,
    website_app,
    backup,
    mail_client,
    mail_security,
    mailbox,
    zone,
    operation,
    provisioning,
    contract,
    tariff_change,
)

MESSAGES: dict[str, tuple[str, str]] = {key: texts for part in PARTS for key, texts in part.MESSAGES.items()}
"""English and German by key."""


def message(key: str, language: str, **params: Any) -> str:
    """The text of `key` in `language`; English for a language nobody wrote.

    Raises `KeyError` for an unknown key: a message that was never written is a defect, not a fallback.
    """
    english, german = MESSAGES[key]
    return (german if language == "de" else english).format(**params)
