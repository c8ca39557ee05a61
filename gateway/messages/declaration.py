"""Declarations: cancellations and withdrawals."""

MESSAGES: dict[str, tuple[str, str]] = {
    "declaration.empty": (
        "Please fill this in: it is needed, with letters or digits.",
        "Bitte füllen Sie dies aus: Es wird benötigt, mit Buchstaben oder Ziffern.",
    ),
    "declaration.too_long": (
        "The text has at most {longest} characters.",
        "Der Text hat höchstens {longest} Zeichen.",
    ),
    "declaration.characters": (
        "The text must not have control characters or characters that cannot be seen.",
        "Der Text darf keine Steuerzeichen und keine unsichtbaren Zeichen enthalten.",
    ),
    "declaration.not_asked": (
        "This is not asked for with this kind of declaration; please leave it out.",
        "Danach wird bei dieser Art von Erklärung nicht gefragt; bitte lassen Sie es weg.",
    ),
    "declaration.past": (
        "The day is over already; please name today or a later day, or none for the next possible.",
        "Der Tag liegt in der Vergangenheit; bitte nennen Sie heute oder einen späteren Tag, oder keinen für den "
        "nächstmöglichen.",
    ),
    "declaration.too_far": (
        "The day is more than {years} years ahead.",
        "Der Tag liegt mehr als {years} Jahre in der Zukunft.",
    ),
    "declaration.token": (
        "This cannot be confirmed any more; please begin again. Nothing was declared.",
        "Dies lässt sich nicht mehr bestätigen; bitte beginnen Sie von vorn. Es wurde nichts erklärt.",
    ),
    "declaration.code_over": (
        "This link is not good any more. The declaration has arrived all the same.",
        "Dieser Link gilt nicht mehr. Die Erklärung ist dennoch eingegangen.",
    ),
    "declaration.statement.CANCELLATION": ("Cancel the contract", "Vertrag kündigen"),
    "declaration.statement.EXTRAORDINARY_CANCELLATION": (
        "Cancel the contract for good cause",
        "Vertrag außerordentlich kündigen",
    ),
    "declaration.statement.WITHDRAWAL": ("Withdraw from the contract", "Vertrag widerrufen"),
    "declaration.confirm.CANCELLATION": ("Cancel now", "Jetzt kündigen"),
    "declaration.confirm.EXTRAORDINARY_CANCELLATION": ("Cancel now", "Jetzt kündigen"),
    "declaration.confirm.WITHDRAWAL": ("Confirm withdrawal", "Widerruf bestätigen"),
}
