"""What people read, in English and German. A key is found by its code path; a language that is missing breaks a test."""

from __future__ import annotations

from typing import Any

LANGUAGES = ("en", "de")

MESSAGES: dict[str, tuple[str, str]] = {
    "unauthenticated": ("Sign in first.", "Bitte melden Sie sich zuerst an."),
    "token.invalid": (
        "This token is invalid, expired or revoked. Sign in again.",
        "Dieses Token ist ungültig, abgelaufen oder widerrufen. Bitte melden Sie sich erneut an.",
    ),
    "forbidden.scope": (
        "This needs the scope {scope}, which this session does not have.",
        "Dafür ist die Berechtigung {scope} nötig, die diese Sitzung nicht hat.",
    ),
    "rate_limited": (
        "Too many attempts. Try again in {seconds} seconds.",
        "Zu viele Versuche. Bitte versuchen Sie es in {seconds} Sekunden erneut.",
    ),
    "internal": (
        "Something went wrong on our side. Please try again; if it stays, tell the support the error id.",
        "Bei uns ist ein Fehler aufgetreten. Bitte versuchen Sie es erneut; bleibt er, nennen Sie dem Support die Fehler-ID.",
    ),
    "unavailable": (
        "The service is busy or under maintenance. Please try again shortly.",
        "Der Dienst ist überlastet oder wird gewartet. Bitte versuchen Sie es gleich noch einmal.",
    ),
    "timeout": (
        "The request took too long and was stopped. Ask for less at once.",
        "Die Anfrage dauerte zu lange und wurde abgebrochen. Bitte fragen Sie weniger auf einmal ab.",
    ),
    "credentials.invalid": (
        "The login or the password is wrong.",
        "Die Zugangsdaten sind falsch.",
    ),
    "page.first_and_last": (
        "Give either first or last, not both.",
        "Bitte geben Sie entweder first oder last an, nicht beides.",
    ),
    "page.size": (
        "A page has between 1 and {most} entries.",
        "Eine Seite hat zwischen 1 und {most} Einträge.",
    ),
    "page.after_and_before": (
        "Give either after (with first) or before (with last).",
        "Bitte geben Sie entweder after (mit first) oder before (mit last) an.",
    ),
    "page.cursor": (
        "This cursor does not belong to this list in this order. Start again without a cursor.",
        "Dieser Cursor gehört nicht zu dieser Liste in dieser Sortierung. Bitte beginnen Sie ohne Cursor.",
    ),
    "search.too_long": (
        "A search text has at most {most} characters.",
        "Ein Suchtext hat höchstens {most} Zeichen.",
    ),
    "ids.too_many": (
        "At most {most} ids at a time.",
        "Höchstens {most} IDs auf einmal.",
    ),
    "order.too_many": (
        "At most {most} order entries, each field once.",
        "Höchstens {most} Sortierkriterien, jedes Feld einmal.",
    ),
    "filter.too_many": (
        "At most {most} values in one filter.",
        "Höchstens {most} Werte in einem Filter.",
    ),
    "text.not_allowed": (
        "The text holds characters that are not allowed here (control characters).",
        "Der Text enthält hier nicht erlaubte Zeichen (Steuerzeichen).",
    ),
    "not_found": ("There is no such object.", "Dieses Objekt gibt es nicht."),
}


def message(key: str, language: str, **params: Any) -> str:
    """The text of `key` in `language`; English for a language nobody wrote.

    Raises `KeyError` for an unknown key: a message that was never written is a defect, not a fallback.
    """
    english, german = MESSAGES[key]
    return (german if language == "de" else english).format(**params)
