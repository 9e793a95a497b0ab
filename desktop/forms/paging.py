"""Breaks a laid-out sheet into pages. Knows millimetres, not printers."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.forms.fonts import MM_PER_PT
from desktop.forms.header_line import PlacedField, place_fields
from desktop.forms.layout import CELL_PT, SMALLEST_PT, Layout, line_mm
from desktop.forms.text_fit import wrap

MARKER_PT = 16.0
_HEADER_LINE_MM = 7.0
NOTE_GAP_MM = 2.0


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one page: its head rows repeated, then the rows `first` to `last` (not included)."""

    heads: tuple[int, ...]
    first: int
    last: int
    has_top: bool
    has_notes: bool


@dataclass(frozen=True)
class Paging:
    """A layout with its pages, its header lines placed and its notes broken into lines."""

    layout: Layout
    pages: tuple[PageRows, ...]
    header: tuple[tuple[PlacedField, ...], ...]
    notes: tuple[str, ...]

    @property
    def top_mm(self) -> float:
        """How high marker, title and header lines are together, above the table of the first page."""
        return marker_mm(self.layout) + title_mm(self.layout) + sum(map(header_mm, self.header)) + 1.0

    @property
    def notes_mm(self) -> float:
        """How high the notes are under the table."""
        return notes_mm(self.notes)


def marker_mm(layout: Layout) -> float:
    """Return the height of the marker's line; nothing without one."""
    return MARKER_PT * MM_PER_PT * 1.3 if layout.sheet.marker else 0.0


def title_mm(layout: Layout) -> float:
    """Return the height of the title's line."""
    return layout.sheet.title_pt * MM_PER_PT * 1.6


def header_mm(fields: tuple[PlacedField, ...]) -> float:
    """Return the height of a header line, which may have become several."""
    return _HEADER_LINE_MM * (1 + max((field.line for field in fields), default=0))


def notes_mm(notes: tuple[str, ...]) -> float:
    """Return the height of the notes."""
    return len(notes) * line_mm(CELL_PT) * 1.1 + NOTE_GAP_MM if notes else 0.0


def break_pages(layout: Layout) -> Paging:
    """Return the pages. A form of one page is set smaller when it would not fit otherwise."""
    sheet = layout.sheet
    width = layout.left_edges[-1]
    header = tuple(tuple(place_fields(fields, width, layout.fonts)) for fields in sheet.header)
    notes = _notes(layout)
    paging = Paging(layout, (), header, notes)
    room = sheet.page.height_mm - sheet.page.top_mm - sheet.page.bottom_mm
    if sheet.page.is_single:
        if paging.top_mm + sum(layout.row_heights) + paging.notes_mm > room and layout.size_pt > SMALLEST_PT:
            return break_pages(Layout(sheet, layout.fonts, size_pt=layout.size_pt - 0.5))
        whole = PageRows((), 0, len(sheet.rows), has_top=True, has_notes=True)
        return Paging(layout, (whole,), header, notes)
    return Paging(layout, tuple(_flow(paging, room)), header, notes)


def _notes(layout: Layout) -> tuple[str, ...]:
    width = layout.left_edges[-1]
    lines = (
        wrap(note, width, lambda text: layout.fonts.width_mm(text, CELL_PT)) for note in layout.sheet.notes
    )
    return tuple(line for note in lines for line in note)


def _flow(paging: Paging, room: float) -> list[PageRows]:
    """Return pages filled one after the other; the last row never leaves the notes alone on a page."""
    rows, heights = paging.layout.sheet.rows, paging.layout.row_heights
    heads = tuple(number for number, row in enumerate(rows) if row.is_head)
    heads_mm = sum(heights[number] for number in heads)
    pages: list[PageRows] = []
    first, used = 0, paging.top_mm
    for number, height in enumerate(heights):
        tail = paging.notes_mm if number == len(rows) - 1 else 0.0
        if used + height + tail > room and number > first and number > len(heads):
            pages.append(PageRows(heads if pages else (), first, number, has_top=not pages, has_notes=False))
            first, used = number, heads_mm
        used += height
    pages.append(PageRows(heads if pages else (), first, len(rows), has_top=not pages, has_notes=True))
    return pages
