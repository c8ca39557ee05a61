"""The receipt of a declaration as a PDF letter: content, date and time of arrival (§ 312k (4), § 356a (4) BGB)."""

from __future__ import annotations

from gateway.documents.declaration import DeclarationDocument
from gateway.documents.declaration_words import WORDS, entries
from gateway.documents.entries import write_entry
from gateway.documents.figures import format_date
from gateway.documents.letter import Letter
from gateway.documents.party import Party
from gateway.documents.pdf import Properties
from models.rules.berlin import berlin_day


def render_declaration(document: DeclarationDocument) -> bytes:
    """The PDF file: PDF/A-3B, the same bytes for the same document."""
    return lay_out_declaration(document).finish()


def lay_out_declaration(document: DeclarationDocument) -> Letter:
    """The receipt with everything in its place, before page numbers and file format."""
    words, language, content = WORDS[document.language], document.language, document.content
    day = berlin_day(content.received_at)
    title = words.subject[content.kind]
    letter = Letter(
        document.issuer,
        # Whoever declares without signing in gives no postal address, and none is asked for.
        Party(content.name, "", "", "", document.issuer.country, extra=content.email),
        facts=[(words.number, content.number), (words.received, format_date(day, language))],
        subject=title,
        properties=Properties(f"{title} {content.number}", document.issuer.name, language, day),
    )
    letter.paragraph(words.intro[0].upper() + words.intro[1:], gap=4)
    for label, lines in entries(content, language):
        write_entry(letter, label, lines)
    letter.y += 2
    write_entry(letter, words.checksum, [content.sha256()], figure=True)
    letter.y += 2
    letter.paragraph(words.next[content.kind])
    letter.paragraph(words.checksum_note, size=8.5)
    return letter
