"""Breaks a laid-out sheet into pages. Knows millimetres, not printers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.forms.grid import Box, Sheet
from desktop.forms.paper.fonts import MM_PER_PT, FontSet
from desktop.forms.paper.header_line import PlacedField, place_fields
from desktop.forms.paper.layout import CELL_PT, Layout, line_mm
from desktop.forms.text_fit import wrap

MARKER_PT = 16.0
_HEADER_LINE_MM = 7.0
_TABLE_GAP_MM = 1.0
NOTE_GAP_MM = 2.0
NOTE_LINE_MM = line_mm(CELL_PT) * 1.1
_TIGHTER = [
    *((CELL_PT, 1.0), (CELL_PT, 0.95), (CELL_PT, 0.9), (CELL_PT, 0.85)),
    *((10.0, 0.85), (9.5, 0.85), (9.0, 0.85), (9.0, 0.7), (9.0, 0.5), (8.0, 0.5), (7.0, 0.5), (6.0, 0.5)),
]
"""Sizes of words and scales of rows that a form of one page tries in turn."""


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one page: its head rows repeated, then the rows `first` to `last` (not included)."""

    heads: tuple[int, ...]
    first: int
    last: int
    has_top: bool
    has_notes: bool


@dataclass(frozen=True)
class Frame:
    """What stands around the table: title and notes broken into lines, the header lines placed."""

    marker_mm: float
    title: tuple[str, ...]
    title_pt: float
    header: tuple[tuple[PlacedField, ...], ...]
    notes: tuple[str, ...]

    @property
    def title_mm(self) -> float:
        """The height of a line of the title."""
        return self.title_pt * MM_PER_PT * 1.6

    @property
    def header_top_mm(self) -> float:
        """Where the header lines begin, from the top margin."""
        return self.marker_mm + self.title_mm * len(self.title)

    @property
    def top_mm(self) -> float:
        """How high marker, title and header lines are together, above the table of the first page."""
        return self.header_top_mm + sum(map(header_mm, self.header)) + _TABLE_GAP_MM

    @property
    def notes_mm(self) -> float:
        """How high the notes are under the table."""
        return len(self.notes) * NOTE_LINE_MM + NOTE_GAP_MM if self.notes else 0.0


@dataclass(frozen=True)
class Paging:
    """A layout with what stands around its table and its pages."""

    layout: Layout
    frame: Frame
    pages: tuple[PageRows, ...]

    def parts_of(self, box: Box) -> list[tuple[PageRows, float]]:
        """Return the pages that a box is on, each with the height of its part there."""
        shared = [
            (page, range(max(box.row, page.first), min(box.row + box.rows, page.last))) for page in self.pages
        ]
        heights = self.layout.row_heights
        return [(page, sum(heights[row] for row in rows)) for page, rows in shared if rows]


def header_mm(fields: tuple[PlacedField, ...]) -> float:
    """Return the height of a header line, which may have become several."""
    return _HEADER_LINE_MM * (1 + max((field.line for field in fields), default=0))


def break_pages(sheet: Sheet, fonts: FontSet) -> Paging:
    """Return the pages. A form of one page is set tighter when it would not fit otherwise."""
    page = sheet.page
    frame = _frame(sheet, fonts)
    room = page.height_mm - page.top_mm - page.bottom_mm
    if page.is_single:
        layout = _tight(sheet, fonts, room - frame.top_mm - frame.notes_mm)
        whole = PageRows((), 0, len(sheet.rows), has_top=True, has_notes=True)
        return Paging(layout, frame, (whole,))
    layout = _with_rows_below(sheet, fonts, room - frame.top_mm - frame.notes_mm)
    return Paging(layout, frame, tuple(_flow(layout, frame, room)))


def _frame(sheet: Sheet, fonts: FontSet) -> Frame:
    width = sum(sheet.columns_mm)
    title = wrap(sheet.title, width, lambda text: fonts.width_mm(text, sheet.title_pt), is_balanced=True)
    notes = (wrap(note, width, lambda text: fonts.width_mm(text, CELL_PT)) for note in sheet.notes)
    return Frame(
        marker_mm=MARKER_PT * MM_PER_PT * 1.3 if sheet.marker else 0.0,
        title=tuple(title),
        title_pt=sheet.title_pt,
        header=tuple(tuple(place_fields(fields, width, fonts)) for fields in sheet.header),
        notes=tuple(line for note in notes for line in note),
    )


def _tight(sheet: Sheet, fonts: FontSet, room: float) -> Layout:
    """Return the loosest layout whose rows fit into the room, or the tightest."""
    for size, scale in _TIGHTER:
        layout = Layout(sheet, fonts, size_pt=size, row_scale=scale)
        if sum(layout.row_heights) <= room:
            break
    return layout


def _with_rows_below(sheet: Sheet, fonts: FontSet, room: float) -> Layout:
    """Return a layout in which every row fits on a page of its own, under the heads and with the notes."""
    layout = Layout(sheet, fonts)
    heads = sum(height for height, row in zip(layout.row_heights, sheet.rows, strict=True) if row.is_head)
    if max(layout.row_heights, default=0.0) > room - heads:
        return Layout(sheet, fonts, tallest_mm=room - heads)
    return layout


def _flow(layout: Layout, frame: Frame, room: float) -> Iterator[PageRows]:
    """Yield pages filled one after the other; the last row never leaves the notes alone on a page."""
    rows, heights = layout.sheet.rows, layout.row_heights
    heads = tuple(number for number, row in enumerate(rows) if row.is_head)
    heads_mm = sum(heights[number] for number in heads)
    first, used = 0, frame.top_mm
    for number, height in enumerate(heights):
        tail = frame.notes_mm if number == len(rows) - 1 else 0.0
        if used + height + tail > room and number > max(first, len(heads)):
            yield PageRows(heads if first else (), first, number, has_top=not first, has_notes=False)
            first, used = number, heads_mm
        used += height
    yield PageRows(heads if first else (), first, len(rows), has_top=not first, has_notes=True)
