"""Mails about data reports: that there is one, never what is in it."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "data_report_ready": {
        "de": (
            "Ihre Datenauskunft ist fertig",
            "die Auskunft über Ihre Daten, die Sie am {requested_at} angefordert haben, ist fertig.\n\n"
            "Sie können sie bis zum {expires_at} in Ihrem Kundenkonto unter „Datenauskunft“ herunterladen. Danach wird "
            "sie gelöscht; Sie können jederzeit eine neue anfordern.\n\n"
            "Haben Sie keine Auskunft angefordert, ändern Sie bitte sofort Ihr Passwort und beenden Sie fremde Sitzungen "
            "in Ihrem Kundenkonto.",
        ),
        "en": (
            "The report about your data is ready",
            "the report about your data that you asked for on {requested_at} is ready.\n\n"
            "You can download it in your customer account under “Data access” until {expires_at}. After that it is "
            "deleted; you can ask for a new one at any time.\n\n"
            "If you did not ask for a report, please change your password at once and end the sessions you do not know "
            "in your customer account.",
        ),
    },
    "data_report_failed": {
        "de": (
            "Ihre Datenauskunft konnte nicht erstellt werden",
            "die Auskunft über Ihre Daten, die Sie am {requested_at} angefordert haben, konnten wir wegen eines Fehlers bei "
            "uns nicht erstellen. Das tut uns leid.\n\n"
            "Bitte fordern Sie in Ihrem Kundenkonto unter „Datenauskunft“ eine neue an. Gelingt es wieder nicht, schreiben "
            "Sie uns bitte: Wir schulden Ihnen die Auskunft bis zum {due_on}.",
        ),
        "en": (
            "The report about your data could not be made",
            "we could not make the report about your data that you asked for on {requested_at}, because of a fault of "
            "ours. We are sorry.\n\n"
            "Please ask for a new one in your customer account under “Data access”. If that fails, too, write to us: we "
            "owe you the report by {due_on}.",
        ),
    },
}
