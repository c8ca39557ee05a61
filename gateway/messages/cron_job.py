"""Jobs that run at times, and labels."""

MESSAGES: dict[str, tuple[str, str]] = {
    "label.too_long": (
        "The label has at most {longest} characters.",
        "Die Bezeichnung hat höchstens {longest} Zeichen.",
    ),
    "label.characters": (
        "The label has a character that cannot be seen.",
        "Die Bezeichnung enthält ein unsichtbares Zeichen.",
    ),
    "cron_job.changed_meanwhile": (
        "The cron job was changed meanwhile. Please load it anew.",
        "Der Cronjob wurde zwischenzeitlich geändert. Bitte laden Sie ihn neu.",
    ),
    "cron_job.schedule_syntax": (
        "The schedule has five fields: minute, hour, day of the month, month, day of the week, such as `30 4 * * mon-fri`.",
        "Der Zeitplan hat fünf Felder: Minute, Stunde, Tag, Monat, Wochentag, zum Beispiel `30 4 * * mon-fri`.",
    ),
    "cron_job.schedule_range": (
        "A number in the schedule is out of range: minutes 0-59, hours 0-23, days 1-31, months 1-12, weekdays 0-7.",
        "Eine Zahl im Zeitplan ist nicht möglich: Minuten 0-59, Stunden 0-23, Tage 1-31, Monate 1-12, Wochentage 0-7.",
    ),
    "cron_job.schedule_boot": (
        "`@reboot` is not possible: the servers are not yours alone.",
        "`@reboot` ist nicht möglich: Die Server gehören Ihnen nicht allein.",
    ),
    "cron_job.schedule_too_often": (
        "Between two runs there are at least {shortest} minutes.",
        "Zwischen zwei Ausführungen liegen mindestens {shortest} Minuten.",
    ),
    "cron_job.schedule_never": (
        "No year has such a day: this job would never run.",
        "Diesen Tag gibt es in keinem Jahr: Der Cronjob würde nie ausgeführt.",
    ),
    "cron_job.url_invalid": (
        "This is not an address such as https://www.example.com/cron.",
        "Das ist keine Adresse wie https://www.example.com/cron.",
    ),
    "cron_job.url_scheme": (
        "The address begins with http:// or https://.",
        "Die Adresse beginnt mit http:// oder https://.",
    ),
    "cron_job.url_credentials": (
        "The address must not hold a username or a password.",
        "Die Adresse darf keinen Benutzernamen und kein Passwort enthalten.",
    ),
    "cron_job.url_host": (
        "The host name in the address cannot be.",
        "Der Hostname in der Adresse ist nicht möglich.",
    ),
    "cron_job.url_not_public": (
        "Jobs ask hosts on the Internet; this one is local, private or our own.",
        "Cronjobs rufen Hosts im Internet auf; dieser ist lokal, privat oder unser eigener.",
    ),
    "cron_job.url_port": (
        "Jobs ask port 80, 443, or one from 1024 on.",
        "Cronjobs rufen Port 80, 443 oder einen ab 1024 auf.",
    ),
    "cron_job.target_too_long": (
        "This has at most {longest} characters.",
        "Diese Angabe hat höchstens {longest} Zeichen.",
    ),
    "cron_job.script_not_php": (
        "Please name a PHP file of the web space, such as `shop/cron.php`.",
        "Bitte geben Sie eine PHP-Datei im Webspace an, zum Beispiel `shop/cron.php`.",
    ),
    "cron_job.script_absolute": (
        "The file is named from the web space on, without a slash at its beginning.",
        "Die Datei wird vom Webspace aus angegeben, ohne Schrägstrich am Anfang.",
    ),
    "cron_job.script_parent": (
        "The file must be inside of the web space: `..` is not possible.",
        "Die Datei muss im Webspace liegen: `..` ist nicht möglich.",
    ),
    "cron_job.script_characters": (
        "The name of the file has a character that names of files cannot have.",
        "Der Name der Datei enthält ein Zeichen, das in Dateinamen nicht möglich ist.",
    ),
    "cron_job.php_without_script": (
        "A version of PHP goes with a script.",
        "Eine PHP-Version gehört zu einem Skript.",
    ),
    "cron_job.php_missing": (
        "Please choose the version of PHP that the script runs with.",
        "Bitte wählen Sie die PHP-Version, mit der das Skript läuft.",
    ),
    "cron_job.php_unknown": (
        "There is no such version of PHP here.",
        "Diese PHP-Version gibt es hier nicht.",
    ),
    "cron_job.php_ended": (
        "This version of PHP is not repaired any more. Please choose a newer one.",
        "Diese PHP-Version wird nicht mehr gepflegt. Bitte wählen Sie eine neuere.",
    ),
}
