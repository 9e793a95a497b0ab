"""Draws broken pages as marks: the boxes and rules of the table here, what stands around it in `frame_marks`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

from desktop.forms.grid import Box, Sheet
from desktop.forms.paper.band_marks import BandOnPage
from desktop.forms.paper.cut_text import text_on_page
from desktop.forms.paper.fonts import FontRole, FontSet
from desktop.forms.paper.frame_marks import baseline_mm, note_marks, page_number, seal_zones, top_marks
from desktop.forms.paper.imprint_marks import imprint_marks, watermark
from desktop.forms.paper.layout import INDENT_MM, PADDING_MM, Layout, line_mm, printable
from desktop.forms.paper.marks import Mark, PrintedPage, SealZone, TextMark
from desktop.forms.paper.paging import PageRows, Paging, break_pages
from desktop.forms.paper.rules import rules_of


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box, or the part of it on one page, and its edges."""

    box: Box
    left_mm: float
    top_mm: float
    right_mm: float
    bottom_mm: float


class Pages(Sequence[PrintedPage]):
    """The printed pages of a sheet, each drawn when it is asked for: there may be thousands.

    They come after the pages `before` of a document of `total` pages, if they are part of a larger one.
    """

    def __init__(self, paging: Paging, before: int = 0, total: int = 0) -> None:
        self._paging = paging
        self._before = before
        self._total = total

    def __len__(self) -> int:
        return len(self._paging.pages)

    @overload
    def __getitem__(self, number: int) -> PrintedPage: ...
    @overload
    def __getitem__(self, number: slice) -> list[PrintedPage]: ...
    def __getitem__(self, number: int | slice) -> PrintedPage | list[PrintedPage]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        place = range(len(self))[number]
        return _page(
            self._paging, self._paging.pages[place], (self._before + place + 1, self._total or len(self))
        )


def draw(sheet: Sheet, fonts: FontSet) -> Pages:
    """Return the printed pages of a sheet."""
    return Pages(break_pages(_with_printable_blanks(sheet), fonts))


def draw_one_after_the_other(sheets: Sequence[Sheet], fonts: FontSet) -> list[PrintedPage]:
    """Return the pages of several sheets that make one document, numbered through."""
    pagings = [break_pages(_with_printable_blanks(sheet), fonts) for sheet in sheets]
    total = sum(len(paging.pages) for paging in pagings)
    pages: list[PrintedPage] = []
    for paging in pagings:
        pages += Pages(paging, len(pages), total)
    return pages


def _with_printable_blanks(sheet: Sheet) -> Sheet:
    """Return the sheet with gaps of two blanks and more as wide as half a character each, as on the original."""
    header = tuple(
        tuple(replace(field, text=printable(field.text)) for field in fields) for fields in sheet.header
    )
    boxes = tuple(
        box if (text := printable(box.text)) == box.text else replace(box, text=text) for box in sheet.boxes
    )
    notes = tuple(map(printable, sheet.notes))
    return replace(sheet, title=printable(sheet.title), header=header, boxes=boxes, notes=notes)


def _page(paging: Paging, rows: PageRows, numbering: tuple[int, int]) -> PrintedPage:
    page = paging.layout.sheet.page
    sheet, fonts = paging.layout.sheet, paging.layout.fonts
    marks: list[Mark] = [watermark(page, sheet.watermark, fonts)] if sheet.watermark else []
    seals: list[SealZone] = []
    y = page.top_mm
    if rows.has_top:
        marks += top_marks(paging, y)
        seals += seal_zones(paging, y)
        y += paging.frame.top_mm
    edges = _row_edges(paging.layout, rows, y)
    boxes = _placed(paging.layout, rows, edges)
    bands = [part for band in paging.layout.sheet.bands if (part := BandOnPage.of(band, rows, edges))]
    ruled = [(b.box, b.left_mm, b.top_mm, b.right_mm, b.bottom_mm) for b in boxes]
    marks += rules_of([*ruled, *(each for part in bands for each in part.ruled(paging.layout))])
    for placed in boxes:
        marks += _box_text(placed, rows, paging)
    for part in bands:
        marks += part.texts(paging.layout)
    if rows.has_notes:
        marks += note_marks(paging, max(bottom for _, bottom in edges.values()) if edges else y)
    if numbering[1] > 1:
        marks.append(page_number(paging.layout, numbering))
    if sheet.imprint:
        marks += imprint_marks(page, sheet.imprint, fonts)
    return PrintedPage(page.width_mm, page.height_mm, tuple(marks), tuple(seals))


def _row_edges(layout: Layout, rows: PageRows, top: float) -> dict[int, tuple[float, float]]:
    """Return where each row on a page begins and ends."""
    edges = {}
    y = top
    for number in [*rows.heads, *range(rows.first, rows.last)]:
        bottom = y + layout.row_heights[number]
        edges[number] = (y, bottom)
        y = bottom
    return edges


def _placed(layout: Layout, rows: PageRows, edges: Mapping[int, tuple[float, float]]) -> list[PlacedBox]:
    """Return the boxes of the page's rows, those that reach over its edge cut."""
    placed = []
    for box in layout.boxes_of_rows(rows.first, rows.last, rows.heads):
        inside = [number for number in range(box.row, box.row + box.rows) if number in edges]
        left = layout.sheet.page.left_mm + layout.left_edges[box.column]
        placed.append(
            PlacedBox(
                box=box,
                left_mm=left,
                top_mm=edges[inside[0]][0],
                right_mm=left + layout.width_of(box),
                bottom_mm=edges[inside[-1]][1],
            )
        )
    return placed


def _box_text(placed: PlacedBox, page: PageRows, paging: Paging) -> Iterator[Mark]:
    fitted = text_on_page(placed.box, page, paging)
    if fitted is None:
        return
    y = (placed.top_mm + placed.bottom_mm - fitted.height_mm) / 2
    step = line_mm(fitted.size_pt)
    for number, line in enumerate(fitted.lines):
        if line:
            x = _text_left(placed, line, paging.layout.fonts, fitted.size_pt)
            baseline = baseline_mm(y + (number + 0.5) * step, fitted.size_pt)
            yield TextMark(x, baseline, fitted.size_pt, FontRole.SONG, line)


def _text_left(placed: PlacedBox, line: str, fonts: FontSet, size_pt: float) -> float:
    if placed.box.aligns_left:
        return placed.left_mm + PADDING_MM + INDENT_MM
    width = fonts.width_mm(line, size_pt)
    return (placed.left_mm + placed.right_mm - width) / 2


def missing_characters(sheet: Sheet, fonts: FontSet) -> set[str]:
    """Return the characters of a sheet that the fonts cannot print."""
    texts = [sheet.title, *sheet.notes, *(field.text for fields in sheet.header for field in fields)]
    used = set("".join(texts))
    for box in sheet.boxes:
        used.update(box.text)
    for band in sheet.bands:
        for line in range(1, band.lines + 1):
            for _, _, text in band.said(line):
                used.update(text)
    return fonts.missing("".join(used)) | fonts.missing(sheet.marker, FontRole.HEI)
