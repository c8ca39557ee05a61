"""Mails about the username."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "username_changed": {
        "de": (
            "Ihr Benutzername für die Anmeldung",
            "am {at} wurde der Benutzername Ihres Kundenkontos festgelegt: {username}\n\n"
            "Sie können sich ab sofort damit anmelden. Ihre Kundennummer gilt weiterhin.\n\n"
            "Waren Sie das nicht, ändern Sie bitte sofort Ihr Passwort und beenden Sie fremde Sitzungen in Ihrem "
            "Kundenkonto: {portal}",
        ),
        "en": (
            "Your username to sign in with",
            "on {at} the username of your customer account was set: {username}\n\n"
            "You can sign in with it from now on. Your customer number still works.\n\n"
            "If that was not you, please change your password at once and end the sessions you do not know in your "
            "customer account: {portal}",
        ),
    },
    "username_removed": {
        "de": (
            "Ihr Benutzername wurde entfernt",
            "am {at} wurde der Benutzername Ihres Kundenkontos entfernt: {username}\n\n"
            "Bitte melden Sie sich ab jetzt mit Ihrer Kundennummer an.\n\n"
            "Waren Sie das nicht, ändern Sie bitte sofort Ihr Passwort und beenden Sie fremde Sitzungen in Ihrem "
            "Kundenkonto: {portal}",
        ),
        "en": (
            "Your username was removed",
            "on {at} the username of your customer account was removed: {username}\n\n"
            "Please sign in with your customer number from now on.\n\n"
            "If that was not you, please change your password at once and end the sessions you do not know in your "
            "customer account: {portal}",
        ),
    },
}
