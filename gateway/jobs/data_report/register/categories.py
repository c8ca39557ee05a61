"""The kinds of data there are: what for, for how long, from where (Art. 15 (1) (a), (b), (d), (g) GDPR)."""

from __future__ import annotations

from gateway.jobs.data_report.declaration import Category, Words

FROM_YOU: Words = (
    "You gave them to us when you ordered, or entered them in your customer account.",
    "Sie haben sie uns bei der Bestellung gegeben oder in Ihrem Kundenkonto eingetragen.",
)
FROM_THE_CONTRACT: Words = (
    "They come about by performing the contract; payments are told to us by your bank.",
    "Sie entstehen, wenn wir den Vertrag erfüllen; Zahlungen teilt uns Ihre Bank mit.",
)
FROM_USE: Words = (
    "They come about when you, or somebody you gave a package login, use the customer account.",
    "Sie entstehen, wenn Sie oder jemand, dem Sie einen Paketzugang gegeben haben, das Kundenkonto nutzen.",
)

MASTER_DATA = Category(
    ("Master data", "Stammdaten"),
    (
        "To conclude and perform the contracts with you and to reach you about them (Art. 6 (1) (b) GDPR).",
        "Um die Verträge mit Ihnen zu schließen und zu erfüllen und Sie dazu zu erreichen (Art. 6 Abs. 1 lit. b DSGVO).",
    ),
    (
        "For as long as there is a contract, and then until the claims from it are barred (§§ 195, 199 BGB: three years "
        "from the end of the year).",
        "Solange ein Vertrag besteht, danach bis die Ansprüche daraus verjährt sind (§§ 195, 199 BGB: drei Jahre ab "
        "Jahresende).",
    ),
    FROM_YOU,
)

CONTRACTS = Category(
    ("Contracts", "Verträge"),
    (
        "To perform the contracts and to prove what was agreed (Art. 6 (1) (b) and (f) GDPR).",
        "Um die Verträge zu erfüllen und das Vereinbarte nachzuweisen (Art. 6 Abs. 1 lit. b und f DSGVO).",
    ),
    (
        "Six years from the end of the year in which the contract ended (§ 257 (4) HGB, § 147 (3) AO).",
        "Sechs Jahre ab dem Ende des Jahres, in dem der Vertrag geendet hat (§ 257 Abs. 4 HGB, § 147 Abs. 3 AO).",
    ),
    FROM_YOU,
)

INVOICES = Category(
    ("Invoices and payments", "Rechnungen und Zahlungen"),
    (
        "To bill what was delivered, to collect payments, and to keep books as the law demands (Art. 6 (1) (b) and (c) "
        "GDPR, § 14b UStG, § 147 AO).",
        "Um Leistungen abzurechnen, Zahlungen einzuziehen und Bücher zu führen, wie es das Gesetz verlangt (Art. 6 Abs. 1 "
        "lit. b und c DSGVO, § 14b UStG, § 147 AO).",
    ),
    (
        "Eight years from the end of the year of the invoice (§ 14b (1) UStG, § 147 (3) AO).",
        "Acht Jahre ab dem Ende des Jahres der Rechnung (§ 14b Abs. 1 UStG, § 147 Abs. 3 AO).",
    ),
    FROM_THE_CONTRACT,
)

PACKAGES = Category(
    ("Packages, domains and mailboxes", "Pakete, Domains und Postfächer"),
    (
        "To run what you ordered (Art. 6 (1) (b) GDPR).",
        "Um zu betreiben, was Sie bestellt haben (Art. 6 Abs. 1 lit. b DSGVO).",
    ),
    (
        "Until you delete them or the package ends; the package itself as long as its contract.",
        "Bis Sie sie löschen oder das Paket endet; das Paket selbst so lange wie seinen Vertrag.",
    ),
    FROM_YOU,
)

ACCESS = Category(
    ("Sign-in and security", "Anmeldung und Sicherheit"),
    (
        "To let you in and to keep others out (Art. 6 (1) (b) and (f), Art. 32 GDPR).",
        "Um Sie einzulassen und andere fernzuhalten (Art. 6 Abs. 1 lit. b und f, Art. 32 DSGVO).",
    ),
    (
        "Sessions, devices, links and tickets until they have ended or expired, and then about a day, after which a clean-up "
        "deletes them; authenticator apps and recovery codes until you remove or replace them.",
        "Sitzungen, Geräte, Links und Tickets, bis sie beendet oder abgelaufen sind, danach etwa einen Tag, bis eine "
        "Bereinigung sie löscht; Authenticator-Apps und Wiederherstellungscodes, bis Sie sie entfernen oder ersetzen.",
    ),
    FROM_USE,
)

ACTIVITY = Category(
    ("Activity", "Aktivitäten"),
    (
        "To show you and to prove who did what in your account, and to find misuse (Art. 5 (2), Art. 6 (1) (f), Art. 32 GDPR).",
        "Um Ihnen zu zeigen und nachzuweisen, wer was in Ihrem Konto getan hat, und um Missbrauch zu erkennen (Art. 5 "
        "Abs. 2, Art. 6 Abs. 1 lit. f, Art. 32 DSGVO).",
    ),
    (
        "As long as the master data. IP addresses are shortened before they are stored.",
        "So lange wie die Stammdaten. IP-Adressen werden gekürzt, bevor sie gespeichert werden.",
    ),
    FROM_USE,
)

CORRESPONDENCE = Category(
    ("Messages", "Nachrichten"),
    (
        "To tell you what happens in your account and to improve our service (Art. 6 (1) (b) and (f) GDPR).",
        "Um Sie über Ereignisse in Ihrem Konto zu informieren und unseren Dienst zu verbessern (Art. 6 Abs. 1 lit. b und f "
        "DSGVO).",
    ),
    (
        "As long as the master data. What of a mail may open an account is deleted as soon as it was sent.",
        "So lange wie die Stammdaten. Was in einer E-Mail ein Konto öffnen könnte, wird gelöscht, sobald sie versandt ist.",
    ),
    FROM_USE,
)

AGREEMENTS = Category(
    ("Data protection", "Datenschutz"),
    (
        "To keep the agreements on data processing and to answer your requests (Art. 6 (1) (c), Art. 28, Art. 15 GDPR).",
        "Um die Verträge zur Auftragsverarbeitung zu führen und Ihre Anfragen zu beantworten (Art. 6 Abs. 1 lit. c, Art. 28, "
        "Art. 15 DSGVO).",
    ),
    (
        "As long as the contract they belong to, and then three years; the file of a data report for a few days.",
        "So lange wie der zugehörige Vertrag, danach drei Jahre; die Datei einer Datenauskunft einige Tage.",
    ),
    FROM_YOU,
)
