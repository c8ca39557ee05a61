"""Mails about the customer password."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "password_reset_link": {
        "de": (
            "Neues Passwort für Ihr Kundenkonto",
            "am {at} hat jemand für Ihr Kundenkonto ein neues Passwort angefordert (Adresse: {address}).\n\n"
            "Über diesen Link legen Sie es fest. Er gilt einmal und höchstens {minutes} Minuten:\n\n{link}\n\n"
            "Waren Sie das nicht, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.",
        ),
        "en": (
            "New password for your customer account",
            "on {at} somebody asked for a new password for your customer account (address: {address}).\n\n"
            "Choose it by this link. It works once, for {minutes} minutes at most:\n\n{link}\n\n"
            "If that was not you, there is nothing to do: your password stays as it is.",
        ),
    },
    "password_changed": {
        "de": (
            "Ihr Passwort wurde geändert",
            "am {at} wurde das Passwort Ihres Kundenkontos geändert (Adresse: {address}). Alle anderen Sitzungen wurden "
            "beendet.\n\n"
            "Waren Sie das nicht, fordern Sie bitte sofort ein neues Passwort an: {portal}",
        ),
        "en": (
            "Your password was changed",
            "on {at} the password of your customer account was changed (address: {address}). All other sessions were "
            "ended.\n\n"
            "If that was not you, please ask for a new password at once: {portal}",
        ),
    },
    "password_reset": {
        "de": (
            "Ihr Passwort wurde neu festgelegt",
            "am {at} wurde das Passwort Ihres Kundenkontos über den Link aus unserer Mail neu festgelegt "
            "(Adresse: {address}). Alle Sitzungen wurden beendet. Die Zwei-Faktor-Anmeldung blieb, wie sie war.\n\n"
            "Waren Sie das nicht, hat jemand Zugriff auf Ihr Postfach: Bitte sichern Sie es und wenden Sie sich sofort an "
            "uns: {portal}",
        ),
        "en": (
            "Your password was set anew",
            "on {at} the password of your customer account was set anew by the link in our mail (address: {address}). "
            "All sessions were ended. Two-factor authentication stayed as it was.\n\n"
            "If that was not you, somebody reads your mail: please secure your mailbox and contact us at once: {portal}",
        ),
    },
}
