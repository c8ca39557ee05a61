"""The second factor: signing in with it, and looking after it."""

MESSAGES: dict[str, tuple[str, str]] = {
    "two_factor.required": (
        "A code of your authenticator app is needed, or a recovery code.",
        "Es ist ein Code aus Ihrer Authenticator-App oder ein Wiederherstellungscode nötig.",
    ),
    "two_factor.code_wrong": (
        "This code is wrong or was used before. Wait for the next one and check the clock of your device.",
        "Dieser Code ist falsch oder wurde schon verwendet. Warten Sie auf den nächsten und prüfen Sie die Uhr Ihres Geräts.",
    ),
    "two_factor.recovery_code_wrong": (
        "This recovery code is wrong or was used before.",
        "Dieser Wiederherstellungscode ist falsch oder wurde schon verwendet.",
    ),
    "two_factor.both": (
        "Give a code or a recovery code, not both.",
        "Geben Sie einen Code oder einen Wiederherstellungscode an, nicht beides.",
    ),
    "two_factor.challenge_over": (
        "This sign-in can no longer be finished. Please sign in anew.",
        "Diese Anmeldung kann nicht mehr abgeschlossen werden. Bitte melden Sie sich neu an.",
    ),
    "two_factor.not_waiting": (
        "No such device waits for its code. Begin anew.",
        "Kein solches Gerät wartet auf seinen Code. Bitte beginnen Sie von vorn.",
    ),
    "two_factor.too_many": (
        "There are at most {most} devices. Remove one first.",
        "Es sind höchstens {most} Geräte möglich. Bitte entfernen Sie zuerst eines.",
    ),
    "two_factor.last_device": (
        "This is the last device. To sign in by password alone, switch two-factor authentication off.",
        "Dies ist das letzte Gerät. Um sich nur mit Passwort anzumelden, schalten Sie die Zwei-Faktor-Anmeldung aus.",
    ),
    "two_factor.off": (
        "Two-factor authentication is not switched on.",
        "Die Zwei-Faktor-Anmeldung ist nicht eingeschaltet.",
    ),
    "two_factor.changed_meanwhile": (
        "The device was changed meanwhile. Read it again.",
        "Das Gerät wurde inzwischen geändert. Bitte laden Sie es neu.",
    ),
    "two_factor.name_invalid": (
        "A name has 1 to {most} characters on one line.",
        "Ein Name hat 1 bis {most} Zeichen in einer Zeile.",
    ),
}
