"""Signing in."""

MESSAGES: dict[str, tuple[str, str]] = {
    "login.too_long": (
        "A login has at most {most} characters.",
        "Zugangsdaten haben höchstens {most} Zeichen.",
    ),
    "credentials.invalid": (
        "The login or the password is wrong.",
        "Die Zugangsdaten sind falsch.",
    ),
}
