"""Accounts for the web space and their keys."""

MESSAGES: dict[str, tuple[str, str]] = {
    "refused.PASSWORD_MISSING": (
        "The account has no password.",
        "Der Zugang hat kein Passwort.",
    ),
    "refused.KEY_MISSING": (
        "The account has no key: without its password nobody could use it. Add a key first.",
        "Der Zugang hat keinen Schlüssel: Ohne Passwort könnte ihn niemand nutzen. Fügen Sie zuerst einen Schlüssel hinzu.",
    ),
    "refused.KEY_LIMIT_REACHED": (
        "The account has as many keys as it can have. Remove one first.",
        "Der Zugang hat so viele Schlüssel, wie er haben kann. Entfernen Sie zuerst einen.",
    ),
    "sftp_account.changed_meanwhile": (
        "The account was changed meanwhile. Please load it anew.",
        "Der Zugang wurde zwischenzeitlich geändert. Bitte laden Sie ihn neu.",
    ),
    "sftp_account.directory_absolute": (
        "The directory is named from the web space on, without a slash at its beginning.",
        "Das Verzeichnis wird vom Webspace aus angegeben, ohne Schrägstrich am Anfang.",
    ),
    "sftp_account.directory_parent": (
        "The directory must be inside of the web space: `..` is not possible.",
        "Das Verzeichnis muss im Webspace liegen: `..` ist nicht möglich.",
    ),
    "sftp_account.directory_characters": (
        "The name of the directory has a character that names of directories cannot have.",
        "Der Name des Verzeichnisses enthält ein Zeichen, das in Verzeichnisnamen nicht möglich ist.",
    ),
    "sftp_account.directory_too_long": (
        "The directory has at most {longest} characters.",
        "Das Verzeichnis hat höchstens {longest} Zeichen.",
    ),
    "sftp_account.password_not_expected": (
        "A password is given with `CHOSEN` alone.",
        "Ein Passwort wird nur mit `CHOSEN` angegeben.",
    ),
    "sftp_account.password_missing": (
        "Please give the password you chose.",
        "Bitte geben Sie das gewählte Passwort an.",
    ),
    "ssh_key.private": (
        "This is a private key. Nobody else may know it: make a new pair of keys, and paste the public one (`.pub`).",
        "Das ist ein privater Schlüssel. Niemand sonst darf ihn kennen: Erzeugen Sie ein neues Schlüsselpaar und fügen Sie den "
        "öffentlichen Schlüssel ein (`.pub`).",
    ),
    "ssh_key.too_long": (
        "A public key has at most {longest} characters here.",
        "Ein öffentlicher Schlüssel hat hier höchstens {longest} Zeichen.",
    ),
    "ssh_key.several": (
        "Please paste one key, on one line.",
        "Bitte fügen Sie einen einzigen Schlüssel ein, in einer Zeile.",
    ),
    "ssh_key.options": (
        "Options before the key are not possible. Please paste the key alone.",
        "Optionen vor dem Schlüssel sind nicht möglich. Bitte fügen Sie nur den Schlüssel ein.",
    ),
    "ssh_key.old_type": (
        "DSA keys are not safe any more. Please make a key with `ssh-keygen -t ed25519`.",
        "DSA-Schlüssel sind nicht mehr sicher. Bitte erzeugen Sie einen Schlüssel mit `ssh-keygen -t ed25519`.",
    ),
    "ssh_key.weak": (
        "An RSA key has at least {least} bits; 3072 are better, and Ed25519 is best.",
        "Ein RSA-Schlüssel hat mindestens {least} Bit; 3072 sind besser, und am besten ist Ed25519.",
    ),
    "ssh_key.malformed": (
        "This is not a public key of OpenSSH such as `ssh-ed25519 AAAA… name`: Ed25519, ECDSA or RSA.",
        "Das ist kein öffentlicher Schlüssel von OpenSSH wie `ssh-ed25519 AAAA… name`: Ed25519, ECDSA oder RSA.",
    ),
    "ssh_key.exists": (
        "The account has this key already.",
        "Der Zugang hat diesen Schlüssel bereits.",
    ),
}
