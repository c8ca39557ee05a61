"""Pages become a PDF file: PDF/A-3B (ISO 19005-3), fonts embedded as subsets, the same bytes for the same pages.

Every text is drawn as it is, by `FPDF.text`: nobody looks for markup, links or page-number placeholders in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from fpdf import FPDF, ViewerPreferences
from fpdf.fonts import TTFFont

from gateway.documents.fonts import face
from gateway.documents.page import Page
from gateway.documents.text import printable

_PRODUCER = "customer-gateway"

# PDF/A keeps its metadata as XMP (ISO 16684-1). fpdf2 writes its own with the time of day in it; this has none.
_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"{namespaces}>
    <rdf:Description rdf:about="">
      <pdfaid:part>3</pdfaid:part>
      <pdfaid:conformance>B</pdfaid:conformance>
      <dc:format>application/pdf</dc:format>
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
      <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
      <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
      <xmp:CreateDate>{created}</xmp:CreateDate>
      <xmp:ModifyDate>{created}</xmp:ModifyDate>
      <xmp:MetadataDate>{created}</xmp:MetadataDate>
      <pdf:Producer>{producer}</pdf:Producer>{attachment}
    </rdf:Description>
  </rdf:RDF>
</x:xmpmeta>"""


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself. `language` is an ISO 639-1 code; `created` the day the document is of."""

    title: str
    author: str
    language: str
    created: date


@dataclass(frozen=True, slots=True)
class Attachment:
    """An XML file inside the PDF that says the same as its pages. `schema` is what the metadata say about it: the
    properties, and their description as an extension schema (ISO 19005-3, 6.6.2.3).
    """

    name: str
    description: str
    content: bytes
    namespaces: str
    schema: str


def write_pdf(pages: Sequence[Page], properties: Properties, attachment: Attachment | None = None) -> bytes:
    """The PDF file of `pages` (A4), with the attachment inside."""
    pdf = FPDF(unit="mm", format="A4", enforce_compliance="PDF/A-3B")
    pdf.set_auto_page_break(False)
    for bold in (False, True):
        # What `add_font` does, which takes a path only: the reduced font is in memory, and fontTools takes any file.
        key, style = ("documentB", "B") if bold else ("document", "")
        file: Any = BytesIO(face(bold).data)
        pdf.fonts[key] = TTFFont(pdf, file, key, style)
    _describe(pdf, properties, attachment)
    for page in pages:
        pdf.add_page()
        pdf.set_fill_color(0)
        for box in page.boxes:
            pdf.rect(box.x, box.y, box.width, box.height, style="F")
        for rule in page.rules:
            pdf.set_draw_color(*rule.colour)
            pdf.set_line_width(rule.thickness)
            pdf.line(rule.x1, rule.y1, rule.x2, rule.y2)
        for text in page.texts:
            pdf.set_font("document", "B" if text.bold else "", text.size)
            pdf.set_text_color(*text.colour)
            pdf.text(text.x, text.y, text.content)
    return bytes(pdf.output())


def _describe(pdf: FPDF, properties: Properties, attachment: Attachment | None) -> None:
    created = datetime(properties.created.year, properties.created.month, properties.created.day, tzinfo=UTC)
    pdf.set_creation_date(created)
    pdf.set_title(printable(properties.title))
    pdf.set_lang(properties.language)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.set_xmp_metadata(
        _XMP.format(
            title=escape(printable(properties.title)),
            author=escape(printable(properties.author)),
            language=escape(properties.language),
            created=created.isoformat(timespec="seconds"),
            producer=_PRODUCER,
            namespaces=attachment.namespaces if attachment else "",
            attachment=attachment.schema if attachment else "",
        )
    )
    if attachment:
        pdf.embed_file(
            bytes=attachment.content,
            basename=attachment.name,
            desc=attachment.description,
            mime_type="text/xml",
            associated_file_relationship="Alternative",
            creation_date=created,
            modification_date=created,
            compress=True,
            checksum=True,
        )
