"""Feedback."""

MESSAGES: dict[str, tuple[str, str]] = {
    "feedback.rating": (
        "A rating is a whole number from {worst} to {best}.",
        "Eine Bewertung ist eine ganze Zahl von {worst} bis {best}.",
    ),
    "feedback.text_too_long": (
        "The text has at most {most} characters.",
        "Der Text hat höchstens {most} Zeichen.",
    ),
    "feedback.page_too_long": (
        "The address of the page has at most {most} characters.",
        "Die Adresse der Seite hat höchstens {most} Zeichen.",
    ),
}
