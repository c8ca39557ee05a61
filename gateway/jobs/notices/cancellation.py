"""Mails about cancellations."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "cancellation_declared": {
        "de": (
            "Bestätigung Ihrer Kündigung",
            "am {at} ist Ihre Kündigung eingegangen. Gekündigt ist: {subject}. Der letzte Tag ist der {ends_on}.\n\n"
            "Die Bestätigung liegt als PDF bei; sie nennt alles, was damit endet, und was aus Ihren Domains wird.\n\n"
            "Bis {undo_until_at} können Sie die Kündigung in Ihrem Kundenkonto zurücknehmen; dann ist alles wieder, "
            "wie es war.\n\n"
            "Kündigungsnummer: {number}\nPrüfsumme (SHA-256): {sha256}\n\n"
            "Haben Sie das nicht veranlasst, nehmen Sie die Kündigung bitte zurück, ändern Sie Ihr Passwort und "
            "schreiben Sie uns.",
        ),
        "en": (
            "Confirmation of your cancellation",
            "we received your cancellation on {at}. Cancelled: {subject}. The last day is {ends_on}.\n\n"
            "The confirmation is attached as a PDF; it names everything that ends with it, and what becomes of your "
            "domains.\n\n"
            "Until {undo_until_at} you can take the cancellation back in your customer account; everything is then as "
            "it was.\n\n"
            "Cancellation number: {number}\nChecksum (SHA-256): {sha256}\n\n"
            "If this was not you, please take the cancellation back, change your password and write to us.",
        ),
    },
    "cancellation_undone": {
        "de": (
            "Kündigung zurückgenommen",
            "am {at} wurde die Kündigung {number} in Ihrem Kundenkonto zurückgenommen: {subject}. Alles läuft weiter "
            "wie vorher.\n\n"
            "Haben Sie das nicht veranlasst, ändern Sie bitte sofort Ihr Passwort und schreiben Sie uns.",
        ),
        "en": (
            "Cancellation taken back",
            "on {at} the cancellation {number} was taken back in your customer account: {subject}. Everything goes on "
            "as before.\n\n"
            "If this was not you, please change your password at once and write to us.",
        ),
    },
    "cancellation_carried_out": {
        "de": (
            "Ihre Kündigung ist vollzogen",
            "mit dem {ends_on} ist beendet, was Sie gekündigt hatten (Nummer {number}): {subject}.\n\nVielen Dank für "
            "Ihr Vertrauen.",
        ),
        "en": (
            "Your cancellation has been carried out",
            "what you had cancelled (number {number}) ended with {ends_on}: {subject}.\n\nThank you for having been "
            "our customer.",
        ),
    },
    "cancellation_domains_left": {
        "de": (
            "Was soll aus diesen Domains werden?",
            "mit dem {ends_on} ist beendet, was Sie gekündigt hatten: {subject}. Diese Domains konnten nicht dorthin "
            "umziehen, wo "
            "sie bleiben sollten, oder es war für sie nichts gewählt:\n\n"
            "{domains}\n\n"
            "Wir haben sie nicht gelöscht. Bitte schreiben Sie uns, was aus ihnen werden soll. Kündigungsnummer: {number}",
        ),
        "en": (
            "What should become of these domains?",
            "what you had cancelled ended with {ends_on}: {subject}. These domains could not move to where they were "
            "to be kept, or "
            "nothing was chosen for them:\n\n"
            "{domains}\n\n"
            "We have not deleted them. Please write to us what should become of them. Cancellation number: {number}",
        ),
    },
    "auth_info_revealed": {
        "de": (
            "AuthInfo-Code einer Domain angezeigt",
            "am {at} wurde in Ihrem Kundenkonto der AuthInfo-Code der Domain {domain} angezeigt. Wer ihn hat, kann die "
            "Domain zu "
            "einem anderen Anbieter holen.\n\n"
            "Haben Sie das nicht veranlasst, ändern Sie bitte sofort Ihr Passwort und schreiben Sie uns.",
        ),
        "en": (
            "AuthInfo of a domain shown",
            "on {at} the AuthInfo of the domain {domain} was shown in your customer account. Whoever has it can take "
            "the domain to "
            "another provider.\n\n"
            "If this was not you, please change your password at once and write to us.",
        ),
    },
}
