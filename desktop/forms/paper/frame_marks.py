"""Draws what stands around the table: marker, title, header lines with their seal places, notes, page numbers."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.forms.paper.fonts import MM_PER_PT, FontRole
from desktop.forms.paper.header_line import PlacedField
from desktop.forms.paper.layout import CELL_PT, Layout
from desktop.forms.paper.marks import Mark, SealZone, TextMark
from desktop.forms.paper.paging import MARKER_PT, NOTE_GAP_MM, NOTE_LINE_MM, Paging, header_mm

_ASCENT = 0.88
"""Baseline below the top of the characters, in font sizes; the em box of the bundled fonts is 0.88 + 0.12."""
_LARGEST_SEAL_MM = 45.0


def top_marks(paging: Paging, top: float) -> Iterator[Mark]:
    """Yield marker, title and header lines, the first of them at this height."""
    sheet, frame = paging.layout.sheet, paging.frame
    left = sheet.page.left_mm
    if sheet.marker:
        yield TextMark(left, top + MARKER_PT * MM_PER_PT * _ASCENT, MARKER_PT, FontRole.HEI, sheet.marker)
    y = top + frame.marker_mm
    centre = left + paging.layout.width_mm / 2
    for line in frame.title:
        x = centre - paging.layout.fonts.width_mm(line, frame.title_pt) / 2
        baseline = baseline_mm(y + frame.title_mm / 2, frame.title_pt)
        yield TextMark(x, baseline, frame.title_pt, FontRole.SONG, line, is_strong=True)
        y += frame.title_mm
    for field, baseline in _header_fields(paging, top):
        yield TextMark(left + field.x_mm, baseline, field.size_pt, FontRole.SONG, field.field.text)


def baseline_mm(middle: float, size_pt: float) -> float:
    """Return where the baseline of a line lies whose characters are centred on a height."""
    return middle + size_pt * MM_PER_PT * (_ASCENT - 0.5)


def _header_fields(paging: Paging, top: float) -> Iterator[tuple[PlacedField, float]]:
    """Yield the fields of the header lines with their baselines."""
    y = top + paging.frame.header_top_mm
    for fields in paging.frame.header:
        step = header_mm(fields) / (1 + max(each.line for each in fields))
        for field in fields:
            yield field, baseline_mm(y + (field.line + 0.5) * step, field.size_pt)
        y += header_mm(fields)


def seal_zones(paging: Paging, top: float) -> Iterator[SealZone]:
    """Yield the seal places: centred on the words that ask for the seal."""
    layout = paging.layout
    for field, baseline in _header_fields(paging, top):
        before, word, _ = field.field.text.partition(field.field.seal or "\n")
        if word:
            start = layout.sheet.page.left_mm + field.x_mm + layout.fonts.width_mm(before, field.size_pt)
            centre = start + layout.fonts.width_mm(word, field.size_pt) / 2
            middle = baseline - field.size_pt * MM_PER_PT * (_ASCENT - 0.5)
            yield SealZone(centre, middle, _LARGEST_SEAL_MM)


def note_marks(paging: Paging, bottom: float) -> Iterator[Mark]:
    """Yield the notes under a table that ends at this height."""
    y = bottom + NOTE_GAP_MM + CELL_PT * MM_PER_PT * _ASCENT
    for note in paging.frame.notes:
        yield TextMark(paging.layout.sheet.page.left_mm, y, CELL_PT, FontRole.SONG, note)
        y += NOTE_LINE_MM


def page_number(layout: Layout, numbering: tuple[int, int]) -> Mark:
    """Return which page of how many this is, in the middle of the bottom margin."""
    page = layout.sheet.page
    text = f"第{numbering[0]}页 共{numbering[1]}页"
    width = layout.fonts.width_mm(text, CELL_PT)
    return TextMark(
        (page.width_mm - width) / 2, page.height_mm - page.bottom_mm / 2, CELL_PT, FontRole.SONG, text
    )
