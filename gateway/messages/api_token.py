"""API tokens, and looking at a package as its login would."""

MESSAGES: dict[str, tuple[str, str]] = {
    "api_token.no_scope": (
        "Choose at least one scope.",
        "Bitte wählen Sie mindestens einen Bereich.",
    ),
    "api_token.scope_too_wide": (
        "A token for a package has technical scopes only, one without a package scopes that read.",
        "Ein Token für ein Paket hat nur technische Bereiche, eines ohne Paket nur lesende.",
    ),
    "api_token.scope_beside_domains": (
        "With chosen domains a token can have PACKAGE_READ, DOMAIN_READ, DOMAIN_WRITE and DOMAIN_ACME.",
        "Mit ausgewählten Domains kann ein Token PACKAGE_READ, DOMAIN_READ, DOMAIN_WRITE und DOMAIN_ACME haben.",
    ),
    "api_token.days": (
        "A token lasts 1 to {most} days.",
        "Ein Token gilt 1 bis {most} Tage.",
    ),
    "api_token.empty": (
        "A token needs a name.",
        "Ein Token braucht einen Namen.",
    ),
    "api_token.too_long": (
        "The name of a token has at most {longest} characters.",
        "Der Name eines Tokens hat höchstens {longest} Zeichen.",
    ),
    "api_token.characters": (
        "The name holds invisible characters, such as control characters. Please type it anew.",
        "Der Name enthält unsichtbare Zeichen, etwa Steuerzeichen. Bitte geben Sie ihn neu ein.",
    ),
    "api_token.domains": (
        "Choose 1 to {most} domains of the token's package, or leave them out for all.",
        "Bitte wählen Sie 1 bis {most} Domains des Pakets, oder lassen Sie sie für alle weg.",
    ),
    "api_token.too_many": (
        "There are {most} tokens already. Revoke one that is not needed.",
        "Es gibt schon {most} Tokens. Bitte widerrufen Sie eines, das nicht gebraucht wird.",
    ),
    "api_token.no_session": (
        "This needs a session; an API token has none. Files are read with the token itself.",
        "Das braucht eine Sitzung; ein API-Token hat keine. Dateien werden mit dem Token selbst gelesen.",
    ),
    "view_as.customer_only": (
        "Only the customer, with a session, can look at a package as its login would.",
        "Nur der Kunde mit einer Sitzung kann ein Paket ansehen, wie dessen Login es sieht.",
    ),
    "view_as.only_looking": (
        "With X-View-As nothing can be changed. Leave the header out to change something yourself.",
        "Mit X-View-As kann nichts geändert werden. Lassen Sie den Header weg, um selbst etwas zu ändern.",
    ),
}
