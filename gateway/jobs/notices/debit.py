"""Mails about direct debits."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "debit_announced": {
        "de": (
            "Lastschrift angekündigt",
            "am {at} wurde in Ihrem Kundenkonto eine Lastschrift zur Rechnung {invoice} veranlasst.\n\n"
            "Wir ziehen {amount} am {collect_on} oder an einem der nächsten Bankarbeitstage von Ihrem Konto bei {bank} ein, "
            "dessen IBAN auf {last4} endet. Bitte sorgen Sie für ausreichende Deckung.\n\n"
            "Mandatsreferenz: {reference}\nGläubiger-Identifikationsnummer: {creditor}\nGläubiger: {company}\n\n"
            "Haben Sie das nicht veranlasst, ändern Sie bitte sofort Ihr Passwort und schreiben Sie uns.",
        ),
        "en": (
            "Direct debit announced",
            "on {at} a direct debit for invoice {invoice} was asked for in your customer account.\n\n"
            "We will collect {amount} on {collect_on} or on one of the following bank working days from your account at {bank} "
            "whose IBAN ends in {last4}. Please make sure that there is enough in it.\n\n"
            "Mandate reference: {reference}\nCreditor identifier: {creditor}\nCreditor: {company}\n\n"
            "If this was not you, please change your password at once and write to us.",
        ),
    },
    "debit_returned": {
        "de": (
            "Lastschrift zurückgegeben",
            "Ihre Bank hat die Lastschrift zur Rechnung {invoice} über {amount} nicht eingelöst oder zurückgegeben "
            "(Grund {code}).\n\n"
            "Der Betrag ist damit offen. In Ihrem Kundenkonto sehen Sie, ob Sie die Lastschrift wiederholen können, auch mit "
            "einer neuen Bankverbindung: {portal}",
        ),
        "en": (
            "Direct debit returned",
            "your bank did not honour or has returned the direct debit of {amount} for invoice {invoice} (reason {code}).\n\n"
            "The amount is therefore due. Your customer account tells whether you can repeat the direct debit, also with new "
            "bank details: {portal}",
        ),
    },
}
