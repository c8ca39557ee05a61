"""Data processing agreements."""

MESSAGES: dict[str, tuple[str, str]] = {
    "agreement.none": (
        "No agreement is on offer yet. Please contact the support.",
        "Es liegt noch kein Vertrag zum Abschluss vor. Bitte wenden Sie sich an den Support.",
    ),
    "agreement.stale": (
        "This version is not the current one. Read the version of `agreementOffer` and conclude that one.",
        "Diese Fassung ist nicht die aktuelle. Bitte lesen Sie die Fassung aus `agreementOffer` und schließen Sie diese ab.",
    ),
    "agreement.concluded": (
        "This version has been concluded already, by another person or in another language.",
        "Diese Fassung ist bereits abgeschlossen, von einer anderen Person oder in einer anderen Sprache.",
    ),
    "agreement.customer_changed": (
        "Your master data changed at the same moment. Please conclude the agreement again.",
        "Ihre Stammdaten haben sich im selben Moment geändert. Bitte schließen Sie den Vertrag erneut ab.",
    ),
    "agreement.signatory_short": (
        "Give the full name of the person who concludes the agreement: at least {shortest} characters.",
        "Bitte geben Sie den vollen Namen der Person an, die den Vertrag abschließt: mindestens {shortest} Zeichen.",
    ),
    "agreement.signatory_long": (
        "The name has at most {longest} characters.",
        "Der Name hat höchstens {longest} Zeichen.",
    ),
    "agreement.signatory_characters": (
        "The name may hold Latin, Greek and Cyrillic letters, digits, spaces and . , ' - ( ) & /.",
        "Der Name kann lateinische, griechische und kyrillische Buchstaben, Ziffern, Leerzeichen und . , ' - ( ) & / "
        "enthalten.",
    ),
    "agreement.signatory_mixed": (
        "A word of the name mixes letters of different alphabets.",
        "Ein Wort des Namens mischt Buchstaben verschiedener Alphabete.",
    ),
}
