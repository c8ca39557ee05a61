"""Mailboxes and mail addresses."""

MESSAGES: dict[str, tuple[str, str]] = {
    "refused.NO_AUTO_REPLY": (
        "The mailbox has no automatic reply.",
        "Das Postfach hat keine automatische Antwort.",
    ),
    "mailbox.changed_meanwhile": (
        "The mailbox was changed meanwhile. Please load it anew.",
        "Das Postfach wurde zwischenzeitlich geändert. Bitte laden Sie es neu.",
    ),
    "mailbox.quota_out_of_range": (
        "A mailbox holds {smallest} to {largest} MiB.",
        "Ein Postfach fasst {smallest} bis {largest} MiB.",
    ),
    "mailbox.quota_below_used": (
        "There is more in the mailbox already. It can hold {smallest} to {largest} MiB.",
        "Im Postfach ist bereits mehr. Es kann {smallest} bis {largest} MiB fassen.",
    ),
    "mailbox.text_missing": (
        "Please write something, at most {longest} characters.",
        "Bitte schreiben Sie etwas, höchstens {longest} Zeichen.",
    ),
    "mailbox.text_too_long": (
        "The text has at most {longest} characters.",
        "Der Text hat höchstens {longest} Zeichen.",
    ),
    "mailbox.text_characters": (
        "The text has a character that cannot be shown, or a line break where none can be. At most {longest} characters.",
        "Der Text enthält ein nicht darstellbares Zeichen oder einen Zeilenumbruch, wo keiner möglich ist. Er hat höchstens "
        "{longest} Zeichen.",
    ),
    "mailbox.days_turned": (
        "The last day comes before the first.",
        "Der letzte Tag liegt vor dem ersten.",
    ),
    "mailbox.days_over": (
        "The last day is over already.",
        "Der letzte Tag ist bereits vorbei.",
    ),
    "mail_address.exists": (
        "This mail address is there already.",
        "Diese E-Mail-Adresse gibt es bereits.",
    ),
    "mail_address.changed_meanwhile": (
        "The mail address was changed meanwhile. Please load it anew.",
        "Die E-Mail-Adresse wurde zwischenzeitlich geändert. Bitte laden Sie sie neu.",
    ),
    "mail_address.one_of_both": (
        "Please name what stands before the @, or choose to catch all others of the domain.",
        "Bitte geben Sie an, was vor dem @ steht, oder wählen Sie, dass alle übrigen Adressen der Domain gelten.",
    ),
    "mail_address.local_part_empty": (
        "Please name what stands before the @.",
        "Bitte geben Sie an, was vor dem @ steht.",
    ),
    "mail_address.local_part_too_long": (
        "What stands before the @ has at most {longest} characters.",
        "Vor dem @ stehen höchstens {longest} Zeichen.",
    ),
    "mail_address.local_part_not_ascii": (
        "Before the @ there can be no umlauts, accents or letters of other scripts.",
        "Vor dem @ sind keine Umlaute, Akzente oder Buchstaben anderer Schriften möglich.",
    ),
    "mail_address.local_part_dots": (
        "What stands before the @ neither begins nor ends with a dot, and has no two dots in a row.",
        "Was vor dem @ steht, beginnt und endet nicht mit einem Punkt und hat keine zwei Punkte hintereinander.",
    ),
    "mail_address.local_part_bad": (
        "Before the @ there are letters, digits, and . _ - + between them; the first is no hyphen.",
        "Vor dem @ stehen Buchstaben, Ziffern und dazwischen . _ - +; am Anfang kein Bindestrich.",
    ),
    "mail_address.local_part_reserved": (
        "Our mail servers use this address themselves. Please choose another one.",
        "Diese Adresse verwenden unsere Mailserver selbst. Bitte wählen Sie eine andere.",
    ),
    "mail_address.address_too_long": (
        "The mail address has at most {longest} characters with its domain.",
        "Die E-Mail-Adresse hat mit ihrer Domain höchstens {longest} Zeichen.",
    ),
    "mail_address.target_invalid": (
        "This is not a mail address such as info@example.com.",
        "Das ist keine E-Mail-Adresse wie info@example.com.",
    ),
    "mail_address.target_missing": (
        "There is no such address in this package. Please make it first.",
        "Diese Adresse gibt es in diesem Paket nicht. Bitte legen Sie sie zuerst an.",
    ),
    "mail_address.too_many_targets": (
        "Mail is sent on to at most {most} addresses.",
        "E-Mails werden an höchstens {most} Adressen weitergeleitet.",
    ),
    "mail_address.loop": (
        "Mail sent on to there would come back to this address.",
        "Dorthin weitergeleitete E-Mails kämen zu dieser Adresse zurück.",
    ),
    "mail_address.leads_nowhere": (
        "Please name a mailbox or an address that mail is to go to.",
        "Bitte geben Sie ein Postfach oder eine Adresse an, wohin die E-Mails gehen sollen.",
    ),
}
