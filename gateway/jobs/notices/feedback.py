"""The mail to the operator about feedback."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "feedback_received": {
        "de": (
            "Rückmeldung zum Kundenkonto",
            "am {at} hat jemand eine Rückmeldung gegeben.\n\n"
            "Bewertung: {rating} von 5\nSeite: {page}\nKennung: {feedback_id}\n\n"
            "{text}",
        ),
        "en": (
            "Feedback on the customer account",
            "on {at} somebody gave feedback.\n\nRating: {rating} of 5\nPage: {page}\nId: {feedback_id}\n\n{text}",
        ),
    },
}
