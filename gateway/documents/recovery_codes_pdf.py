"""Recovery codes as a PDF letter: how to use them, and ten of them to cross out."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.documents.figures import format_date
from gateway.documents.letter import LEFT, Letter
from gateway.documents.page import HAIRLINE, leading
from gateway.documents.pdf import Properties
from gateway.documents.recovery_codes import RecoveryCodesDocument

_SIZE = 14.0
_COLUMNS = 2
_COLUMN_WIDTH = 80.0


@dataclass(frozen=True, slots=True)
class _Words:
    subject: str
    number: str
    made_on: str
    what: str
    how: str
    instead: str


_WORDS = {
    "de": _Words(
        subject="Wiederherstellungscodes",
        number="Kundennummer",
        made_on="Erstellt am",
        what="Mit diesen Codes melden Sie sich an, wenn Sie Ihre Authenticator-App nicht zur Hand haben. "
        "Jeder Code gilt einmal; streichen Sie ihn danach durch.",
        how="Bewahren Sie das Blatt an einem sicheren Ort auf, nicht bei Ihrem Passwort. Wer es hat und Ihr Passwort "
        "kennt, kann sich als Sie anmelden. Unsere Mitarbeiter fragen Sie nie nach einem dieser Codes.",
        instead="Neue Codes erstellen Sie jederzeit in Ihrem Kundenkonto; dieses Blatt ist dann wertlos.",
    ),
    "en": _Words(
        subject="Recovery codes",
        number="Customer number",
        made_on="Made on",
        what="Sign in with these codes when your authenticator app is not at hand. Each code works once; cross it out "
        "afterwards.",
        how="Keep this sheet in a safe place, and not with your password. Whoever has it and knows your password can "
        "sign in as you. Our staff never ask for any of these codes.",
        instead="You can make new codes in your customer account at any time; this sheet is worthless then.",
    ),
}


def render_recovery_codes(document: RecoveryCodesDocument) -> bytes:
    """The PDF file: one sheet, the same bytes for the same document."""
    return lay_out_recovery_codes(document).finish()


def lay_out_recovery_codes(document: RecoveryCodesDocument) -> Letter:
    """The sheet with everything in its place, before file format."""
    words = _WORDS[document.language]
    letter = Letter(
        document.issuer,
        document.recipient,
        facts=[
            (words.number, document.recipient.number or ""),
            (words.made_on, format_date(document.made_on, document.language)),
        ],
        subject=words.subject,
        properties=Properties(words.subject, document.issuer.name, document.language, document.made_on),
    )
    letter.paragraph(words.what, gap=5)
    _write_codes(letter, document.codes)
    letter.paragraph(words.how)
    letter.paragraph(words.instead)
    return letter


def _write_codes(letter: Letter, codes: tuple[str, ...]) -> None:
    """In two columns, numbered down each: 1–5 left, 6–10 right."""
    rows = -(-len(codes) // _COLUMNS)
    step = leading(_SIZE) * 1.6
    top = letter.take(rows * step + 6)
    letter.page.rule(LEFT, top, LEFT + _COLUMNS * _COLUMN_WIDTH, top, colour=HAIRLINE)
    for index, code in enumerate(codes):
        x, y = LEFT + _COLUMN_WIDTH * (index // rows), top + step * (index % rows + 0.8)
        letter.page.write(x + 7, y, f"{index + 1}.", size=9.5, align="right")
        letter.page.write(x + 10, y, code, size=_SIZE, room=_COLUMN_WIDTH - 12, figure=True)
    bottom = top + rows * step + 2
    letter.page.rule(LEFT, bottom, LEFT + _COLUMNS * _COLUMN_WIDTH, bottom, colour=HAIRLINE)
