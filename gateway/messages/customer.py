"""Master data."""

MESSAGES: dict[str, tuple[str, str]] = {
    "customer.changed_meanwhile": (
        "The customer data was changed meanwhile. Read it again and repeat the change with its version.",
        "Die Kundendaten wurden inzwischen geändert. Bitte lesen Sie sie neu und wiederholen Sie die Änderung mit "
        "ihrer Version.",
    ),
    "customer.holder_change": (
        "The contract holder cannot be changed online, since the contracts pass to somebody else: both sides sign the form for "
        "a contract transfer.",
        "Der Vertragsinhaber lässt sich nicht online ändern, denn die Verträge gehen auf jemand anderen über: Dafür "
        "unterschreiben beide Seiten das Formular zur Vertragsübernahme.",
    ),
    "address.missing": ("This part of the address is missing.", "Dieser Teil der Anschrift fehlt."),
    "address.too_long": (
        "This part of the address has at most {longest} characters.",
        "Dieser Teil der Anschrift hat höchstens {longest} Zeichen.",
    ),
    "address.characters": (
        "This part of the address holds invisible characters, such as control characters. Please type it anew.",
        "Dieser Teil der Anschrift enthält unsichtbare Zeichen, etwa Steuerzeichen. Bitte geben Sie ihn neu ein.",
    ),
    "address.mixed": (
        "A word mixes letters of different alphabets that look alike. Please type it anew.",
        "Ein Wort mischt Buchstaben verschiedener Alphabete, die gleich aussehen. Bitte geben Sie es neu ein.",
    ),
    "address.postcode": (
        "This is no postcode of the country; one there looks like {example}.",
        "Das ist keine Postleitzahl des Landes; eine dortige sieht aus wie {example}.",
    ),
    "address.country": (
        "The country must be a code of ISO 3166-1 alpha-2, such as DE.",
        "Das Land muss ein Code nach ISO 3166-1 alpha-2 sein, etwa DE.",
    ),
    "phone.number": (
        "This is no phone number. Write it with its area code, or with + and the country code.",
        "Das ist keine Telefonnummer. Bitte schreiben Sie sie mit Vorwahl oder mit + und Landesvorwahl.",
    ),
    "phone.twice": ("This number is listed twice.", "Diese Nummer steht zweimal in der Liste."),
    "phone.too_many": ("At most {most} phone numbers.", "Höchstens {most} Telefonnummern."),
    "email.address": (
        "This is no e-mail address that can be used: `name@example.com`, without special characters before the @.",
        "Das ist keine verwendbare E-Mail-Adresse: `name@example.com`, ohne Sonderzeichen vor dem @.",
    ),
    "email.own_package": (
        "This address lies inside one of your own packages: when something is wrong with that package, mails would not arrive.",
        "Diese Adresse liegt in einem Ihrer eigenen Pakete: Ist mit dem Paket etwas nicht in Ordnung, kämen Mails nicht an.",
    ),
    "email.same": ("This is the contact address already.", "Das ist bereits die Kontaktadresse."),
    "email.link_over": (
        "This link is used up, expired or replaced by a newer one. Change the address again to get another.",
        "Dieser Link ist verbraucht, abgelaufen oder durch einen neueren ersetzt. Bitte ändern Sie die Adresse erneut.",
    ),
    "bank.holder_missing": ("Whose account it is is missing.", "Der Kontoinhaber fehlt."),
    "bank.holder_too_long": (
        "The account holder has at most {longest} characters (an umlaut counts as two).",
        "Der Kontoinhaber hat höchstens {longest} Zeichen (ein Umlaut zählt als zwei).",
    ),
    "bank.holder_characters": (
        "The account holder may have Latin letters, digits, blanks and / - ? : ( ) . , ' +.",
        "Der Kontoinhaber darf lateinische Buchstaben, Ziffern, Leerzeichen und / - ? : ( ) . , ' + enthalten.",
    ),
    "bank.iban": ("This is no valid IBAN. Please check it.", "Das ist keine gültige IBAN. Bitte prüfen Sie sie."),
    "bank.not_sepa": (
        "Banks of this country take no SEPA direct debits.",
        "Banken dieses Landes nehmen keine SEPA-Lastschriften an.",
    ),
    "bank.mandate": (
        "Without the SEPA mandate nothing can be debited: accept it, or pay invoices by transfer.",
        "Ohne das SEPA-Mandat kann nicht abgebucht werden: Bitte erteilen Sie es oder überweisen Sie Rechnungen.",
    ),
}
