"""Website apps."""

MESSAGES: dict[str, tuple[str, str]] = {
    "refused.HOST_REDIRECTS": (
        "The host name is a redirect. Put a folder of the web space behind it first.",
        "Der Hostname ist eine Weiterleitung. Legen Sie zuerst einen Ordner des Webspace dahinter.",
    ),
    "refused.PHP_UNSUITABLE": (
        "The app does not run on the version of PHP that the host name has. Choose another one there first.",
        "Die App läuft nicht mit der PHP-Version des Hostnamens. Wählen Sie dort zuerst eine andere.",
    ),
    "refused.DATABASE_MISSING": (
        "The app needs a database that no other app uses. Create one first.",
        "Die App braucht eine Datenbank, die keine andere App benutzt. Legen Sie zuerst eine an.",
    ),
    "refused.WEB_SPACE_FULL": (
        "There is not enough web space left for the app. Delete something, or change to a larger tariff.",
        "Für die App ist nicht mehr genug Webspace frei. Löschen Sie etwas, oder wechseln Sie in einen größeren Tarif.",
    ),
    "refused.PATH_TAKEN": (
        "In this folder of the web space, above it or below it there is an app already. Please choose another path.",
        "In diesem Ordner des Webspace, darüber oder darunter gibt es bereits eine App. Bitte wählen Sie einen anderen Pfad.",
    ),
    "refused.APP_BUSY": (
        "The app is being installed, updated or removed. Please wait until that is done.",
        "Die App wird gerade installiert, aktualisiert oder entfernt. Bitte warten Sie, bis das fertig ist.",
    ),
    "refused.APP_NOT_INSTALLED": (
        "The app was not installed. Remove it and try again.",
        "Die App wurde nicht installiert. Entfernen Sie sie, und versuchen Sie es noch einmal.",
    ),
    "refused.NO_UPDATE": ("There is no newer version of the app.", "Es gibt keine neuere Version der App."),
    "website_app.unknown": (
        "This app or this version is not offered. `websiteAppCatalogue` lists those that are.",
        "Diese App oder diese Version wird nicht angeboten. `websiteAppCatalogue` nennt die angebotenen.",
    ),
    "website_app.bad_path": (
        "A path begins with a slash and has names without blanks and special characters: `/`, `/blog`.",
        "Ein Pfad beginnt mit einem Schrägstrich und hat Namen ohne Leer- und Sonderzeichen: `/`, `/blog`.",
    ),
    "website_app.bad_username": (
        "A user name has letters, digits, dots, hyphens and underscores, at most {most}, and begins with a letter or digit.",
        "Ein Benutzername hat Buchstaben, Ziffern, Punkte, Binde- und Unterstriche, höchstens {most}, und beginnt mit einem "
        "Buchstaben oder einer Ziffer.",
    ),
    "website_app.not_newer": (
        "This version is not newer than the one that is installed.",
        "Diese Version ist nicht neuer als die installierte.",
    ),
    "website_app.changed_meanwhile": (
        "The app was changed meanwhile. Please load it anew.",
        "Die App wurde zwischenzeitlich geändert. Bitte laden Sie sie neu.",
    ),
    "website_app.no_database_needed": ("This app needs no database.", "Diese App braucht keine Datenbank."),
    "website_app.database_needed": (
        "This app needs a database: please say which.",
        "Diese App braucht eine Datenbank: Bitte geben Sie an, welche.",
    ),
    "website_app.database_unsuitable": (
        "This database is used by another app, or the app does not work with its system.",
        "Diese Datenbank wird von einer anderen App benutzt, oder die App arbeitet nicht mit ihrem System.",
    ),
}
