"""Draws broken pages as marks: the boxes and rules of the table here, what stands around it in `frame_marks`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.forms.grid import Box, Sheet
from desktop.forms.paper.cut_text import text_on_page
from desktop.forms.paper.fonts import FontRole, FontSet
from desktop.forms.paper.frame_marks import baseline_mm, note_marks, page_number, seal_zones, top_marks
from desktop.forms.paper.layout import INDENT_MM, PADDING_MM, Layout, line_mm
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


def draw(sheet: Sheet, fonts: FontSet) -> list[PrintedPage]:
    """Return the printed pages of a sheet."""
    paging = break_pages(_with_printable_blanks(sheet), fonts)
    total = len(paging.pages)
    return [_page(paging, rows, (number, total)) for number, rows in enumerate(paging.pages, start=1)]


def _with_printable_blanks(sheet: Sheet) -> Sheet:
    """Return the sheet with gaps of two blanks and more as wide as half a character each, as on the original."""
    header = tuple(
        tuple(replace(field, text=_printable(field.text)) for field in fields) for fields in sheet.header
    )
    boxes = tuple(
        replace(box, text=_printable(box.text)) if _BLANKS.search(box.text) else box for box in sheet.boxes
    )
    notes = tuple(map(_printable, sheet.notes))
    return replace(sheet, title=_printable(sheet.title), header=header, boxes=boxes, notes=notes)


_BLANKS = re.compile(r" {2,}|[^\S\n \u3000]")


def _printable(text: str) -> str:
    return _BLANKS.sub(lambda gap: "\u2002" * len(gap.group()), text)


def _page(paging: Paging, rows: PageRows, numbering: tuple[int, int]) -> PrintedPage:
    page = paging.layout.sheet.page
    marks: list[Mark] = []
    seals: list[SealZone] = []
    y = page.top_mm
    if rows.has_top:
        marks += top_marks(paging, y)
        seals += seal_zones(paging, y)
        y += paging.frame.top_mm
    boxes = _placed(paging.layout, rows, y)
    marks += rules_of([(b.box, b.left_mm, b.top_mm, b.right_mm, b.bottom_mm) for b in boxes])
    for placed in boxes:
        marks += _box_text(placed, rows, paging)
    if rows.has_notes:
        bottom = max((placed.bottom_mm for placed in boxes), default=y)
        marks += note_marks(paging, bottom)
    if numbering[1] > 1:
        marks.append(page_number(paging.layout, numbering))
    return PrintedPage(page.width_mm, page.height_mm, tuple(marks), tuple(seals))


def _placed(layout: Layout, rows: PageRows, top: float) -> list[PlacedBox]:
    """Return the boxes of the page's rows, those that reach over its edge cut."""
    numbers = [*rows.heads, *range(rows.first, rows.last)]
    edges = {}
    y = top
    for number in numbers:
        edges[number] = y
        y += layout.row_heights[number]
    placed = []
    for box in layout.boxes_of_rows(rows.first, rows.last, rows.heads):
        inside = [number for number in range(box.row, box.row + box.rows) if number in edges]
        first, last = inside[0], inside[-1]
        left = layout.sheet.page.left_mm + layout.left_edges[box.column]
        placed.append(
            PlacedBox(
                box=box,
                left_mm=left,
                top_mm=edges[first],
                right_mm=left + layout.width_of(box),
                bottom_mm=edges[last] + layout.row_heights[last],
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


def missing_characters(pages: list[PrintedPage], fonts: FontSet) -> set[str]:
    """Return the characters on the pages that the fonts cannot print."""
    texts = (mark for page in pages for mark in page.marks if isinstance(mark, TextMark))
    return {character for mark in texts for character in fonts.missing(mark.text, mark.role)}
