"""Changes of tariffs."""

MESSAGES: dict[str, tuple[str, str]] = {
    "refused.TARIFF_CHANGE_PENDING": (
        "A change of the tariff waits for its day already. Take it back first.",
        "Ein Tarifwechsel wartet schon auf seinen Tag. Bitte nehmen Sie ihn zuerst zurück.",
    ),
    "refused.NO_TARIFF_CHANGE_PENDING": (
        "There is no change of the tariff that waits.",
        "Es gibt keinen Tarifwechsel, der noch wartet.",
    ),
    "refused.TARIFF_IS_THE_SAME": (
        "This is the tariff of the contract already.",
        "Das ist schon der Tarif des Vertrags.",
    ),
    "refused.TARIFF_OF_ANOTHER_FAMILY": (
        "A contract can only change to a tariff of the same family.",
        "Ein Vertrag kann nur in einen Tarif derselben Familie wechseln.",
    ),
    "refused.TARIFF_UNAVAILABLE": ("This tariff is no longer sold.", "Dieser Tarif wird nicht mehr angeboten."),
    "refused.TOO_MANY_MAILBOXES": (
        "The package has more mailboxes than this tariff allows. Delete some first.",
        "Das Paket hat mehr Postfächer, als dieser Tarif erlaubt. Bitte löschen Sie zuerst welche.",
    ),
    "refused.TOO_MANY_MAIL_ADDRESSES": (
        "The package has more mail addresses than this tariff allows. Delete some first.",
        "Das Paket hat mehr E-Mail-Adressen, als dieser Tarif erlaubt. Bitte löschen Sie zuerst welche.",
    ),
    "refused.TOO_MANY_DOMAINS": (
        "The package has more domains than this tariff allows. Move or cancel some first.",
        "Das Paket hat mehr Domains, als dieser Tarif erlaubt. Bitte verschieben oder kündigen Sie zuerst welche.",
    ),
    "refused.TOO_MANY_DATABASES": (
        "The package has more databases than this tariff allows. Delete some first.",
        "Das Paket hat mehr Datenbanken, als dieser Tarif erlaubt. Bitte löschen Sie zuerst welche.",
    ),
    "refused.TOO_MANY_WEB_HOSTS": (
        "The package has more host names than this tariff allows. Delete some first.",
        "Das Paket hat mehr Hostnamen, als dieser Tarif erlaubt. Bitte löschen Sie zuerst welche.",
    ),
    "refused.TOO_MANY_SFTP_ACCOUNTS": (
        "The package has more accounts for the web space than this tariff allows. Delete some first.",
        "Das Paket hat mehr Zugänge zum Webspace, als dieser Tarif erlaubt. Bitte löschen Sie zuerst welche.",
    ),
    "refused.TOO_MANY_CRON_JOBS": (
        "The package has more cron jobs than this tariff allows. Delete some first.",
        "Das Paket hat mehr Cronjobs, als dieser Tarif erlaubt. Bitte löschen Sie zuerst welche.",
    ),
    "refused.TOO_MANY_WEBSITE_APPS": (
        "The package has more website apps than this tariff allows. Delete some first.",
        "Das Paket hat mehr Website-Apps, als dieser Tarif erlaubt. Bitte löschen Sie zuerst welche.",
    ),
    "refused.TOO_MANY_BACKUPS": (
        "The package has more backups than this tariff allows. Delete some first.",
        "Das Paket hat mehr Sicherungen, als dieser Tarif erlaubt. Bitte löschen Sie zuerst welche.",
    ),
    "refused.WEB_SPACE_IN_USE": (
        "More web space is used than this tariff has. Delete something first.",
        "Es ist mehr Webspace belegt, als dieser Tarif hat. Bitte löschen Sie zuerst etwas.",
    ),
    "tariff_change.stale": (
        "The contract, the package or the price is not as it was shown. Look at the preview again.",
        "Vertrag, Paket oder Preis sind nicht mehr so, wie sie angezeigt wurden. Bitte sehen Sie sich die Vorschau neu an.",
    ),
    "tariff_change.line.credit": (
        "Credit {tariff}, {days} of {of} days",
        "Gutschrift {tariff}, {days} von {of} Tagen",
    ),
    "tariff_change.line.charge": ("{tariff}, {days} of {of} days", "{tariff}, {days} von {of} Tagen"),
}
