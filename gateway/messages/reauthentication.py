"""Giving the password again."""

MESSAGES: dict[str, tuple[str, str]] = {
    "reauthentication.password_wrong": ("The password is wrong.", "Das Passwort ist falsch."),
}
