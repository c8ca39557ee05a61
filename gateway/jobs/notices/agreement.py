"""Mails about data processing agreements."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "agreement_requested": {
        "de": (
            "Ihr Vertrag zur Auftragsverarbeitung",
            "am {at} wurde in Ihrem Kundenkonto der Vertrag zur Auftragsverarbeitung (Art. 28 DSGVO), Fassung {version}, "
            "angefordert.\n\n"
            "Sie können ihn in Ihrem Kundenkonto unter „Auftragsverarbeitung“ lesen und elektronisch abschließen. Danach "
            "steht er dort als PDF bereit.",
        ),
        "en": (
            "Your data processing agreement",
            "on {at} the data processing agreement (Art. 28 GDPR), version {version}, was requested in your customer "
            "account.\n\n"
            "You can read it in your customer account under “Data processing” and conclude it electronically. After that "
            "it is there as a PDF.",
        ),
    },
    "agreement_concluded": {
        "de": (
            "Vertrag zur Auftragsverarbeitung abgeschlossen",
            "der Vertrag zur Auftragsverarbeitung (Art. 28 DSGVO), Fassung {version}, wurde am {at} in Ihrem Kundenkonto "
            "abgeschlossen, durch {signatory}. Eine frühere Fassung ist damit abgelöst und bleibt abrufbar.\n\n"
            "Das PDF steht in Ihrem Kundenkonto unter „Auftragsverarbeitung“.\n\n"
            "Haben Sie das nicht veranlasst, ändern Sie bitte sofort Ihr Passwort und schreiben Sie uns.",
        ),
        "en": (
            "Data processing agreement concluded",
            "the data processing agreement (Art. 28 GDPR), version {version}, was concluded in your customer account on "
            "{at}, by {signatory}. An earlier version is superseded by it and stays available.\n\n"
            "The PDF is in your customer account under “Data processing”.\n\n"
            "If this was not you, please change your password at once and write to us.",
        ),
    },
    "sub_processors_announced": {
        "de": (
            "Änderung der weiteren Auftragsverarbeiter",
            "die Liste der Unternehmen, die Daten in unserem Auftrag verarbeiten (Art. 28 Abs. 2 DSGVO), ändert sich:\n\n"
            "{changes}\n\n"
            "Die ganze Liste steht in Ihrem Kundenkonto unter „Auftragsverarbeitung“. Wie Sie widersprechen können, regelt Ihr "
            "Vertrag zur Auftragsverarbeitung.",
        ),
        "en": (
            "Change of sub-processors",
            "the list of companies that process data on our behalf (Art. 28 (2) GDPR) changes:\n\n"
            "{changes}\n\n"
            "The whole list is in your customer account under “Data processing”. Your data processing agreement says how you "
            "can object.",
        ),
    },
}
