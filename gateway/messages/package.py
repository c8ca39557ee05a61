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
    "refused.LIMIT_REACHED": (
        "There can be no more of these in the package. Delete one first, or change to a larger tariff.",
        "Mehr davon sind in diesem Paket nicht möglich. Löschen Sie zuerst eines, oder wechseln Sie in einen größeren Tarif.",
    ),
    "refused.FUNCTION_NOT_INCLUDED": (
        "This kind of package does not have this function.",
        "Diese Art von Paket hat diese Funktion nicht.",
    ),
    "package.changed_meanwhile": (
        "The package was changed meanwhile. Read it again and repeat the change with its version.",
        "Das Paket wurde inzwischen geändert. Bitte lesen Sie es neu und wiederholen Sie die Änderung mit seiner Version.",
    ),
    "package_name.empty": (
        "A package needs a name.",
        "Ein Paket braucht einen Namen.",
    ),
    "package_name.too_long": (
        "The name of a package has at most {longest} characters.",
        "Der Name eines Pakets hat höchstens {longest} Zeichen.",
    ),
    "package_name.characters": (
        "The name holds invisible characters, such as control characters. Please type it anew.",
        "Der Name enthält unsichtbare Zeichen, etwa Steuerzeichen. Bitte geben Sie ihn neu ein.",
    ),
    "package_password.none": (
        "The package has no package password.",
        "Das Paket hat kein Paketpasswort.",
    ),
    "refused.PACKAGE_ENDED": (
        "The package has ended.",
        "Das Paket ist beendet.",
    ),
}
