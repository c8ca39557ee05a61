"""Data reports."""

MESSAGES: dict[str, tuple[str, str]] = {
    "data_report.running": (
        "A report is being made already; you will get a mail when it is ready.",
        "Es wird bereits eine Auskunft erstellt; Sie erhalten eine E-Mail, wenn sie fertig ist.",
    ),
    "data_report.too_often": (
        "You have asked for {most} reports in 24 hours. Ask for the next one in {seconds} seconds, or download one you have.",
        "Sie haben in 24 Stunden {most} Auskünfte angefordert. Fordern Sie die nächste in {seconds} Sekunden an oder laden "
        "Sie eine vorhandene herunter.",
    ),
}
