"""A QR code as SVG, for apps that show it beside a text to type."""

from __future__ import annotations

import io

import segno

_BORDER = 4
"""Modules of quiet zone around it (ISO/IEC 18004 § 5.3.8)."""


def qr_svg(text: str) -> str:
    """An `<svg>` element without size, scripts or references: black on white whatever the page looks like."""
    return svg_of(segno.make_qr(text, error="m"))


def svg_of(symbol: segno.QRCode) -> str:
    """A QR code as such an element."""
    file = io.BytesIO()
    symbol.save(
        file, kind="svg", border=_BORDER, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False, title=None
    )
    return file.getvalue().decode()
