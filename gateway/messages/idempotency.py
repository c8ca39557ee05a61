"""Keys by which a request that was sent again is known."""

MESSAGES: dict[str, tuple[str, str]] = {
    "idempotency.malformed": (
        "An idempotency key has 1 to {longest} visible ASCII characters; a new UUID for each intention is a good one.",
        "Ein Idempotenzschlüssel hat 1 bis {longest} sichtbare ASCII-Zeichen; gut ist eine neue UUID je Vorhaben.",
    ),
    "idempotency.reused": (
        "This idempotency key came before with another input. Use a new key for something new.",
        "Dieser Idempotenzschlüssel kam schon mit anderen Eingaben. Bitte verwenden Sie für Neues einen neuen Schlüssel.",
    ),
}
