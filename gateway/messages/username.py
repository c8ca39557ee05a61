"""The username."""

MESSAGES: dict[str, tuple[str, str]] = {
    "username.policy": (
        "A username has {shortest} to {longest} characters: letters from a to z, digits, dots, underscores and hyphens. It "
        "begins with a letter or a digit and has at least one letter; upper and lower case do not matter. It must not look "
        "like a customer number or a domain name.",
        "Ein Benutzername hat {shortest} bis {longest} Zeichen: Buchstaben von a bis z, Ziffern, Punkte, Unter- und "
        "Bindestriche. Er beginnt mit einem Buchstaben oder einer Ziffer und enthält mindestens einen Buchstaben; Groß- und "
        "Kleinschreibung spielen keine Rolle. Er darf nicht wie eine Kundennummer oder ein Domainname aussehen.",
    ),
    "username.allowed_characters": (
        "a–z, 0–9, dot (.), underscore (_) and hyphen (-)",
        "a–z, 0–9, Punkt (.), Unterstrich (_) und Bindestrich (-)",
    ),
    "username.too_short": (
        "A username has at least {shortest} characters.",
        "Ein Benutzername hat mindestens {shortest} Zeichen.",
    ),
    "username.too_long": (
        "A username has at most {longest} characters.",
        "Ein Benutzername hat höchstens {longest} Zeichen.",
    ),
    "username.characters": (
        "These characters cannot be used: {characters}. Allowed are letters from a to z, digits, dots, underscores and "
        "hyphens.",
        "Diese Zeichen sind nicht möglich: {characters}. Erlaubt sind Buchstaben von a bis z, Ziffern, Punkte, Unter- und "
        "Bindestriche.",
    ),
    "username.start": (
        "A username begins with a letter or a digit.",
        "Ein Benutzername beginnt mit einem Buchstaben oder einer Ziffer.",
    ),
    "username.no_letter": (
        "A username has at least one letter.",
        "Ein Benutzername enthält mindestens einen Buchstaben.",
    ),
    "username.like_number": (
        "This looks like a customer number. Please choose another name.",
        "Das sieht aus wie eine Kundennummer. Bitte wählen Sie einen anderen Namen.",
    ),
    "username.like_domain": (
        "This looks like a domain name. Please use an underscore or a hyphen instead of the dot.",
        "Das sieht aus wie ein Domainname. Bitte verwenden Sie statt des Punktes einen Unter- oder Bindestrich.",
    ),
    "username.reserved": (
        "This name is reserved. Please choose another one.",
        "Dieser Name ist reserviert. Bitte wählen Sie einen anderen.",
    ),
    "username.taken": (
        "This username is taken. Please choose another one.",
        "Dieser Benutzername ist vergeben. Bitte wählen Sie einen anderen.",
    ),
    "username.own": (
        "This is your username already.",
        "Das ist bereits Ihr Benutzername.",
    ),
    "username.none": (
        "There is no username that could be removed.",
        "Es gibt keinen Benutzernamen, der entfernt werden könnte.",
    ),
    "username.changed_meanwhile": (
        "The account was changed meanwhile. Please load it again and repeat the change.",
        "Das Konto wurde inzwischen geändert. Bitte laden Sie es neu und wiederholen Sie die Änderung.",
    ),
}
