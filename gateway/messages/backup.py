"""Backups."""

MESSAGES: dict[str, tuple[str, str]] = {
    "refused.BACKUP_NOT_READY": (
        "The backup is not ready, or could not be made.",
        "Die Sicherung ist noch nicht fertig oder konnte nicht erstellt werden.",
    ),
    "refused.BACKUP_EXPIRED": ("The time of the backup is over.", "Die Zeit der Sicherung ist abgelaufen."),
    "refused.BACKUP_SUBJECT_GONE": (
        "What the backup was made of is gone: there is nothing it could be restored into.",
        "Das Gesicherte gibt es nicht mehr: Die Sicherung lässt sich nirgendwo zurückspielen.",
    ),
    "refused.RESTORE_RUNNING": (
        "A backup is being restored into the same place. Please wait until that is done.",
        "Dorthin wird gerade eine Sicherung zurückgespielt. Bitte warten Sie, bis das fertig ist.",
    ),
    "refused.BACKUP_OF_THE_HOST": (
        "We made this backup; it is deleted when its time is over.",
        "Diese Sicherung haben wir erstellt; sie wird gelöscht, wenn ihre Zeit abgelaufen ist.",
    ),
    "backup.preview_stale": (
        "Something has changed since the preview. Please look at it again.",
        "Seit der Vorschau hat sich etwas geändert. Bitte sehen Sie sie noch einmal an.",
    ),
}
