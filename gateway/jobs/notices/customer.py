"""Mails about master data."""

_NOT_YOU_DE = "Waren Sie das nicht, ändern Sie bitte sofort Ihr Passwort und wenden Sie sich an uns: {portal}"
_NOT_YOU_EN = "If that was not you, please change your password at once and contact us: {portal}"

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "address_changed": {
        "de": (
            "Ihre Anschrift wurde geändert",
            "am {at} wurde die Anschrift Ihres Kundenkontos geändert (Adresse: {address}). Sie gilt ab sofort für alle Pakete "
            f"und Verträge.\n\n{_NOT_YOU_DE}",
        ),
        "en": (
            "Your address was changed",
            "on {at} the postal address of your customer account was changed (address: {address}). It holds for all packages "
            f"and contracts from now on.\n\n{_NOT_YOU_EN}",
        ),
    },
    "email_confirmation": {
        "de": (
            "Bitte bestätigen Sie Ihre neue E-Mail-Adresse",
            "am {at} wurde diese Adresse als Kontaktadresse eines Kundenkontos angegeben. Über diesen Link bestätigen Sie sie. "
            "Er gilt einmal und höchstens {hours} Stunden:\n\n{link}\n\n"
            "Haben Sie damit nichts zu tun, ist nichts zu tun: Ohne Bestätigung ändert sich nichts.",
        ),
        "en": (
            "Please confirm your new e-mail address",
            "on {at} this address was given as the contact address of a customer account. Confirm it by this link. It works "
            "once, for {hours} hours at most:\n\n{link}\n\n"
            "If you have nothing to do with it, there is nothing to do: without a confirmation nothing changes.",
        ),
    },
    "email_change_requested": {
        "de": (
            "Ihre Kontaktadresse soll geändert werden",
            "am {at} wurde für Ihr Kundenkonto eine neue Kontaktadresse angegeben (Adresse: {address}): {email}\n\n"
            "Sie gilt, sobald sie bestätigt ist; dafür sind {hours} Stunden Zeit. Bis dahin bleibt diese Adresse.\n\n"
            f"{_NOT_YOU_DE}",
        ),
        "en": (
            "Your contact address is to be changed",
            "on {at} a new contact address was given for your customer account (address: {address}): {email}\n\n"
            "It counts once it is confirmed, for which there are {hours} hours. Until then this address stays.\n\n"
            f"{_NOT_YOU_EN}",
        ),
    },
    "email_changed": {
        "de": (
            "Ihre Kontaktadresse wurde geändert",
            "am {at} wurde die neue Kontaktadresse Ihres Kundenkontos bestätigt. Sie lautet jetzt: {email}\n\n"
            f"{_NOT_YOU_DE}",
        ),
        "en": (
            "Your contact address was changed",
            f"on {{at}} the new contact address of your customer account was confirmed. It is now: {{email}}\n\n{_NOT_YOU_EN}",
        ),
    },
    "invoice_email_changed": {
        "de": (
            "Ihre Adresse für Rechnungen wurde geändert",
            "am {at} wurde festgelegt, wo Rechnungen angekündigt werden (Adresse: {address}): {email}\n\n"
            f"{_NOT_YOU_DE}",
        ),
        "en": (
            "Your address for invoices was changed",
            f"on {{at}} it was set where invoices are announced (address: {{address}}): {{email}}\n\n{_NOT_YOU_EN}",
        ),
    },
    "bank_account_changed": {
        "de": (
            "Ihre Bankverbindung wurde geändert",
            "am {at} wurde die Bankverbindung Ihres Kundenkontos geändert (Adresse: {address}).\n\n"
            "Bank: {bank}\nIBAN endet auf: {last4}\nMandatsreferenz: {reference}\n\n"
            "Offene Beträge ziehen wir ab jetzt per SEPA-Lastschrift von diesem Konto ein.\n\n"
            f"{_NOT_YOU_DE}",
        ),
        "en": (
            "Your bank details were changed",
            "on {at} the bank details of your customer account were changed (address: {address}).\n\n"
            "Bank: {bank}\nIBAN ends in: {last4}\nMandate reference: {reference}\n\n"
            "From now on we collect what is due from this account by SEPA direct debit.\n\n"
            f"{_NOT_YOU_EN}",
        ),
    },
}
