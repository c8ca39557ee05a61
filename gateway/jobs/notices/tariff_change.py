"""Mails about changes of tariffs."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "tariff_change_done": {
        "de": (
            "Tarif gewechselt",
            "das Paket „{package}“ hat seit dem {effective_on} den Tarif {tariff}. Verrechnet wird das mit der nächsten "
            "Rechnung.\n\n"
            "Haben Sie das nicht veranlasst, melden Sie sich bitte bei uns: {portal}",
        ),
        "en": (
            "Tariff changed",
            "the package “{package}” has had the tariff {tariff} since {effective_on}. It is settled with the next invoice.\n\n"
            "If this was not you, please tell us: {portal}",
        ),
    },
    "tariff_change_scheduled": {
        "de": (
            "Tarifwechsel vorgemerkt",
            "das Paket „{package}“ wechselt am {effective_on} in den Tarif {tariff}. Bis dahin können Sie den Wechsel in Ihrem "
            "Kundenkonto zurücknehmen: {portal}",
        ),
        "en": (
            "Change of the tariff scheduled",
            "the package “{package}” changes to the tariff {tariff} on {effective_on}. Until then you can take the change back "
            "in your customer account: {portal}",
        ),
    },
    "tariff_change_revoked": {
        "de": (
            "Tarifwechsel zurückgenommen",
            "der Wechsel des Pakets „{package}“ in den Tarif {tariff} wurde zurückgenommen. Es bleibt alles, wie es ist.\n\n"
            "Haben Sie das nicht veranlasst, melden Sie sich bitte bei uns: {portal}",
        ),
        "en": (
            "Change of the tariff taken back",
            "the change of the package “{package}” to the tariff {tariff} was taken back. Everything stays as it is.\n\n"
            "If this was not you, please tell us: {portal}",
        ),
    },
    "tariff_change_refused": {
        "de": (
            "Tarifwechsel nicht möglich",
            "das Paket „{package}“ konnte am {effective_on} nicht in den Tarif {tariff} wechseln; es läuft im bisherigen "
            "weiter. Im Kundenkonto steht, was dem entgegensteht, etwa zu viele Postfächer: {portal}",
        ),
        "en": (
            "Change of the tariff not possible",
            "the package “{package}” could not change to the tariff {tariff} on {effective_on} and goes on with its own. Your "
            "customer account says what stands against it, such as too many mailboxes: {portal}",
        ),
    },
}
