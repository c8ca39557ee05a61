"""Packages, and why something cannot be done with one."""

MESSAGES: dict[str, tuple[str, str]] = {
    "refused.PACKAGE_NOT_READY": (
        "The package is still being set up.",
        "Das Paket wird noch eingerichtet.",
    ),
    "refused.PACKAGE_SUSPENDED": (
        "The package is suspended. Please contact the support.",
        "Das Paket ist gesperrt. Bitte wenden Sie sich an den Support.",
    ),
    "refused.PACKAGE_CANCELLED": (
        "The package is cancelled; its contract can no longer be changed.",
        "Das Paket ist gekündigt; sein Vertrag kann nicht mehr geändert werden.",
    ),
    "refused.PACKAGE_ENDED": (
        "The package has ended.",
        "Das Paket ist beendet.",
    ),
}
