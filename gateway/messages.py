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
    "login.too_long": (
        "A login has at most {most} characters.",
        "Zugangsdaten haben höchstens {most} Zeichen.",
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
    "refused.PACKAGE_NOT_READY": (
        "The package is still being set up.",
        "Das Paket wird noch eingerichtet.",
    ),
    "refused.PACKAGE_SUSPENDED": (
        "The package is suspended. Please contact the support.",
        "Das Paket ist gesperrt. Bitte wenden Sie sich an den Support.",
    ),
    "refused.PACKAGE_CANCELLED": (
        "The package is cancelled; its contract can no longer be changed.",
        "Das Paket ist gekündigt; sein Vertrag kann nicht mehr geändert werden.",
    ),
    "refused.PACKAGE_ENDED": (
        "The package has ended.",
        "Das Paket ist beendet.",
    ),
    "http.host": (
        "This host name is not served here.",
        "Dieser Hostname wird hier nicht bedient.",
    ),
    "http.path": (
        "There is nothing at this address.",
        "Unter dieser Adresse gibt es nichts.",
    ),
    "http.method": (
        "This method is not possible here; the Allow header names those that are.",
        "Diese Methode ist hier nicht möglich; der Allow-Header nennt die möglichen.",
    ),
    "http.accept": (
        "Accept must allow application/json or application/graphql-response+json.",
        "Accept muss application/json oder application/graphql-response+json zulassen.",
    ),
    "http.media_type": (
        "Send the request as application/json in UTF-8, not compressed.",
        "Bitte senden Sie die Anfrage unkomprimiert als application/json in UTF-8.",
    ),
    "http.body_size": (
        "The request body has at most {most} bytes.",
        "Eine Anfrage hat höchstens {most} Bytes.",
    ),
    "http.slow": (
        "The request took too long to arrive.",
        "Die Übertragung der Anfrage dauerte zu lange.",
    ),
    "http.header_size": (
        "The request headers are too large.",
        "Die Kopfzeilen der Anfrage sind zu groß.",
    ),
    "http.malformed": (
        "This is not a valid HTTP request.",
        "Das ist keine gültige HTTP-Anfrage.",
    ),
    "request.json": (
        "The request body is not valid JSON in UTF-8.",
        "Die Anfrage ist kein gültiges JSON in UTF-8.",
    ),
    "request.object": (
        "The request body must be one JSON object.",
        "Die Anfrage muss ein JSON-Objekt sein.",
    ),
    "request.batch": (
        "Send one operation per request; lists of operations are not answered.",
        "Bitte senden Sie eine Operation je Anfrage; Listen von Operationen werden nicht beantwortet.",
    ),
    "request.duplicate": (
        "A key occurs twice in a JSON object of the request.",
        "Ein Schlüssel kommt in einem JSON-Objekt der Anfrage doppelt vor.",
    ),
    "request.nesting": (
        "The request is nested more than {most} levels deep.",
        "Die Anfrage ist mehr als {most} Ebenen tief verschachtelt.",
    ),
    "request.query": (
        "query must be a string.",
        "query muss ein String sein.",
    ),
    "request.operation_name": (
        "operationName must be a string or null.",
        "operationName muss ein String oder null sein.",
    ),
    "request.variables": (
        "variables must be an object or null.",
        "variables muss ein Objekt oder null sein.",
    ),
    "request.extensions": (
        "extensions must be an object or null.",
        "extensions muss ein Objekt oder null sein.",
    ),
    "query.limit": (
        "This operation goes beyond a limit: {limit} is at most {most}.",
        "Diese Anfrage überschreitet eine Grenze: {limit} ist höchstens {most}.",
    ),
    "query.unfit": (
        "This part of the operation does not fit the schema.",
        "Dieser Teil der Anfrage passt nicht zum Schema.",
    ),
    "query.not_unicode": (
        "The text of the operation is not valid Unicode.",
        "Der Text der Anfrage ist kein gültiges Unicode.",
    ),
    "query.missing": (
        "There is no operation in the request.",
        "Die Anfrage enthält keine Operation.",
    ),
    "introspection.disabled": (
        "Introspection is switched off here.",
        "Introspektion ist hier abgeschaltet.",
    ),
    "operation.unknown": (
        "The document has no operation of that name.",
        "Das Dokument enthält keine Operation dieses Namens.",
    ),
    "operation.name_needed": (
        "The document has several operations; operationName must say which one.",
        "Das Dokument enthält mehrere Operationen; operationName muss sagen, welche gemeint ist.",
    ),
    "operation.not_listed": (
        "Only operations from the published list are answered here, and this is not one of them.",
        "Hier werden nur Operationen der veröffentlichten Liste beantwortet; diese gehört nicht dazu.",
    ),
    # Apollo's protocol: clients look for exactly this message, in every language.
    "persisted.not_found": ("PersistedQueryNotFound", "PersistedQueryNotFound"),
    "persisted.malformed": (
        "extensions.persistedQuery must be {{version: 1, sha256Hash: 64 hexadecimal digits in lower case}}.",
        "extensions.persistedQuery muss {{version: 1, sha256Hash: 64 hexadezimale Ziffern in Kleinschreibung}} sein.",
    ),
    "persisted.mismatch": (
        "The text of the operation does not have the SHA-256 hash that was sent with it.",
        "Der Text der Operation hat nicht den mitgesandten SHA-256-Hash.",
    ),
    "variables.unfit": (
        "These variables have values their types do not allow: {names}.",
        "Diese Variablen haben Werte, die ihr Typ nicht zulässt: {names}.",
    ),
    "argument.unfit": (
        "An argument of this field has a value its type does not allow.",
        "Ein Argument dieses Feldes hat einen Wert, den sein Typ nicht zulässt.",
    ),
    "download.credentials": (
        "Send either a token or a ticket, not both.",
        "Bitte senden Sie entweder ein Token oder ein Ticket, nicht beides.",
    ),
    "download.language": (
        "language must be de or en.",
        "language muss de oder en sein.",
    ),
    "not_found": ("There is no such object.", "Dieses Objekt gibt es nicht."),
}


def message(key: str, language: str, **params: Any) -> str:
    """The text of `key` in `language`; English for a language nobody wrote.

    Raises `KeyError` for an unknown key: a message that was never written is a defect, not a fallback.
    """
    english, german = MESSAGES[key]
    return (german if language == "de" else english).format(**params)
