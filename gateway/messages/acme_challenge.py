"""Challenges of certification authorities (RFC 8555)."""

MESSAGES: dict[str, tuple[str, str]] = {
    "acme.bad_name": (
        "The name is `_acme-challenge.` and a domain or sub-domain of yours: `_acme-challenge.www.example.com`.",
        "Der Name ist `_acme-challenge.` und eine Ihrer Domains oder Subdomains: `_acme-challenge.www.example.com`.",
    ),
    "acme.bad_value": (
        "The value is the SHA-256 of the key authorization (RFC 8555 §8.4): 43 letters, digits, hyphens or underscores.",
        "Der Wert ist der SHA-256 der Key Authorization (RFC 8555 §8.4): 43 Buchstaben, Ziffern, `-` oder `_`.",
    ),
    "acme.no_domain": (
        "This name is in no domain that you can prove here.",
        "Dieser Name liegt in keiner Domain, die Sie hier nachweisen können.",
    ),
    "acme.too_many": (
        "The domain has {most} challenges already. Clear those that are over; each goes by itself after a week.",
        "Die Domain hat schon {most} Challenges. Bitte löschen Sie erledigte; nach einer Woche verschwinden sie von selbst.",
    ),
    "acme.cname": (
        "There is a CNAME at this name, and no text can stand beside it (RFC 1034). Remove it, or set the challenge where it "
        "points to.",
        "An diesem Namen steht ein CNAME, neben dem kein Text stehen kann (RFC 1034). Entfernen Sie ihn, oder setzen Sie die "
        "Challenge dort, wohin er zeigt.",
    ),
    "acme.delegated": (
        "This sub-domain was handed to other name servers by an NS record. The challenge has to be set there.",
        "Diese Subdomain wurde durch einen NS-Eintrag anderen Nameservern übergeben. Die Challenge muss dort gesetzt werden.",
    ),
    "acme.body": (
        "Send JSON with the texts `fqdn` and `value`, or with `domain`, `token` and `keyAuth`.",
        "Bitte senden Sie JSON mit den Texten `fqdn` und `value` oder mit `domain`, `token` und `keyAuth`.",
    ),
}
