"""Whether mail of a domain arrives and is believed."""

MESSAGES: dict[str, tuple[str, str]] = {
    "mail_security.OK": (
        "{record} is as it should be.",
        "{record} ist in Ordnung.",
    ),
    "mail_security.MISSING": (
        "There is no record for {record} yet.",
        "Für {record} gibt es noch keinen Eintrag.",
    ),
    "mail_security.NO_KEY": (
        "We do not sign mail of this domain with a key yet, so there is nothing to compare with.",
        "Wir signieren E-Mails dieser Domain noch nicht mit einem Schlüssel; es gibt nichts zu vergleichen.",
    ),
    "mail_security.NO_MAIL": (
        "The domain says that it takes no mail at all.",
        "Die Domain gibt an, überhaupt keine E-Mails anzunehmen.",
    ),
    "mail_security.NO_MAIL_BESIDE_OTHERS": (
        "One MX record says that the domain takes no mail, and others name servers for it. Only one can be true.",
        "Ein MX-Eintrag gibt an, dass die Domain keine E-Mails annimmt, andere nennen Server dafür. Nur eines kann stimmen.",
    ),
    "mail_security.OTHER_SERVERS": (
        "Mail for the domain goes to other servers than ours, or not to all of ours.",
        "E-Mails an die Domain gehen an andere Server als unsere oder nicht an alle von ihnen.",
    ),
    "mail_security.SEVERAL_RECORDS": (
        "There are several records for {record}, of which receivers take none.",
        "Für {record} gibt es mehrere Einträge, von denen Empfänger keinen beachten.",
    ),
    "mail_security.SYNTAX": (
        "Receivers cannot read the record for {record}.",
        "Empfänger können den Eintrag für {record} nicht lesen.",
    ),
    "mail_security.TOO_MANY_LOOKUPS": (
        "The SPF policy asks the DNS more than ten times; receivers give up on it.",
        "Die SPF-Richtlinie fragt das DNS mehr als zehnmal; Empfänger brechen die Prüfung ab.",
    ),
    "mail_security.HOST_NOT_INCLUDED": (
        "The SPF policy does not admit our mail servers.",
        "Die SPF-Richtlinie lässt unsere Mailserver nicht zu.",
    ),
    "mail_security.EVERYBODY_ALLOWED": (
        "The SPF policy admits every server there is (`+all`).",
        "Die SPF-Richtlinie lässt alle Server überhaupt zu (`+all`).",
    ),
    "mail_security.KEY_REVOKED": (
        "The DKIM record has no key: it says that the key is not used any more.",
        "Der DKIM-Eintrag enthält keinen Schlüssel: Er gibt an, dass der Schlüssel nicht mehr benutzt wird.",
    ),
    "mail_security.OTHER_KEY": (
        "The DKIM record has another key than the one we sign with.",
        "Der DKIM-Eintrag enthält einen anderen Schlüssel als den, mit dem wir signieren.",
    ),
    "mail_security.KEY_RESTRICTED": (
        "The DKIM record restricts the key, so that receivers do not rely on our signatures.",
        "Der DKIM-Eintrag schränkt den Schlüssel ein, sodass Empfänger sich auf unsere Signaturen nicht verlassen.",
    ),
    "mail_security.ELSEWHERE": (
        "The name for {record} was handed to another zone, so that we cannot see what is there.",
        "Der Name für {record} wurde an eine andere Zone abgegeben; was dort steht, sehen wir nicht.",
    ),
}
