"""Mails about package passwords."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "package_password_set": {
        "de": (
            "Paketpasswort festgelegt",
            "am {at} wurde das Paketpasswort des Pakets „{package}“ festgelegt oder geändert (Adresse: {address}). Wer es hat, "
            "kann sich mit einer Domain des Pakets anmelden und es technisch betreuen. Verträge, Rechnungen und Ihre Daten "
            "bleiben dabei verborgen.\n\n"
            "Waren Sie das nicht, ändern Sie bitte sofort Ihr Kundenpasswort: {portal}",
        ),
        "en": (
            "Package password set",
            "on {at} the package password of the package “{package}” was set or changed (address: {address}). Whoever has it "
            "can sign in with a domain of the package and take care of its technical side. Contracts, invoices and your data "
            "stay hidden.\n\n"
            "If that was not you, please change your customer password at once: {portal}",
        ),
    },
    "package_password_removed": {
        "de": (
            "Paketpasswort entfernt",
            "am {at} wurde das Paketpasswort des Pakets „{package}“ entfernt (Adresse: {address}). Mit den Domains des Pakets "
            "kann sich niemand mehr anmelden; offene Sitzungen wurden beendet.\n\n"
            "Waren Sie das nicht, ändern Sie bitte sofort Ihr Kundenpasswort: {portal}",
        ),
        "en": (
            "Package password removed",
            "on {at} the package password of the package “{package}” was removed (address: {address}). Nobody can sign in "
            "with the package's domains any more; open sessions were ended.\n\n"
            "If that was not you, please change your customer password at once: {portal}",
        ),
    },
}
