"""The bundled fonts: widths, missing characters, and the names by which a PDF knows them.

Every PC breaks lines and pages alike because all measure with these files and none with its own fonts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

MM_PER_PT = 25.4 / 72


class FontRole(StrEnum):
    """What a font is used for: 宋体 for most, 黑体 for markers. 仿宋 and 小标宋 are printed in the serif font."""

    SONG = "song"
    HEI = "hei"


_FILES = {FontRole.SONG: "NotoSerifSC-Regular.ttf", FontRole.HEI: "NotoSansSC-Regular.ttf"}


class _Widths(dict[str, float]):
    """The width of each character in thousandths of the font's size, looked up once."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self._face = font.face

    def __missing__(self, character: str) -> float:
        width: float = self._face.charWidths.get(ord(character), self._face.defaultWidth)
        self[character] = width
        return width


@dataclass(frozen=True)
class FontSet:
    """The fonts of one printing."""

    faces: Mapping[FontRole, TTFont]

    @cached_property
    def _widths(self) -> Mapping[FontRole, _Widths]:
        return {role: _Widths(font) for role, font in self.faces.items()}

    def name(self, role: FontRole) -> str:
        """Return the name under which a PDF canvas knows the font."""
        return str(self.faces[role].fontName)

    def width_mm(self, text: str, size_pt: float, role: FontRole = FontRole.SONG) -> float:
        """Return how wide a line of text is."""
        units = sum(map(self._widths[role].__getitem__, text))
        return units * 0.001 * size_pt * MM_PER_PT

    def missing(self, text: str, role: FontRole = FontRole.SONG) -> set[str]:
        """Return the characters that the font cannot print."""
        known = self.faces[role].face.charToGlyph
        return {character for character in text if ord(character) not in known and not character.isspace()}


@cache
def bundled_fonts(folder: Path) -> FontSet:
    """Return the fonts of a folder, known to PDF canvases from now on."""
    faces = {}
    for role, file in _FILES.items():
        faces[role] = TTFont(f"zhengban-{role}", str(folder / file))
        pdfmetrics.registerFont(faces[role])
    return FontSet(faces)
