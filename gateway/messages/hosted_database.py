"""Databases."""

MESSAGES: dict[str, tuple[str, str]] = {
    "refused.APP_USES_DATABASE": (
        "A website app uses this database. Remove the app first.",
        "Eine Website-App benutzt diese Datenbank. Entfernen Sie zuerst die App.",
    ),
    "refused.DUMP_A_MOMENT_AGO": (
        "A dump was asked for less than an hour ago. Please try again later.",
        "Vor weniger als einer Stunde wurde bereits ein Abzug angefordert. Bitte versuchen Sie es später noch einmal.",
    ),
    "database.version_unknown": (
        "This version is not offered. `hosting` lists those that are.",
        "Diese Version wird nicht angeboten. `hosting` nennt die angebotenen.",
    ),
    "database.version_ended": (
        "This version is no longer repaired by its makers. Please choose a later one.",
        "Diese Version wird von ihren Herstellern nicht mehr gepflegt. Bitte wählen Sie eine neuere.",
    ),
    "database.label_empty": ("The label is empty.", "Die Bezeichnung ist leer."),
    "database.label_too_long": (
        "The label has at most {longest} characters.",
        "Die Bezeichnung hat höchstens {longest} Zeichen.",
    ),
    "database.label_characters": (
        "The label has characters that cannot be shown.",
        "Die Bezeichnung enthält Zeichen, die sich nicht anzeigen lassen.",
    ),
    "database.no_network": (
        "An entry is neither an address nor a network such as 203.0.113.0/24.",
        "Ein Eintrag ist weder eine Adresse noch ein Netz wie 203.0.113.0/24.",
    ),
    "database.network_too_wide": (
        "A network is too wide: at least /{ipv4} for IPv4 and /{ipv6} for IPv6.",
        "Ein Netz ist zu groß: mindestens /{ipv4} bei IPv4 und /{ipv6} bei IPv6.",
    ),
    "database.network_not_public": (
        "A network is private or reserved; nobody reaches the database from there.",
        "Ein Netz ist privat oder reserviert; von dort erreicht niemand die Datenbank.",
    ),
    "database.too_many_networks": (
        "At most {most} networks can be allowed.",
        "Es können höchstens {most} Netze freigegeben werden.",
    ),
    "database.changed_meanwhile": (
        "The database was changed meanwhile. Please load it anew.",
        "Die Datenbank wurde zwischenzeitlich geändert. Bitte laden Sie sie neu.",
    ),
}
