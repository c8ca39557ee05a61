"""Pages, orders, filters and searches."""

MESSAGES: dict[str, tuple[str, str]] = {
    "page.first_and_last": (
        "Give either first or last, not both.",
        "Bitte geben Sie entweder first oder last an, nicht beides.",
    ),
    "page.size": (
        "A page has between 1 and {most} entries.",
        "Eine Seite hat zwischen 1 und {most} Einträge.",
    ),
    "page.after_and_before": (
        "Give either after (with first) or before (with last).",
        "Bitte geben Sie entweder after (mit first) oder before (mit last) an.",
    ),
    "page.cursor": (
        "This cursor does not belong to this list in this order. Start again without a cursor.",
        "Dieser Cursor gehört nicht zu dieser Liste in dieser Sortierung. Bitte beginnen Sie ohne Cursor.",
    ),
    "search.too_long": (
        "A search text has at most {most} characters.",
        "Ein Suchtext hat höchstens {most} Zeichen.",
    ),
    "ids.too_many": (
        "At most {most} ids at a time.",
        "Höchstens {most} IDs auf einmal.",
    ),
    "order.too_many": (
        "At most {most} order entries, each field once.",
        "Höchstens {most} Sortierkriterien, jedes Feld einmal.",
    ),
    "filter.too_many": (
        "At most {most} values in one filter.",
        "Höchstens {most} Werte in einem Filter.",
    ),
    "text.not_allowed": (
        "The text holds characters that are not allowed here (control characters).",
        "Der Text enthält hier nicht erlaubte Zeichen (Steuerzeichen).",
    ),
}
