"""Mails about invoices that are not paid, and about files with a year's invoices."""

_SETTLED_DE = (
    "\n\nHaben Sie inzwischen gezahlt, ist diese Nachricht gegenstandslos. Die Rechnung und was noch offen ist, finden Sie in "
    "Ihrem Kundenkonto: {portal}"
)
_SETTLED_EN = (
    "\n\nIf you have paid meanwhile, please disregard this message. The invoice, and what is still due, is in your customer "
    "account: {portal}"
)

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "invoice_reminder_1": {
        "de": (
            "Zahlungserinnerung",
            "die Rechnung {invoice} war am {was_due_on} fällig. Offen sind noch {amount}.\n\n"
            "Bitte zahlen Sie bis zum {due_on}. Diese Erinnerung kostet Sie nichts." + _SETTLED_DE,
        ),
        "en": (
            "Reminder of an invoice",
            "invoice {invoice} was due on {was_due_on}. {amount} are still to be paid.\n\n"
            "Please pay by {due_on}. This reminder is free of charge." + _SETTLED_EN,
        ),
    },
    "invoice_reminder_2": {
        "de": (
            "Zweite Mahnung",
            "auf die Rechnung {invoice}, fällig am {was_due_on}, sind trotz unserer Erinnerung noch {amount} offen.\n\n"
            "Bitte zahlen Sie bis zum {due_on}. Für diese Mahnung berechnen wir {fee}." + _SETTLED_DE,
        ),
        "en": (
            "Second reminder of an invoice",
            "despite our reminder {amount} are still to be paid on invoice {invoice}, which was due on {was_due_on}.\n\n"
            "Please pay by {due_on}. We charge {fee} for this reminder." + _SETTLED_EN,
        ),
    },
    "invoice_reminder_3": {
        "de": (
            "Letzte Mahnung",
            "auf die Rechnung {invoice}, fällig am {was_due_on}, sind noch immer {amount} offen.\n\n"
            "Bitte zahlen Sie bis zum {due_on}. Für diese Mahnung berechnen wir {fee}. Können Sie nicht zahlen, schreiben Sie "
            "uns bitte: Wir finden mit Ihnen einen Weg." + _SETTLED_DE,
        ),
        "en": (
            "Last reminder of an invoice",
            "{amount} are still to be paid on invoice {invoice}, which was due on {was_due_on}.\n\n"
            "Please pay by {due_on}. We charge {fee} for this reminder. If you cannot pay, please write to us: we will find a "
            "way together." + _SETTLED_EN,
        ),
    },
    "invoice_export_ready": {
        "de": (
            "Ihre Rechnungen eines Jahres sind zusammengestellt",
            "die Datei mit Ihren Rechnungen des Jahres {year}, die Sie am {requested_at} angefordert haben, ist fertig.\n\n"
            "Sie können sie bis zum {expires_at} in Ihrem Kundenkonto herunterladen: {portal}",
        ),
        "en": (
            "A year of your invoices is ready",
            "the file with your invoices of {year} that you asked for on {requested_at} is ready.\n\n"
            "You can download it in your customer account until {expires_at}: {portal}",
        ),
    },
    "invoice_export_failed": {
        "de": (
            "Ihre Rechnungen eines Jahres konnten nicht zusammengestellt werden",
            "die Datei mit Ihren Rechnungen des Jahres {year}, die Sie am {requested_at} angefordert haben, konnten wir wegen "
            "eines Fehlers bei uns nicht erstellen. Das tut uns leid; bitte fordern Sie sie noch einmal an.",
        ),
        "en": (
            "A year of your invoices could not be put together",
            "we could not make the file with your invoices of {year} that you asked for on {requested_at}, because of a fault "
            "of ours. We are sorry; please ask for it once more.",
        ),
    },
}
