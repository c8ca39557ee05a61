"""The customer password."""

MESSAGES: dict[str, tuple[str, str]] = {
    "password.policy": (
        "A password has {shortest} to {longest} characters, with two-factor authentication at least {shorter}. Any "
        "characters go, spaces too, and there is no rule about kinds of characters; it must be hard to guess for somebody "
        "who knows you. Several uncommon words are a good password.",
        "Ein Passwort hat {shortest} bis {longest} Zeichen, mit Zwei-Faktor-Anmeldung mindestens {shorter}. Alle Zeichen "
        "sind möglich, auch Leerzeichen, und es gibt keine Vorschrift, welche Arten vorkommen müssen; es muss schwer zu "
        "erraten sein, auch für jemanden, der Sie kennt. Mehrere ungewöhnliche Wörter sind ein gutes Passwort.",
    ),
    "password.too_short": (
        "The password has at least {shortest} characters.",
        "Das Passwort hat mindestens {shortest} Zeichen.",
    ),
    "password.too_long": (
        "The password has at most {longest} characters.",
        "Das Passwort hat höchstens {longest} Zeichen.",
    ),
    "password.characters": (
        "The password holds characters that cannot be typed, such as line breaks.",
        "Das Passwort enthält Zeichen, die sich nicht eingeben lassen, etwa Zeilenumbrüche.",
    ),
    "password.too_weak": (
        "This password is too easy to guess. Add another word or two; uncommon words are better (`passwordStrength` says "
        "more).",
        "Dieses Passwort ist zu leicht zu erraten. Nehmen Sie ein oder zwei Wörter hinzu, am besten ungewöhnliche "
        "(`passwordStrength` sagt mehr).",
    ),
    "password.same": (
        "This is the password you have already. Please choose another one.",
        "Das ist Ihr bisheriges Passwort. Bitte wählen Sie ein anderes.",
    ),
    "password.current_wrong": (
        "The current password is wrong.",
        "Das bisherige Passwort ist falsch.",
    ),
    "password.reset_number": (
        "The customer number is on every invoice and has at most 12 characters.",
        "Die Kundennummer steht auf jeder Rechnung und hat höchstens 12 Zeichen.",
    ),
    "password.reset_email": (
        "This is no e-mail address.",
        "Das ist keine E-Mail-Adresse.",
    ),
    "password.link_over": (
        "This link is used, expired or void. Please ask for a new one.",
        "Dieser Link ist benutzt, abgelaufen oder ungültig. Bitte fordern Sie einen neuen an.",
    ),
    "password.hint_longer": (
        "Add another word or two; uncommon words are better.",
        "Nehmen Sie ein oder zwei Wörter hinzu, am besten ungewöhnliche.",
    ),
    "password.hint_own_data": (
        "Leave out your name, address, e-mail address and customer number.",
        "Lassen Sie Ihren Namen, Ihre Adresse, E-Mail-Adresse und Kundennummer weg.",
    ),
    "password.hint_common": (
        "Common words and passwords are tried first, also with digits in place of letters.",
        "Häufige Wörter und Passwörter werden zuerst probiert, auch mit Ziffern statt Buchstaben.",
    ),
    "password.hint_names": (
        "Names are easy to guess.",
        "Namen sind leicht zu erraten.",
    ),
    "password.hint_keyboard": (
        "Keys that lie side by side are easy to guess.",
        "Nebeneinander liegende Tasten sind leicht zu erraten.",
    ),
    "password.hint_repeats": (
        "Repeating words or characters helps little.",
        "Wiederholte Wörter oder Zeichen helfen wenig.",
    ),
    "password.hint_sequence": (
        "Sequences such as abc or 6543 are easy to guess.",
        "Folgen wie abc oder 6543 sind leicht zu erraten.",
    ),
    "password.hint_dates": (
        "Dates and years are easy to guess.",
        "Daten und Jahreszahlen sind leicht zu erraten.",
    ),
}
