"""What stored values are called in the PDF of a report, in English and German."""

from __future__ import annotations

from enum import Enum

from gateway.jobs.data_report.declaration import Reason, Words, say

BY_VALUE: dict[str, Words] = {
    "RENEWED": ("renewed", "verlängert"),
    "PRICE_CHANGED": ("price changed", "Preis geändert"),
    "TARIFF_CHANGE_SCHEDULED": ("change of the tariff scheduled", "Tarifwechsel vorgemerkt"),
    "TARIFF_CHANGE_REVOKED": ("change of the tariff taken back", "Tarifwechsel zurückgenommen"),
    "TARIFF_CHANGE_REFUSED": ("change of the tariff refused", "Tarifwechsel abgelehnt"),
    "TARIFF_CHANGED": ("tariff changed", "Tarif gewechselt"),
    "CANCELLATION_UNDONE": ("cancellation taken back", "Kündigung zurückgenommen"),
    "UPGRADE": ("upgrade", "Upgrade"),
    "DOWNGRADE": ("downgrade", "Downgrade"),
    "SCHEDULED": ("scheduled", "vorgemerkt"),
    "REVOKED": ("taken back", "zurückgenommen"),
    "REFUSED": ("refused", "abgelehnt"),
    "A": ("A", "A"),
    "AAAA": ("AAAA", "AAAA"),
    "CNAME": ("CNAME", "CNAME"),
    "MX": ("MX", "MX"),
    "TXT": ("TXT", "TXT"),
    "SRV": ("SRV", "SRV"),
    "CAA": ("CAA", "CAA"),
    "NS": ("NS", "NS"),
    "ACTIVE": ("active", "aktiv"),
    "API_TOKEN": ("API token", "API-Token"),
    "AUTHENTICATOR_APP": ("authenticator app", "Authenticator-App"),
    "ADD_ON": ("add-on", "Zusatzleistung"),
    "CANCELLED": ("cancelled", "gekündigt"),
    "CARRIED_OUT": ("carried out", "vollzogen"),
    "COMPANY": ("company", "Firma"),
    "CONCLUDED": ("concluded", "abgeschlossen"),
    "CUSTOMER": ("customer", "Kunde"),
    "DEBIT_PENDING": ("direct debit in progress", "Lastschrift läuft"),
    "DEBIT_RETURNED": ("direct debit returned", "Lastschrift zurückgegeben"),
    "DECLARED": ("declared", "erklärt"),
    "DELETE": ("deletion", "Löschung"),
    "DELETED": ("deleted", "gelöscht"),
    "DIRECT_DEBIT": ("direct debit", "Lastschrift"),
    "DOMAIN": ("domain", "Domain"),
    "DOWNLOADED": ("downloaded", "heruntergeladen"),
    "EMAIL_CHANGE": ("change of the e-mail address", "Änderung der E-Mail-Adresse"),
    "ENDED": ("ended", "beendet"),
    "FAILED": ("failed", "gescheitert"),
    "FAX": ("fax", "Fax"),
    "KEEP": ("kept", "bleibt"),
    "LANDLINE": ("landline", "Festnetz"),
    "MOBILE": ("mobile", "Mobil"),
    "OPEN": ("open", "offen"),
    "OPERATOR": ("our staff", "unsere Mitarbeitenden"),
    "OVERDUE": ("overdue", "überfällig"),
    "PACKAGE": ("package login", "Paketzugang"),
    "PACKAGE_LOGIN": ("package login", "Paketzugang"),
    "PAID": ("paid", "bezahlt"),
    "PASSWORD_RESET": ("new password", "neues Passwort"),
    "PENDING": ("pending", "in Bearbeitung"),
    "PERSON": ("person", "Person"),
    "PROVISIONING": ("being set up", "wird eingerichtet"),
    "QUEUED": ("waiting", "wartet"),
    "READY": ("ready", "fertig"),
    "REQUESTED": ("requested", "angefordert"),
    "RUNNING": ("being made", "wird erstellt"),
    "SUCCEEDED": ("carried out", "ausgeführt"),
    "SUPERSEDED": ("superseded", "abgelöst"),
    "SUSPENDED": ("suspended", "gesperrt"),
    "SYSTEM": ("our systems", "unsere Systeme"),
    "TRANSFER": ("transfer", "Überweisung"),
    "TRANSFERRING": ("being transferred", "wird übertragen"),
    "UNDONE": ("taken back", "zurückgenommen"),
}
"""Members of enums. An invoice that is cancelled has a word of its own."""

