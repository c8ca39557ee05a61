"""DNS records and zone files."""

MESSAGES: dict[str, tuple[str, str]] = {
    "zone.how_many": (
        "Add or remove 1 to {most} records at once; more can come as a zone file.",
        "Bitte ändern Sie 1 bis {most} Einträge auf einmal; mehr können als Zonendatei kommen.",
    ),
    "zone.domain_not_active": (
        "The records of a domain can be changed while it is active.",
        "Die Einträge einer Domain können geändert werden, solange sie aktiv ist.",
    ),
    "zone.changed_meanwhile": (
        "The records were changed meanwhile. Read them again and repeat the change with the domain's `zoneVersion`.",
        "Die Einträge wurden inzwischen geändert. Bitte lesen Sie sie neu und ändern Sie sie mit der neuen `zoneVersion`.",
    ),
    "zone.bad_lines": (
        "{count} lines cannot be taken: {lines}. `zoneImportPreview` says why. Nothing was changed.",
        "{count} Zeilen können nicht übernommen werden: {lines}. `zoneImportPreview` sagt, warum. Nichts wurde geändert.",
    ),
    "zone.ttl_out_of_range": (
        "The TTL is {shortest} to {longest} seconds.",
        "Die TTL beträgt {shortest} bis {longest} Sekunden.",
    ),
    "zone.ttl_differs": (
        "Records of one name and type have the same TTL (RFC 2181). Remove the others or take theirs.",
        "Einträge eines Namens und Typs haben dieselbe TTL (RFC 2181). Entfernen Sie die anderen oder nehmen Sie deren TTL.",
    ),
    "zone.duplicate": (
        "This record is there already.",
        "Diesen Eintrag gibt es schon.",
    ),
    "zone.cname_at_apex": (
        "The domain itself cannot be a CNAME; use A and AAAA, or a sub-domain.",
        "Die Domain selbst kann kein CNAME sein; verwenden Sie A und AAAA oder eine Subdomain.",
    ),
    "zone.cname_beside_others": (
        "A name with a CNAME has no other record (RFC 1034). Remove the others first, or in the same change.",
        "Ein Name mit CNAME hat keinen anderen Eintrag (RFC 1034). Entfernen Sie die anderen vorher oder zugleich.",
    ),
    "zone.ns_at_apex": (
        "The name servers of the domain itself are ours; NS records are for sub-domains.",
        "Die Nameserver der Domain selbst sind unsere; NS-Einträge sind für Subdomains.",
    ),
    "zone.below_delegation": (
        "At and below a name that an NS record hands to other name servers, only addresses of those can stand; remove other "
        "records first.",
        "Unter einem Namen, den ein NS-Eintrag anderen Nameservern übergibt, und an ihm selbst können nur deren Adressen "
        "stehen; entfernen Sie andere Einträge vorher.",
    ),
    "zone.too_many": (
        "A domain has at most {most} records.",
        "Eine Domain hat höchstens {most} Einträge.",
    ),
    "zone.bad_name": (
        "This is no name of a record: labels of at most 63 letters of one script, digits, hyphens or underscores; `*` only "
        "as the first.",
        "Das ist kein Name eines Eintrags: höchstens 63 Buchstaben einer Schrift, Ziffern, `-` oder `_` je Teil; `*` nur als "
        "erster.",
    ),
    "zone.out_of_zone": (
        "This name is not within the domain.",
        "Dieser Name liegt nicht innerhalb der Domain.",
    ),
    "zone.bad_value": (
        "This value does not fit the type: an address for A and AAAA, `10 mail.example.com` for MX, "
        '`0 issue "ca.example"` for CAA, `10 5 5060 sip.example.com` for SRV.',
        "Dieser Wert passt nicht zum Typ: eine Adresse für A und AAAA, `10 mail.example.com` für MX, "
        '`0 issue "ca.example"` für CAA, `10 5 5060 sip.example.com` für SRV.',
    ),
    "zone.bad_target": (
        "The target is the full name of a host, not an address.",
        "Das Ziel ist der vollständige Name eines Rechners, keine Adresse.",
    ),
    "zone.text_too_long": (
        "The text is too long for a TXT record.",
        "Der Text ist zu lang für einen TXT-Eintrag.",
    ),
    "zone.bad_service_name": (
        "The name of an SRV record begins with a service and a protocol: `_sip._tcp`.",
        "Der Name eines SRV-Eintrags beginnt mit Dienst und Protokoll: `_sip._tcp`.",
    ),
    "zone.unknown_caa_tag": (
        "A CAA record has a property such as `issue`, `issuewild` or `iodef`.",
        "Ein CAA-Eintrag hat eine Eigenschaft wie `issue`, `issuewild` oder `iodef`.",
    ),
    "zone.unsupported_type": (
        "Records of this type cannot be set: A, AAAA, CNAME, MX, TXT, SRV, CAA and NS can.",
        "Einträge dieses Typs können nicht gesetzt werden: möglich sind A, AAAA, CNAME, MX, TXT, SRV, CAA und NS.",
    ),
    "zone.bad_directive": (
        "Only $ORIGIN and $TTL are understood in a zone file.",
        "In einer Zonendatei werden nur $ORIGIN und $TTL verstanden.",
    ),
    "zone.file_too_long": (
        "The zone file is too long; nothing was read from this line on.",
        "Die Zonendatei ist zu lang; ab dieser Zeile wurde nichts gelesen.",
    ),
    "zone.unfinished_record": (
        "A parenthesis that begins in this line is not closed.",
        "Eine Klammer, die in dieser Zeile beginnt, wird nicht geschlossen.",
    ),
}
