"""Mails about the second factor."""

_NOT_YOU_DE = "Waren Sie das nicht selbst, ändern Sie bitte sofort Ihr Passwort und wenden Sie sich an uns."
_NOT_YOU_EN = "If that was not you, please change your password at once and get in touch with us."

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "two_factor_on": {
        "de": (
            "Zwei-Faktor-Anmeldung eingeschaltet",
            "am {at} wurde die Zwei-Faktor-Anmeldung für Ihr Kundenkonto eingeschaltet, mit dem Gerät „{device}“. "
            "Andere Sitzungen wurden beendet.\n\n"
            "Bewahren Sie Ihre Wiederherstellungscodes an einem sicheren Ort auf.\n\n" + _NOT_YOU_DE,
        ),
        "en": (
            "Two-factor authentication switched on",
            "on {at} two-factor authentication was switched on for your customer account, with the device “{device}”. "
            "Other sessions were ended.\n\n"
            "Keep your recovery codes in a safe place.\n\n" + _NOT_YOU_EN,
        ),
    },
    "two_factor_off": {
        "de": (
            "Zwei-Faktor-Anmeldung ausgeschaltet",
            "am {at} wurde die Zwei-Faktor-Anmeldung für Ihr Kundenkonto ausgeschaltet. Zur Anmeldung genügt jetzt Ihr "
            "Passwort. Andere Sitzungen wurden beendet.\n\n" + _NOT_YOU_DE,
        ),
        "en": (
            "Two-factor authentication switched off",
            "on {at} two-factor authentication was switched off for your customer account. Your password alone is "
            "enough to sign in now. Other sessions were ended.\n\n" + _NOT_YOU_EN,
        ),
    },
    "two_factor_device_added": {
        "de": (
            "Neues Gerät für die Zwei-Faktor-Anmeldung",
            "am {at} kam das Gerät „{device}“ zur Zwei-Faktor-Anmeldung Ihres Kundenkontos hinzu. "
            "Andere Sitzungen wurden beendet.\n\n" + _NOT_YOU_DE,
        ),
        "en": (
            "New device for two-factor authentication",
            "on {at} the device “{device}” was added to two-factor authentication of your customer account. "
            "Other sessions were ended.\n\n" + _NOT_YOU_EN,
        ),
    },
    "two_factor_device_removed": {
        "de": (
            "Gerät aus der Zwei-Faktor-Anmeldung entfernt",
            "am {at} wurde das Gerät „{device}“ aus der Zwei-Faktor-Anmeldung Ihres Kundenkontos entfernt. "
            "Andere Sitzungen wurden beendet.\n\n" + _NOT_YOU_DE,
        ),
        "en": (
            "Device removed from two-factor authentication",
            "on {at} the device “{device}” was removed from two-factor authentication of your customer account. "
            "Other sessions were ended.\n\n" + _NOT_YOU_EN,
        ),
    },
    "recovery_code_used": {
        "de": (
            "Wiederherstellungscode verwendet",
            "am {at} wurde ein Wiederherstellungscode Ihres Kundenkontos verwendet.\n\n"
            "Adresse: {address}\nVerbleibende Codes: {left}\n\n"
            "Neue Codes erstellen Sie in Ihrem Kundenkonto.\n\n" + _NOT_YOU_DE,
        ),
        "en": (
            "Recovery code used",
            "on {at} a recovery code of your customer account was used.\n\n"
            "Address: {address}\nCodes left: {left}\n\n"
            "You can make new codes in your customer account.\n\n" + _NOT_YOU_EN,
        ),
    },
    "recovery_codes_regenerated": {
        "de": (
            "Neue Wiederherstellungscodes",
            "am {at} wurden für Ihr Kundenkonto neue Wiederherstellungscodes erstellt. Die bisherigen gelten nicht "
            "mehr.\n\n" + _NOT_YOU_DE,
        ),
        "en": (
            "New recovery codes",
            "on {at} new recovery codes were made for your customer account. The old ones no longer work.\n\n"
            + _NOT_YOU_EN,
        ),
    },
    "two_factor_guessed": {
        "de": (
            "Mehrere falsche Codes bei einer Anmeldung",
            "am {at} hat jemand Ihr richtiges Passwort eingegeben und danach mehrmals einen falschen Code. "
            "Die Anmeldung wurde abgebrochen.\n\nAdresse: {address}\n\n"
            "Waren Sie das selbst, ist nichts zu tun. Andernfalls kennt jemand Ihr Passwort: Bitte ändern Sie es sofort.",
        ),
        "en": (
            "Several wrong codes at a sign-in",
            "on {at} somebody entered your correct password and then a wrong code several times. "
            "The sign-in was stopped.\n\nAddress: {address}\n\n"
            "If that was you, there is nothing to do. If not, somebody knows your password: please change it at once.",
        ),
    },
}
