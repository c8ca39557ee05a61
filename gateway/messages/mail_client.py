"""Settings for mail programs."""

MESSAGES: dict[str, tuple[str, str]] = {
    "mail_client.address": (
        "Give one mail address: emailaddress=name@example.com.",
        "Geben Sie eine E-Mail-Adresse an: emailaddress=name@example.com.",
    ),
}
