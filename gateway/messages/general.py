"""What any request can be told."""

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
    "reauthentication.required": (
        "Confirm with your password first (`reauthenticate`); this holds for a few minutes.",
        "Bitte bestätigen Sie dies zuerst mit Ihrem Passwort (`reauthenticate`); das gilt für einige Minuten.",
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
    "not_found": ("There is no such object.", "Dieses Objekt gibt es nicht."),
}
