"""Mails about the care of packages."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "package_handed_back": {
        "de": (
            "Betreuung eines Pakets beendet",
            "am {at} wurde die Betreuung des Pakets „{package}“ beendet (Adresse: {address}). Zugänge, die dabei geschlossen "
            "oder erneuert wurden: {items}. Neue Passwörter wurden einmal angezeigt und stehen in keiner E-Mail.\n\n"
            "Waren Sie das nicht, ändern Sie bitte sofort Ihr Kundenpasswort: {portal}",
        ),
        "en": (
            "Care of a package taken back",
            "on {at} the care of the package “{package}” was taken back (address: {address}). Ways in that were closed or "
            "renewed: {items}. New passwords were shown once and are in no mail.\n\n"
            "If that was not you, please change your customer password at once: {portal}",
        ),
    },
}
