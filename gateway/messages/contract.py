"""Contracts and their deadlines."""

MESSAGES: dict[str, tuple[str, str]] = {
    "contract.renewal.OPEN_ENDED_BY_LAW": (
        "After the minimum term the contract runs on for an indefinite time and can be ended at any time with {notice} month's "
        "notice at most (§ 309 No. 9 BGB).",
        "Nach der Mindestlaufzeit läuft der Vertrag auf unbestimmte Zeit und kann jederzeit mit einer Frist von höchstens "
        "{notice} Monat beendet werden (§ 309 Nr. 9 BGB).",
    ),
    "contract.renewal.OPEN_ENDED": (
        "After the minimum term the contract runs on for an indefinite time; notice in months: {notice}.",
        "Nach der Mindestlaufzeit läuft der Vertrag auf unbestimmte Zeit; Kündigungsfrist in Monaten: {notice}.",
    ),
    "contract.renewal.BY_PERIOD": (
        "The contract is renewed by {months} months each, unless notice is given before; notice in months: {notice}.",
        "Der Vertrag verlängert sich um jeweils {months} Monate, wenn niemand kündigt; Kündigungsfrist in Monaten: {notice}.",
    ),
    "deadline.until": (
        "Ask for a day from today to {latest}.",
        "Bitte fragen Sie nach einem Tag von heute bis {latest}.",
    ),
    "deadline.how_many": (
        "Ask for 1 to {most} deadlines.",
        "Bitte fragen Sie nach 1 bis {most} Terminen.",
    ),
    "deadline.calendar": ("Hosting deadlines", "Hosting-Termine"),
    "deadline.NOTICE": ("Last day for notice of a contract", "Letzter Tag für die Kündigung eines Vertrags"),
    "deadline.END": ("Last day of a contract", "Letzter Tag eines Vertrags"),
    "deadline.ADD_ON_END": ("Last day of an add-on", "Letzter Tag einer Zusatzleistung"),
    "deadline.DOMAIN_END": ("Last day of a domain", "Letzter Tag einer Domain"),
    "deadline.BILLING": ("A contract is billed", "Abrechnung eines Vertrags"),
    "deadline.TARIFF_CHANGE": ("A tariff changes", "Ein Tarif wechselt"),
    "deadline.DOMAIN_RENEWAL": (
        "The registration of a domain is renewed",
        "Die Registrierung einer Domain verlängert sich",
    ),
    "calendar_feed.too_many": (
        "There are {most} calendar feeds already. Revoke one that is not needed.",
        "Es gibt schon {most} Kalender-Abonnements. Bitte widerrufen Sie eines, das nicht gebraucht wird.",
    ),
    "calendar_feed.empty": ("A calendar feed needs a name.", "Ein Kalender-Abonnement braucht einen Namen."),
    "calendar_feed.too_long": (
        "The name of a calendar feed has at most {longest} characters.",
        "Der Name eines Kalender-Abonnements hat höchstens {longest} Zeichen.",
    ),
    "calendar_feed.characters": (
        "The name holds invisible characters, such as control characters. Please type it anew.",
        "Der Name enthält unsichtbare Zeichen, etwa Steuerzeichen. Bitte geben Sie ihn neu ein.",
    ),
}
