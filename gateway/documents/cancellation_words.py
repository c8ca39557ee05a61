"""What the receipt of a cancellation says, in German and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CancellationWords:
    """The words of one language; `subjects`, `endings` and `fates` by their codes."""

    title: str
    number: str
    customer: str
    declared_on: str
    ends_on: str
    received: str
    what: str
    subjects: dict[str, str]
    order: str
    contract: str
    declared_at: str
    last_day: str
    ending: str
    endings: dict[str, str]
    counted: str
    further: str
    domains: str
    fates: dict[str, str]
    refund: str
    no_refund: str
    tariff: str
    revoked: str
    undo: str
    undo_until: str
    undo_how: str
    checksum: str
    checksum_what: str
    form: str


WORDS = {
    "de": CancellationWords(
        title="Bestätigung Ihrer Kündigung",
        number="Kündigungsnr.",
        customer="Kundennummer",
        declared_on="Eingegangen am",
        ends_on="Endet am",
        received="Ihre Kündigung ist bei uns eingegangen. Wir bestätigen Ihnen, was Sie erklärt haben und wann es endet.",
        what="Gekündigt",
        subjects={"PACKAGE": "Paket mit seinem Vertrag", "DOMAIN": "Domain", "ADD_ON": "Zusatzleistung"},
        order="Auftragsnummer",
        contract="Vertragsnummer",
        declared_at="Eingang der Erklärung",
        last_day="Letzter Tag",
        ending="Damit enden",
        endings={
            "MAILBOXES": "Postfächer",
            "ADD_ONS": "Zusatzleistungen",
            "WEB_SPACE": "Webspace mit allen Dateien",
            "DATABASES": "Datenbanken",
            "BACKUPS": "Sicherungen",
        },
        counted="{count} {what}",
        further="und {count} weitere",
        domains="Ihre Domains",
        fates={
            "DELETE": "wird gelöscht",
            "TRANSFER": "geht zu einem anderen Anbieter; den AuthInfo-Code zeigt Ihr Kundenkonto",
            "KEEP": "bleibt bei uns und zieht um in das Paket „{keep_in}“",
        },
        refund="Erstattung",
        no_refund="keine: bezahlt ist bis zum letzten Tag",
        tariff="Tarifwechsel",
        revoked="Der vorgemerkte Wechsel zu „{tariff}“ ist aufgehoben.",
        undo="Kündigung zurücknehmen",
        undo_until="Möglich bis",
        undo_how="In Ihrem Kundenkonto unter „Verträge“, mit der Kündigungsnummer. Danach ist alles wieder, wie es war.",
        checksum="Prüfsumme",
        checksum_what="SHA-256 über Ihre Erklärung in der Form, in der sie gespeichert ist. Ihr Kundenkonto zeigt dieselbe.",
        form="Diese Bestätigung ist elektronisch erstellt und ohne Unterschrift gültig.",
    ),
    "en": CancellationWords(
        title="Confirmation of your cancellation",
        number="Cancellation no.",
        customer="Customer number",
        declared_on="Received on",
        ends_on="Ends on",
        received="We have received your cancellation. This confirms what you declared and when it ends.",
        what="Cancelled",
        subjects={"PACKAGE": "Package with its contract", "DOMAIN": "Domain", "ADD_ON": "Add-on"},
        order="Order number",
        contract="Contract number",
        declared_at="Declaration received",
        last_day="Last day",
        ending="What ends with it",
        endings={
            "MAILBOXES": "mailboxes",
            "ADD_ONS": "add-ons",
            "WEB_SPACE": "web space with all files",
            "DATABASES": "databases",
            "BACKUPS": "backups",
        },
        counted="{count} {what}",
        further="and {count} more",
        domains="Your domains",
        fates={
            "DELETE": "is deleted",
            "TRANSFER": "goes to another provider; your customer account shows its AuthInfo code",
            "KEEP": "stays with us and moves to the package “{keep_in}”",
        },
        refund="Refund",
        no_refund="none: it is paid until the last day",
        tariff="Tariff change",
        revoked="The change to “{tariff}” that was scheduled is revoked.",
        undo="Taking the cancellation back",
        undo_until="Possible until",
        undo_how="In your customer account under “Contracts”, with the cancellation number. Everything is then as it was.",
        checksum="Checksum",
        checksum_what="SHA-256 of your declaration in the form it is stored in. Your customer account shows the same.",
        form="This confirmation was made electronically and is valid without a signature.",
    ),
}