BY_MEMBER: dict[tuple[str, str], Words] = {
    ("InvoiceState", "CANCELLED"): ("cancelled", "storniert"),
    ("DebitState", "SUBMITTED"): ("handed to the bank", "der Bank übergeben"),
    ("DebitState", "COLLECTED"): ("collected", "eingezogen"),
    ("DebitState", "RETURNED"): ("returned", "zurückgegeben"),
    ("DebitState", "WITHDRAWN"): ("withdrawn", "zurückgezogen"),
    ("MandateSequence", "FRST"): ("first collection", "erster Einzug"),
    ("MandateSequence", "RCUR"): ("further collection", "weiterer Einzug"),
    ("MandateSequence", "FNAL"): ("last collection", "letzter Einzug"),
    ("MandateSequence", "OOFF"): ("only collection", "einmaliger Einzug"),
    ("CancellationSubject", "PACKAGE"): ("package", "Paket"),
    ("DeclarationKind", "CANCELLATION"): ("cancellation", "Kündigung"),
    ("DeclarationKind", "EXTRAORDINARY_CANCELLATION"): ("extraordinary cancellation", "außerordentliche Kündigung"),
    ("DeclarationKind", "WITHDRAWAL"): ("withdrawal", "Widerruf"),
    ("DeclarationState", "RECEIVED"): ("received", "eingegangen"),
    ("DeclarationState", "MATCHED"): ("being dealt with", "in Bearbeitung"),
    ("DeclarationState", "DONE"): ("carried out", "ausgeführt"),
    ("DeclarationState", "REJECTED"): ("refused", "zurückgewiesen"),
    ("InvoiceKind", "INVOICE"): ("invoice", "Rechnung"),
    ("InvoiceKind", "CREDIT_NOTE"): ("credit note", "Gutschrift"),
    ("VatCategory", "S"): ("taxed", "steuerpflichtig"),
    ("VatCategory", "Z"): ("zero rate", "Nullsatz"),
    ("VatCategory", "E"): ("exempt", "steuerbefreit"),
    ("VatCategory", "AE"): ("reverse charge", "Steuerschuld des Empfängers"),
    ("VatCategory", "K"): ("delivery within the EU", "innergemeinschaftliche Lieferung"),
    ("VatCategory", "G"): ("export", "Ausfuhr"),
    ("VatCategory", "O"): ("not taxable", "nicht steuerbar"),
    ("ContractEventKind", "RENEWED"): ("renewed", "verlängert"),
    ("ContractEventKind", "PRICE_CHANGED"): ("price changed", "Preis geändert"),
    ("ContractEventKind", "TARIFF_CHANGE_SCHEDULED"): ("change of the tariff scheduled", "Tarifwechsel vorgemerkt"),
    ("ContractEventKind", "TARIFF_CHANGE_REVOKED"): ("change of the tariff taken back", "Tarifwechsel zurückgenommen"),
    ("ContractEventKind", "TARIFF_CHANGE_REFUSED"): ("change of the tariff not possible", "Tarifwechsel nicht möglich"),
    ("ContractEventKind", "TARIFF_CHANGED"): ("tariff changed", "Tarif gewechselt"),
    ("ContractEventKind", "CANCELLATION_UNDONE"): ("cancellation taken back", "Kündigung zurückgenommen"),
    ("TariffDirection", "UPGRADE"): ("to a larger tariff", "in einen größeren Tarif"),
    ("TariffDirection", "DOWNGRADE"): ("to a smaller tariff", "in einen kleineren Tarif"),
    ("TariffChangeState", "SCHEDULED"): ("scheduled", "vorgemerkt"),
    ("TariffChangeState", "REVOKED"): ("taken back", "zurückgenommen"),
    ("TariffChangeState", "REFUSED"): ("not possible", "nicht möglich"),
    ("WebsiteAppState", "INSTALLING"): ("being installed", "wird installiert"),
    ("WebsiteAppState", "INSTALLED"): ("installed", "installiert"),
    ("WebsiteAppState", "UPDATING"): ("being updated", "wird aktualisiert"),
    ("WebsiteAppState", "REMOVING"): ("being removed", "wird entfernt"),
    ("WebsiteAppState", "FAILED"): ("not installed", "nicht installiert"),
    ("BackupContent", "WEB_SPACE"): ("web space", "Webspace"),
    ("BackupContent", "DATABASE"): ("database", "Datenbank"),
    ("BackupContent", "MAILBOX"): ("mailbox", "Postfach"),
    ("BackupState", "CREATING"): ("being made", "wird erstellt"),
    ("BackupState", "READY"): ("ready", "fertig"),
    ("BackupState", "RESTORING"): ("being restored", "wird zurückgespielt"),
    ("BackupState", "FAILED"): ("not made", "nicht erstellt"),
    ("DatabaseEngine", "MARIADB"): ("MariaDB", "MariaDB"),
    ("DatabaseEngine", "POSTGRESQL"): ("PostgreSQL", "PostgreSQL"),
    ("SpamFilter", "OFF"): ("not looked at", "nicht geprüft"),
    ("SpamFilter", "MARK"): ("marked", "markiert"),
    ("SpamFilter", "FOLDER"): ("into the folder of spam", "in den Spam-Ordner"),
    ("SpamFilter", "REJECT"): ("not taken", "abgelehnt"),
    ("SftpAccess", "SFTP"): ("files only (SFTP)", "nur Dateien (SFTP)"),
    ("SftpAccess", "SSH"): ("files and a shell (SSH)", "Dateien und Shell (SSH)"),
    ("CronKind", "URL"): ("asks for an address", "ruft eine Adresse auf"),
    ("CronKind", "SCRIPT"): ("runs a PHP script", "führt ein PHP-Skript aus"),
    ("WebTarget", "WEB_ROOT"): ("a folder of the web space", "ein Ordner im Webspace"),
    ("WebTarget", "REDIRECT"): ("redirect", "Weiterleitung"),
    ("TlsState", "NONE"): ("none", "keines"),
    ("TlsState", "PENDING"): ("asked for", "angefordert"),
    ("TlsState", "ACTIVE"): ("active", "aktiv"),
    ("OperationState", "RUNNING"): ("handed over", "übergeben"),
    ("TlsState", "FAILED"): ("not issued", "nicht ausgestellt"),
    ("DomainFate", "TRANSFER"): ("transfer to another provider", "Umzug zu einem anderen Anbieter"),
}

