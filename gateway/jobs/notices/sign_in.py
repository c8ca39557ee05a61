"""Mails about signing in."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "new_device_sign_in": {
        "de": (
            "Neue Anmeldung in Ihrem Kundenkonto",
            "am {at} hat sich jemand mit Ihren Zugangsdaten von einem neuen Gerät angemeldet.\n\n"
            "Gerät: {device}\nAdresse: {address}\n\n"
            "Waren Sie das selbst, ist nichts zu tun. Andernfalls ändern Sie bitte sofort Ihr Passwort "
            "und beenden Sie fremde Sitzungen in Ihrem Kundenkonto.",
        ),
        "en": (
            "New sign-in to your customer account",
            "on {at} somebody signed in with your login from a new device.\n\n"
            "Device: {device}\nAddress: {address}\n\n"
            "If that was you, there is nothing to do. If not, please change your password at once "
            "and end the sessions you do not know in your customer account.",
        ),
    },
}
