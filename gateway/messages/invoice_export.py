"""A year's invoices in one file."""

MESSAGES: dict[str, tuple[str, str]] = {
    "invoice_export.running": (
        "A file with invoices is being made already; you will get a mail when it is ready.",
        "Es wird bereits eine Datei mit Rechnungen erstellt; Sie erhalten eine E-Mail, wenn sie fertig ist.",
    ),
    "invoice_export.too_often": (
        "You have asked for {most} files in 24 hours. Ask for the next one in {seconds} seconds, or download one you have.",
        "Sie haben in 24 Stunden {most} Dateien angefordert. Fordern Sie die nächste in {seconds} Sekunden an oder laden Sie "
        "eine vorhandene herunter.",
    ),
    "invoice_export.year": (
        "Choose a year from 1990 to this one.",
        "Wählen Sie ein Jahr von 1990 bis zum laufenden.",
    ),
}