WITHHELD: dict[Reason, Words] = {
    Reason.SECRET: (
        "Fingerprints of passwords, codes and tokens, and sealed secrets: whoever had them could try to get into your "
        "account. The secrets themselves we do not know.",
        "Prüfwerte von Passwörtern, Codes und Tokens sowie versiegelte Geheimnisse: Wer sie hätte, könnte versuchen, in "
        "Ihr Konto zu gelangen. Die Geheimnisse selbst kennen wir nicht.",
    ),
    Reason.IBAN: (
        "The full IBAN is stored sealed and is never shown again; bank and last four characters stand for it.",
        "Die vollständige IBAN ist versiegelt gespeichert und wird nie wieder angezeigt; Bank und letzte vier Zeichen "
        "stehen für sie.",
    ),
    Reason.DERIVED: (
        "Search keys: the same text as in the entry, in lower case and without accents.",
        "Suchschlüssel: derselbe Text wie im Eintrag, kleingeschrieben und ohne Akzente.",
    ),
    Reason.OWNER: (
        "The id of your customer record, which would stand in every entry; it stands once, at the customer.",
        "Die Kennung Ihres Kundendatensatzes, die in jedem Eintrag stünde; sie steht einmal, beim Kunden.",
    ),
    Reason.BOOKKEEPING: (
        "Counters, seals and times of our programs that tell nothing about you.",
        "Zähler, Siegel und Zeiten unserer Programme, die nichts über Sie aussagen.",
    ),
    Reason.FILE: (
        "The bytes of files (invoices, agreements, earlier reports): what they say is in this report, and you can "
        "download the files themselves in your customer account as long as they are stored.",
        "Der Inhalt von Dateien (Rechnungen, Vereinbarungen, frühere Auskünfte): Was darin steht, enthält diese Auskunft; "
        "die Dateien selbst können Sie in Ihrem Kundenkonto herunterladen, solange sie gespeichert sind.",
    ),
    Reason.MAIL_TEXT: (
        "What fills the text of a mail: it repeats other entries, and may be a code that opens your account.",
        "Womit der Text einer E-Mail gefüllt wird: Es wiederholt andere Einträge und kann ein Code sein, der Ihr Konto "
        "öffnet.",
    ),
    Reason.OTHERS: (
        "What is about other persons: feedback given with a package login, and which of our staff did something "
        "(Art. 15 (4) GDPR).",
        "Was andere Personen betrifft: Rückmeldungen mit einem Paketzugang und wer von unseren Mitarbeitenden etwas getan "
        "hat (Art. 15 Abs. 4 DSGVO).",
    ),
}
"""Why something is not in a report."""


def member_words(member: Enum) -> Words:
    """What a member of an enum is called. Raises `KeyError` for one nobody has named."""
    return BY_MEMBER.get((type(member).__name__, member.name)) or BY_VALUE[member.name]


def member(value: Enum, language: str) -> str:
    """The same in one language; a member without words stands for itself, since a report is due."""
    try:
        return say(member_words(value), language)
    except KeyError:
        return str(value.value)


def yes_or_no(value: bool, language: str) -> str:
    """A stored yes or no."""
    return say(("yes", "ja") if value else ("no", "nein"), language)
