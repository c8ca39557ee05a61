"""Reading a PDF back."""

from __future__ import annotations

import io

from pypdf import PdfReader


def pages(content: bytes) -> list[str]:
    """The text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def text(content: bytes) -> str:
    """The text of all pages."""
    return " ".join(pages(content))
