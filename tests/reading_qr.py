"""Reads a QR code as a phone does: the picture is drawn in pixels and looked at."""

from __future__ import annotations

import io

import resvg_py
import zxingcpp
from PIL import Image


def read_qr(svg: str) -> str:
    """The text of the one QR code in an SVG."""
    drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=600)))).convert("L")
    (found,) = zxingcpp.read_barcodes(drawn)
    return str(found.text)
