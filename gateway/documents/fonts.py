"""The typeface of all documents: Source Sans Pro, regular and bold (SIL Open Font License 1.1).

The files of the package are reduced once per process to what letters in European languages use: their 2,000 glyphs with
kerning, alternates and hinting would be parsed again for every document (CPU time of a one-page invoice, median of 25:
65 ms with the files as they come, 40 ms with the reduced ones).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Source Sans Pro"

MILLIMETRES_PER_POINT = 25.4 / 72

_FILES = {False: "SourceSansPro-Regular.ttf", True: "SourceSansPro-Bold.ttf"}

_BLOCKS = (
    range(0x0020, 0x0250),  # Latin with its supplements
    range(0x0300, 0x0370),  # combining marks
    range(0x0370, 0x0530),  # Greek, Cyrillic
    range(0x1E00, 0x1F00),  # Latin for Vietnamese, capital ß
    range(0x2000, 0x2600),  # punctuation, currencies, letter-like signs, arrows, shapes
)

_DROPPED_TABLES = ["BASE", "DSIG", "GDEF", "GPOS", "GSUB"]


@dataclass(frozen=True, slots=True)
class Face:
    """One weight: the bytes of its reduced font file, and the advance of each character in thousandths of the size."""

    data: bytes
    advances: dict[str, int]

    def width(self, text: str, size: float) -> float:
        """The width of `text` in millimetres at `size` points. Raises `KeyError` for a character without a glyph."""
        advances = self.advances
        return sum(advances[character] for character in text) * size * MILLIMETRES_PER_POINT / 1000


@cache
def face(bold: bool) -> Face:
    """The regular or the bold weight, read at the first call (0.3 s)."""
    source = files("font_source_sans_pro").joinpath("files", _FILES[bold])
    font = TTFont(BytesIO(source.read_bytes()), recalcTimestamp=False)
    options = subset.Options(notdef_outline=True, hinting=False, glyph_names=False, layout_features=[])
    options.drop_tables += _DROPPED_TABLES
    subsetter = subset.Subsetter(options)
    known = font.getBestCmap()
    subsetter.populate(unicodes=[code for block in _BLOCKS for code in block if code in known])
    subsetter.subset(font)
    metrics = font["hmtx"].metrics
    per_em = font["head"].unitsPerEm
    advances = {chr(code): round(metrics[name][0] * 1000 / per_em) for code, name in font.getBestCmap().items()}
    reduced = BytesIO()
    font.save(reduced)
    return Face(reduced.getvalue(), advances)


def prepare() -> None:
    """Read both weights now rather than with the first document."""
    face(False)
    face(True)
