"""What the host's systems read when they tell about operations."""

MESSAGES: dict[str, tuple[str, str]] = {
    "provisioning.signature": (
        "The message is not signed as it must be.",
        "Die Nachricht ist nicht so signiert, wie sie sein muss.",
    ),
    "provisioning.body": (
        "The body must be a JSON object with `id` and either `result` (SUCCEEDED, FAILED) with `error` and `facts`, or "
        "`progress` (0 to 100).",
        "Der Inhalt muss ein JSON-Objekt mit `id` und entweder `result` (SUCCEEDED, FAILED) mit `error` und `facts` oder "
        "`progress` (0 bis 100) sein.",
    ),
}
