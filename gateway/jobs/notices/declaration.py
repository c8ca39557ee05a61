"""Mails about declarations: receipts (§ 312k (4), § 356a (4) BGB), and what became of them."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "declaration_received": {
        "de": (
            "Eingangsbestätigung Ihrer Erklärung",
            "wir bestätigen Ihnen den Eingang dieser Erklärung. Das PDF mit demselben Inhalt liegt bei; bitte bewahren Sie es "
            "auf.\n\n{content}\n\n"
            "Über diesen Link bestätigen Sie Ihre E-Mail-Adresse, innerhalb von {days} Tagen. Ist sie die Kontaktadresse "
            "Ihres Kundenkontos, ordnen wir die Erklärung dann sofort zu. Wirksam ist sie auch ohne das.\n\n{link}\n\n"
            "Haben Sie nichts erklärt, hat jemand Ihre Adresse angegeben: Bitte schreiben Sie uns, und öffnen Sie den Link "
            "nicht.",
        ),
        "en": (
            "Receipt of your declaration",
            "we confirm that this declaration has reached us. The PDF with the same content is attached; please keep it."
            "\n\n{content}\n\n"
            "Confirm your e-mail address by this link, within {days} days. If it is the contact address of your customer "
            "account, we assign the declaration at once. It counts without that, too.\n\n{link}\n\n"
            "If you declared nothing, somebody gave your address: please write to us, and do not open the link.",
        ),
    },
    "extraordinary_cancellation_received": {
        "de": (
            "Eingangsbestätigung Ihrer außerordentlichen Kündigung",
            "wir bestätigen Ihnen den Eingang Ihrer außerordentlichen Kündigung. Das PDF mit demselben Inhalt liegt bei; in "
            "Ihrem Kundenkonto steht es auch. Wir prüfen den Grund und melden uns bei Ihnen.\n\n{content}\n\n"
            "Haben Sie das nicht veranlasst, ändern Sie bitte sofort Ihr Passwort und schreiben Sie uns: {portal}",
        ),
        "en": (
            "Receipt of your extraordinary cancellation",
            "we confirm that your extraordinary cancellation has reached us. The PDF with the same content is attached; it is "
            "in your customer account, too. We look at the reason and come back to you.\n\n{content}\n\n"
            "If this was not you, please change your password at once and write to us: {portal}",
        ),
    },
    "declaration_matched": {
        "de": (
            "Eine Erklärung wurde Ihrem Kundenkonto zugeordnet",
            "die Erklärung {number}, die am {received_at} bei uns eingegangen ist, wurde Ihrem Kundenkonto zugeordnet. Sie "
            "steht dort unter „Verträge“, mit ihrem Inhalt.\n\n"
            "Haben Sie nichts erklärt, schreiben Sie uns bitte sofort: {portal}",
        ),
        "en": (
            "A declaration was assigned to your customer account",
            "the declaration {number}, which reached us on {received_at}, was assigned to your customer account. It is there "
            "under “Contracts”, with its content.\n\n"
            "If you declared nothing, please write to us at once: {portal}",
        ),
    },
    "declaration_settled": {
        "de": (
            "Ihre Erklärung ist bearbeitet",
            "wir haben Ihre Erklärung {number} vom {received_at} bearbeitet. Das Ergebnis steht in Ihrem Kundenkonto unter "
            "„Verträge“: {portal}",
        ),
        "en": (
            "Your declaration has been dealt with",
            "we have dealt with your declaration {number} of {received_at}. The outcome is in your customer account under "
            "“Contracts”: {portal}",
        ),
    },
    "declaration_waiting": {
        "de": (
            "Eine Erklärung wartet",
            "am {at} ist eine Erklärung eingegangen.\n\nNummer: {number}\nArt: {kind}\n\n"
            "Was sie sagt, zeigt „gateway declarations show {number}“.",
        ),
        "en": (
            "A declaration waits",
            "on {at} a declaration arrived.\n\nNumber: {number}\nKind: {kind}\n\n"
            "What it says is shown by “gateway declarations show {number}”.",
        ),
    },
}
