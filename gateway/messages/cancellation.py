"""Cancellations, and why something cannot be cancelled, taken back, or chosen for a domain."""

MESSAGES: dict[str, tuple[str, str]] = {
    "cancellation.stale": (
        "What the preview showed has changed meanwhile. Ask for it again and look at it before you declare anything.",
        "Was die Vorschau zeigte, hat sich inzwischen geändert. Bitte rufen Sie sie neu ab und prüfen Sie sie vor der "
        "Erklärung.",
    ),
    "cancellation.chosen_twice": (
        "There are two choices about one domain.",
        "Für eine Domain gibt es zwei Angaben.",
    ),
    "refused.CONTRACT_MISSING": (
        "There is no contract over this package that could be cancelled.",
        "Über dieses Paket gibt es keinen Vertrag, der gekündigt werden könnte.",
    ),
    "refused.CONTRACT_CANCELLED": (
        "The contract is cancelled. Until its last day you can take that back first.",
        "Der Vertrag ist gekündigt. Bis zu seinem letzten Tag können Sie das zuerst zurücknehmen.",
    ),
    "refused.CONTRACT_ENDED": (
        "The contract has ended.",
        "Der Vertrag ist beendet.",
    ),
    "refused.ADD_ON_CANCELLED": (
        "The add-on is cancelled.",
        "Die Zusatzleistung ist gekündigt.",
    ),
    "refused.ADD_ON_ENDED": (
        "The add-on has ended.",
        "Die Zusatzleistung ist beendet.",
    ),
    "refused.DOMAIN_CANCELLED": (
        "The domain is cancelled.",
        "Die Domain ist gekündigt.",
    ),
    "refused.DOMAIN_NOT_REGISTERED": (
        "The domain is not registered yet.",
        "Die Domain ist noch nicht registriert.",
    ),
    "refused.DOMAIN_TRANSFERRING": (
        "The domain is on its way to or from another provider.",
        "Die Domain ist auf dem Weg zu einem oder von einem anderen Anbieter.",
    ),
    "refused.DOMAIN_PERIOD_UNKNOWN": (
        "Until when the domain is registered is not known yet. Please try again tomorrow, or write to us.",
        "Bis wann die Domain registriert ist, ist noch nicht bekannt. Bitte versuchen Sie es morgen erneut oder "
        "schreiben Sie uns.",
    ),
    "refused.DOMAIN_NOT_LEAVING": (
        "There is an AuthInfo for domains that go to another provider: cancel the domain and choose the transfer.",
        "Einen AuthInfo-Code gibt es für Domains, die zu einem anderen Anbieter gehen: Kündigen Sie die Domain und wählen Sie "
        "den Umzug.",
    ),
    "refused.NOT_CANCELLED": (
        "There is no cancellation that could be taken back.",
        "Es gibt keine Kündigung, die zurückgenommen werden könnte.",
    ),
    "refused.CANCELLATION_CARRIED_OUT": (
        "The cancellation has been carried out.",
        "Die Kündigung ist vollzogen.",
    ),
    "refused.UNDO_OVER": (
        "The last day is over; the cancellation can no longer be taken back.",
        "Der letzte Tag ist vorbei; die Kündigung kann nicht mehr zurückgenommen werden.",
    ),
    "refused.CHANGED_SINCE_CANCELLATION": (
        "This has been changed since it was cancelled. Please write to us.",
        "Hier hat sich seit der Kündigung etwas geändert. Bitte schreiben Sie uns.",
    ),
    "refused.ENDS_WITH_CONTRACT": (
        "It ends with its contract, whose cancellation can be taken back.",
        "Es endet mit dem Vertrag, dessen Kündigung zurückgenommen werden kann.",
    ),
    "refused.DOMAIN_FATE_MISSING": (
        "Please choose for each domain what is to become of it.",
        "Bitte wählen Sie für jede Domain, was aus ihr werden soll.",
    ),
    "refused.NO_PACKAGE_TO_KEEP_IN": (
        "None of your other packages can take a domain. Order one first, or have the domain transferred.",
        "Keines Ihrer anderen Pakete kann eine Domain aufnehmen. Bestellen Sie zuerst eines, oder lassen Sie die "
        "Domain umziehen.",
    ),
    "refused.KEEP_PACKAGE_MISSING": (
        "Name the package the domain is to be kept in.",
        "Bitte nennen Sie das Paket, in dem die Domain bleiben soll.",
    ),
    "refused.KEEP_PACKAGE_UNSUITABLE": (
        "A domain can only be kept in another package that runs and can have domains.",
        "Eine Domain kann nur in einem anderen Paket bleiben, das läuft und Domains haben kann.",
    ),
    "refused.KEEP_PACKAGE_FULL": (
        "The package the domain is to be kept in has no room for another one.",
        "Das Paket, in dem die Domain bleiben soll, kann keine weitere aufnehmen.",
    ),
    "refused.DOMAIN_ITSELF_CANCELLED": (
        "It is the domain itself that is cancelled; without a cancellation it is kept.",
        "Gekündigt wird die Domain selbst; ohne Kündigung bleibt sie.",
    ),
}
