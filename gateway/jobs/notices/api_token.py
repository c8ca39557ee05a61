"""Mails about API tokens."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "api_token_created": {
        "de": (
            "API-Token angelegt",
            "am {at} wurde das API-Token „{name}“ angelegt (Paket: {package}, Adresse: {address}). Ein Programm, das es hat, "
            "kann in Ihrem Namen lesen oder das Paket technisch betreuen, je nach den gewählten Bereichen.\n\n"
            "Waren Sie das nicht, widerrufen Sie das Token und ändern Sie bitte sofort Ihr Kundenpasswort: {portal}",
        ),
        "en": (
            "API token created",
            "on {at} the API token “{name}” was created (package: {package}, address: {address}). A program that has it can "
            "read in your name, or take care of the package's technical side, depending on the scopes that were chosen.\n\n"
            "If that was not you, please revoke the token and change your customer password at once: {portal}",
        ),
    },
}
