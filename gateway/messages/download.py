"""Downloads."""

MESSAGES: dict[str, tuple[str, str]] = {
    "download.credentials": (
        "Send either a token or a ticket, not both.",
        "Bitte senden Sie entweder ein Token oder ein Ticket, nicht beides.",
    ),
    "download.language": (
        "language must be de or en.",
        "language muss de oder en sein.",
    ),
}
