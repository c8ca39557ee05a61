"""Host names of the web servers."""

MESSAGES: dict[str, tuple[str, str]] = {
    "refused.DOMAIN_NOT_ACTIVE": (
        "The domain is not active.",
        "Die Domain ist nicht aktiv.",
    ),
    "refused.APP_INSTALLED": (
        "A website app stands on this host name. Remove the app first.",
        "Auf diesem Hostnamen ist eine Website-App installiert. Entfernen Sie zuerst die App.",
    ),
    "refused.APP_NEEDS_PHP": (
        "A website app on this host name does not run on this version of PHP. Update or remove the app first.",
        "Eine Website-App auf diesem Hostnamen läuft nicht mit dieser PHP-Version. Aktualisieren oder entfernen Sie zuerst die "
        "App.",
    ),
    "web_host.exists": (
        "This host name is there already.",
        "Diesen Hostnamen gibt es bereits.",
    ),
    "web_host.changed_meanwhile": (
        "The host name was changed meanwhile. Please load it anew.",
        "Der Hostname wurde zwischenzeitlich geändert. Bitte laden Sie ihn neu.",
    ),
    "web_host.bad_name": (
        "A host name is made of letters, digits and hyphens, at most 63 in each part; `@` is the domain itself.",
        "Ein Hostname besteht aus Buchstaben, Ziffern und Bindestrichen, höchstens 63 je Teil; `@` ist die Domain selbst.",
    ),
    "web_host.name_too_long": (
        "The host name is too long: with its domain it has at most 253 characters.",
        "Der Hostname ist zu lang: Mit der Domain hat er höchstens 253 Zeichen.",
    ),
    "web_host.name_reserved": (
        "We answer for this host name ourselves. Please choose another one.",
        "Für diesen Hostnamen antworten wir selbst. Bitte wählen Sie einen anderen.",
    ),
    "web_host.name_deceptive": (
        "The host name mixes letters of several scripts, or looks like another name. Please choose another one.",
        "Der Hostname mischt mehrere Schriften oder sieht aus wie ein anderer Name. Bitte wählen Sie einen anderen.",
    ),
    "web_host.root_missing": (
        "Please name the folder of the web space; an empty text is the whole of it.",
        "Bitte geben Sie den Ordner im Webspace an; ein leerer Text ist der ganze Webspace.",
    ),
    "web_host.root_absolute": (
        "The folder is named from the web space on, without a slash at its beginning.",
        "Der Ordner wird vom Webspace aus angegeben, ohne Schrägstrich am Anfang.",
    ),
    "web_host.root_parent": (
        "The folder must be inside of the web space: `..` is not possible.",
        "Der Ordner muss im Webspace liegen: `..` ist nicht möglich.",
    ),
    "web_host.root_characters": (
        "The name of the folder has a character that names of folders cannot have.",
        "Der Name des Ordners enthält ein Zeichen, das in Ordnernamen nicht möglich ist.",
    ),
    "web_host.root_too_long": (
        "The folder has at most {longest} characters.",
        "Der Ordner hat höchstens {longest} Zeichen.",
    ),
    "web_host.redirect_without_target": (
        "An address to redirect to goes with the target `REDIRECT`.",
        "Eine Adresse zum Weiterleiten gehört zum Ziel `REDIRECT`.",
    ),
    "web_host.folder_without_target": (
        "A folder and a version of PHP go with the target `WEB_ROOT`.",
        "Ein Ordner und eine PHP-Version gehören zum Ziel `WEB_ROOT`.",
    ),
    "web_host.url_missing": (
        "Please name the address to redirect to.",
        "Bitte geben Sie die Adresse an, zu der weitergeleitet wird.",
    ),
    "web_host.redirect_code": (
        "Please choose 301, 302, 307 or 308 as the code of the redirect.",
        "Bitte wählen Sie 301, 302, 307 oder 308 als Code der Weiterleitung.",
    ),
    "web_host.url_invalid": (
        "This is not an address such as https://www.example.com/page.",
        "Das ist keine Adresse wie https://www.example.com/seite.",
    ),
    "web_host.url_scheme": (
        "The address begins with http:// or https://.",
        "Die Adresse beginnt mit http:// oder https://.",
    ),
    "web_host.url_credentials": (
        "The address must not hold a username or a password.",
        "Die Adresse darf keinen Benutzernamen und kein Passwort enthalten.",
    ),
    "web_host.url_host": (
        "The host name in the address cannot be.",
        "Der Hostname in der Adresse ist nicht möglich.",
    ),
    "web_host.url_too_long": (
        "The address has at most {longest} characters.",
        "Die Adresse hat höchstens {longest} Zeichen.",
    ),
    "web_host.redirect_loop": (
        "The address leads back to this host name.",
        "Die Adresse führt zu diesem Hostnamen zurück.",
    ),
    "web_host.php_unknown": (
        "There is no such version of PHP here.",
        "Diese PHP-Version gibt es hier nicht.",
    ),
    "web_host.php_ended": (
        "This version of PHP is not repaired any more. Please choose a newer one.",
        "Diese PHP-Version wird nicht mehr gepflegt. Bitte wählen Sie eine neuere.",
    ),
}
