"""Direct debits."""

MESSAGES: dict[str, tuple[str, str]] = {
    "debit.changed_meanwhile": (
        "The invoice has changed in the meantime. Please look at it again.",
        "Die Rechnung hat sich inzwischen geändert. Bitte sehen Sie sie noch einmal an.",
    ),
    "refused.NOT_AN_INVOICE": (
        "A credit note is not debited.",
        "Eine Gutschrift wird nicht abgebucht.",
    ),
    "refused.INVOICE_PAID": (
        "Nothing is due on this invoice any more.",
        "Auf diese Rechnung ist nichts mehr offen.",
    ),
    "refused.INVOICE_CANCELLED": (
        "The invoice was cancelled with a credit note.",
        "Die Rechnung wurde mit einer Gutschrift storniert.",
    ),
    "refused.DEBIT_NOT_OFFERED": (
        "Invoices are not collected by direct debit here. Please transfer the amount.",
        "Rechnungen werden hier nicht per Lastschrift eingezogen. Bitte überweisen Sie den Betrag.",
    ),
    "refused.DEBIT_PENDING": (
        "A direct debit of this invoice is under way. Please wait for it.",
        "Eine Lastschrift für diese Rechnung läuft bereits. Bitte warten Sie sie ab.",
    ),
    "refused.NOT_IN_EURO": (
        "Only invoices in euro can be debited. Please transfer the amount.",
        "Nur Rechnungen in Euro können abgebucht werden. Bitte überweisen Sie den Betrag.",
    ),
    "refused.AMOUNT_TOO_LARGE": (
        "The amount is larger than a SEPA direct debit can be. Please transfer it.",
        "Der Betrag ist höher, als eine SEPA-Lastschrift sein kann. Bitte überweisen Sie ihn.",
    ),
    "refused.NO_ATTEMPTS_LEFT": (
        "This invoice has been debited as often as it can be. Please transfer the amount.",
        "Diese Rechnung wurde so oft abgebucht, wie es geht. Bitte überweisen Sie den Betrag.",
    ),
    "refused.MANDATE_MISSING": (
        "There are no bank details to debit. Enter bank details and give the mandate first.",
        "Es ist keine Bankverbindung hinterlegt. Geben Sie zuerst eine an und erteilen Sie das Mandat.",
    ),
    "refused.MANDATE_REVOKED": (
        "The SEPA mandate was revoked. Enter bank details and give a new mandate first.",
        "Das SEPA-Mandat wurde widerrufen. Geben Sie zuerst eine Bankverbindung an und erteilen Sie ein neues Mandat.",
    ),
    "refused.MANDATE_EXPIRED": (
        "The SEPA mandate was not used for 36 months and is void. Enter bank details and give a new mandate first.",
        "Das SEPA-Mandat wurde 36 Monate nicht genutzt und ist erloschen. Geben Sie zuerst eine Bankverbindung an und erteilen "
        "Sie ein neues Mandat.",
    ),
    "refused.BANK_DETAILS_NEEDED": (
        "The bank cannot debit this account. Enter new bank details first.",
        "Die Bank kann dieses Konto nicht belasten. Geben Sie zuerst eine neue Bankverbindung an.",
    ),
    "refused.INVOICE_DISPUTED": (
        "The amount was claimed back from the bank. Please write to us before it is debited again.",
        "Der Betrag wurde bei der Bank zurückgefordert. Bitte schreiben Sie uns, bevor er erneut abgebucht wird.",
    ),
    "refused.RETURN_CODE_FORBIDS": (
        "What the bank said when the debit came back does not allow another one. Please write to us.",
        "Was die Bank bei der Rücklastschrift mitgeteilt hat, lässt keine weitere zu. Bitte schreiben Sie uns.",
    ),
}
