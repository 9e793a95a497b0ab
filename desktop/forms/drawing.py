"""Draws broken pages as marks: marker, title, header lines, the table's boxes and rules, notes, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.forms.fonts import MM_PER_PT, FontRole, FontSet
from desktop.forms.grid import Box, Sheet
from desktop.forms.header_line import PlacedField
from desktop.forms.layout import CELL_PT, PADDING_MM, FittedText, Layout, line_mm
from desktop.forms.marks import Mark, PrintedPage, SealZone, TextMark
from desktop.forms.paging import (
    MARKER_PT,
    NOTE_GAP_MM,
    PageRows,
    Paging,
    break_pages,
    header_mm,
    marker_mm,
    title_mm,
)
from desktop.forms.rules import rules_of

_ASCENT = 0.88
"""Baseline below the top of the characters, in font sizes; the em box of the bundled fonts is 0.88 + 0.12."""
_LARGEST_SEAL_MM = 45.0


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box, or the part of it on one page: its edges, what it says there, whether it is cut by the page."""

    box: Box
    left_mm: float
    top_mm: float
    right_mm: float
    bottom_mm: float
    is_continued: bool = False


def draw(sheet: Sheet, fonts: FontSet) -> list[PrintedPage]:
    """Return the printed pages of a sheet."""
    paging = break_pages(Layout(_with_wide_blanks(sheet), fonts))
    total = len(paging.pages)
    return [_page(paging, rows, (number, total)) for number, rows in enumerate(paging.pages, start=1)]


def _with_wide_blanks(sheet: Sheet) -> Sheet:
    """Return the sheet with gaps of two blanks and more as wide as half a character each, as on the original."""
    return replace(
        sheet,
        header=tuple(
            tuple(replace(field, text=_wide(field.text)) for field in fields) for fields in sheet.header
        ),
        boxes=tuple(replace(box, text=_wide(box.text)) if "  " in box.text else box for box in sheet.boxes),
    )


def _wide(text: str) -> str:
    return re.sub(r" {2,}", lambda gap: "\u2002" * len(gap.group()), text)


def _page(paging: Paging, rows: PageRows, numbering: tuple[int, int]) -> PrintedPage:
    page = paging.layout.sheet.page
    marks: list[Mark] = []
    seals: list[SealZone] = []
    y = page.top_mm
    if rows.has_top:
        marks += _top(paging, y)
        seals += _seals(paging, y)
        y += paging.top_mm
    boxes = _placed(paging.layout, rows, y)
    marks += rules_of([(b.box, b.left_mm, b.top_mm, b.right_mm, b.bottom_mm) for b in boxes])
    for placed in boxes:
        marks += _box_text(placed, paging.layout)
    if rows.has_notes:
        bottom = max((placed.bottom_mm for placed in boxes), default=y)
        marks += _notes(paging, bottom)
    if numbering[1] > 1:
        marks.append(_page_number(paging.layout, numbering))
    return PrintedPage(page.width_mm, page.height_mm, tuple(marks), tuple(seals))


def _top(paging: Paging, top: float) -> Iterator[Mark]:
    layout, sheet = paging.layout, paging.layout.sheet
    left = sheet.page.left_mm
    if sheet.marker:
        yield TextMark(left, top + MARKER_PT * MM_PER_PT * _ASCENT, MARKER_PT, FontRole.HEI, sheet.marker)
    y = top + marker_mm(layout)
    centre = left + layout.left_edges[-1] / 2
    width = layout.fonts.width_mm(sheet.title, sheet.title_pt)
    baseline = y + title_mm(layout) / 2 + sheet.title_pt * MM_PER_PT * (_ASCENT - 0.5)
    yield TextMark(centre - width / 2, baseline, sheet.title_pt, FontRole.SONG, sheet.title, is_strong=True)
    y += title_mm(layout)
    for fields in paging.header:
        for field in fields:
            yield TextMark(
                left + field.x_mm,
                _header_baseline(fields, field, y),
                field.size_pt,
                FontRole.SONG,
                field.field.text,
            )
        y += header_mm(fields)


def _header_baseline(fields: tuple[PlacedField, ...], field: PlacedField, top: float) -> float:
    lines = 1 + max(each.line for each in fields)
    height = header_mm(fields) / lines
    return top + (field.line + 0.5) * height + field.size_pt * MM_PER_PT * (_ASCENT - 0.5)


def _seals(paging: Paging, top: float) -> Iterator[SealZone]:
    """Yield the seal places: centred on the words that ask for the seal."""
    layout = paging.layout
    y = top + marker_mm(layout) + title_mm(layout)
    for fields in paging.header:
        for field in fields:
            word = field.field.seal
            if word and word in field.field.text:
                before = layout.fonts.width_mm(field.field.text.split(word)[0], field.size_pt)
                width = layout.fonts.width_mm(word, field.size_pt)
                x = layout.sheet.page.left_mm + field.x_mm + before + width / 2
                yield SealZone(x, _header_baseline(fields, field, y) - 1.3, _LARGEST_SEAL_MM)
        y += header_mm(fields)


def _placed(layout: Layout, rows: PageRows, top: float) -> list[PlacedBox]:
    """Return the boxes of the page's rows, those that reach over its edge cut, with （续） on what goes on."""
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
                is_continued=first > box.row,
            )
        )
    return placed


def _box_text(placed: PlacedBox, layout: Layout) -> Iterator[Mark]:
    fitted = layout.fitted.get(placed.box)
    if fitted is None:
        return
    if placed.is_continued:
        if not placed.box.is_heading:
            return
        fitted = layout.fit_again(replace(placed.box, text=placed.box.text + "\n（续）"))
    middle = (placed.top_mm + placed.bottom_mm) / 2
    y = middle - fitted.height_mm / 2
    step = line_mm(fitted.size_pt)
    for line in fitted.lines:
        baseline = y + step / 2 + fitted.size_pt * MM_PER_PT * (_ASCENT - 0.5)
        if line:
            yield TextMark(
                _text_left(placed, line, (layout, fitted)), baseline, fitted.size_pt, FontRole.SONG, line
            )
        y += step


def _text_left(placed: PlacedBox, line: str, type_: tuple[Layout, FittedText]) -> float:
    layout, fitted = type_
    if placed.box.aligns_left:
        return placed.left_mm + PADDING_MM
    width = layout.fonts.width_mm(line, fitted.size_pt)
    return (placed.left_mm + placed.right_mm - width) / 2


def _notes(paging: Paging, bottom: float) -> Iterator[Mark]:
    step = line_mm(CELL_PT) * 1.1
    y = bottom + NOTE_GAP_MM + CELL_PT * MM_PER_PT * _ASCENT
    for note in paging.notes:
        yield TextMark(paging.layout.sheet.page.left_mm, y, CELL_PT, FontRole.SONG, note)
        y += step


def _page_number(layout: Layout, numbering: tuple[int, int]) -> Mark:
    page = layout.sheet.page
    text = f"第{numbering[0]}页 共{numbering[1]}页"
    width = layout.fonts.width_mm(text, CELL_PT)
    return TextMark(
        (page.width_mm - width) / 2, page.height_mm - page.bottom_mm / 2, CELL_PT, FontRole.SONG, text
    )


def missing_characters(pages: list[PrintedPage], fonts: FontSet) -> set[str]:
    """Return the characters on the pages that the fonts cannot print."""
    texts = (mark for page in pages for mark in page.marks if isinstance(mark, TextMark))
    return {character for mark in texts for character in fonts.missing(mark.text, mark.role)}
