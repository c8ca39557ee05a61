"""What became of changes that were handed to the host's systems."""

MESSAGES: dict[str, tuple[str, str]] = {
    "operation.unreachable": (
        "The system for this could not be reached for a long time. We are looking into it.",
        "Das zuständige System war lange nicht erreichbar. Wir kümmern uns darum.",
    ),
    "operation.given_up": (
        "We gave this change up. Please make it again, or contact the support.",
        "Wir haben diese Änderung aufgegeben. Bitte nehmen Sie sie noch einmal vor oder wenden Sie sich an den Support.",
    ),
    "operation.refused": (
        "The system for this refused the change. If it does not work again, please contact the support.",
        "Das zuständige System hat die Änderung abgelehnt. Geht es auch beim nächsten Mal nicht, wenden Sie sich bitte an den "
        "Support.",
    ),
}
