"""How high every row must be and how the words stand in its boxes. Knows millimetres, not pages."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from desktop.forms.grid import Band, BandColumn, Box, Sheet
from desktop.forms.paper.fonts import MM_PER_PT, FontSet
from desktop.forms.spec import TEXT_PT
from desktop.forms.text_fit import shrink, wrap

CELL_PT = TEXT_PT
SMALLEST_PT = 9.0
PADDING_MM = 0.7
INDENT_MM = 0.5
"""How much further from the line a text aligned left stands."""
LINE = 1.25
"""Height of a line of text in font sizes."""
_NUMBER_SIZES = [CELL_PT, 10.0, 9.5, 9.0, 8.0, 7.0, 6.0]
_WORD_SIZES = [CELL_PT, 10.0, 9.5, 9.0, 8.5, 8.0]
"""Sizes at which an address is set before it is broken."""
_WORD = re.compile(r"[!-~]+")
_TIGHT_SIZES = [CELL_PT, 10.0, 9.5, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0]


def line_mm(size_pt: float) -> float:
    """Return the height of a line of text."""
    return size_pt * MM_PER_PT * LINE


@dataclass(frozen=True, slots=True)
class FittedText:
    """The lines of a box at the size at which they fit."""

    lines: tuple[str, ...]
    size_pt: float

    @property
    def height_mm(self) -> float:
        """How high the lines are together."""
        return len(self.lines) * line_mm(self.size_pt)

    def fits(self, height_mm: float) -> bool:
        """Return whether a box of this height holds the lines."""
        return self.height_mm + 2 * PADDING_MM <= height_mm + 1e-6


def lines_in(height_mm: float, size_pt: float) -> int:
    """Return how many lines a box of this height holds, one at least."""
    return max(1, int((height_mm - 2 * PADDING_MM + 1e-6) / line_mm(size_pt)))


_MOST_KEPT = 60_000
_BLANKS = re.compile(r" {2,}|[^\S\n \u3000]")


def printable(text: str) -> str:
    """Return a text with gaps of two blanks and more as wide as half a character each, as on the original."""
    return _BLANKS.sub(lambda gap: "\u2002" * len(gap.group()), text)


class Layout:
    """The sheet with every text fitted and every row as high as it must be.

    `size_pt` is the size of its words, `row_scale` what the rows' own heights are multiplied by, `tallest_mm` the
    height that no row may pass: a text too long for it is set smaller.
    """

    def __init__(
        self,
        sheet: Sheet,
        fonts: FontSet,
        *,
        size_pt: float | None = None,
        row_scale: float = 1.0,
        tallest_mm: float = math.inf,
    ) -> None:
        self.sheet = sheet
        self.fonts = fonts
        self.size_pt = min(size_pt or sheet.text_pt, sheet.text_pt)
        self._row_scale = row_scale
        self._tallest_mm = tallest_mm
        self._sizes = [size for size in _TIGHT_SIZES if size <= self.size_pt]
        self._band_texts: dict[tuple[int, bool, str], FittedText] = {}
        self.left_edges = [0.0]
        for width in sheet.columns_mm:
            self.left_edges.append(self.left_edges[-1] + width)

    @property
    def width_mm(self) -> float:
        """The width of the table."""
        return self.left_edges[-1]

    def width_of(self, box: Box) -> float:
        """Return a box's width."""
        return self.left_edges[box.column + box.columns] - self.left_edges[box.column]

    @cached_property
    def fitted(self) -> dict[Box, FittedText]:
        """The text of every box that has any."""
        return {box: self.fit_within(box, self._tallest_mm) for box in self.sheet.boxes if box.text}

    @cached_property
    def row_heights(self) -> list[float]:
        """The height of every row: what the form says, or more where a text needs it, shared by the box's rows."""
        heights = [row.height_mm * self._row_scale for row in self.sheet.rows]
        for band in self.sheet.bands:
            for row, height in enumerate(self._band_heights(band), start=band.row):
                heights[row] = max(heights[row], height)
        for box in sorted(self.fitted, key=lambda each: each.rows):
            rows = range(box.row, box.row + box.rows)
            needed = self.fitted[box].height_mm + 2 * PADDING_MM
            lacking = needed - sum(heights[row] for row in rows)
            if lacking > 1e-9:
                for row in rows:
                    heights[row] += lacking / box.rows
        return heights

    def _band_heights(self, band: Band) -> Iterator[float]:
        """Yield the height that the words of each line of a band need."""
        fit, one = self.band_text, line_mm(self.size_pt)
        for line in range(1, band.lines + 1):
            tallest = 0.0
            for column, value, text in band.said(line):
                if text:
                    is_short = self._line_width(text) <= self._room(column)
                    tallest = max(tallest, one if is_short else fit(column, value, text).height_mm)
            yield tallest + 2 * PADDING_MM

    def band_text(self, column: BandColumn, value: Decimal | str | None, text: str) -> FittedText:
        """Return the text of a band's box, fitted; what has to be broken is broken once for many lines."""
        if self._line_width(text) <= self._room(column):
            return FittedText((text,), self.size_pt)
        key = (column.column, type(value) is Decimal, text)
        found = self._band_texts.get(key)
        if found is None:
            if len(self._band_texts) >= _MOST_KEPT:
                self._band_texts.clear()
            box = Box(
                0, column.column, 1, column.columns, printable(text), value, aligns_left=column.aligns_left
            )
            found = self._band_texts[key] = self.fit_within(box, self._tallest_mm)
        return found

    def text_left(self, column: BandColumn, line: str, size_pt: float) -> float:
        """Return where a line in a column begins, from the left edge of the table."""
        left = self.left_edges[column.column]
        if column.aligns_left:
            return left + PADDING_MM + INDENT_MM
        right = self.left_edges[column.column + column.columns]
        return (left + right - self.fonts.width_mm(line, size_pt)) / 2

    def _line_width(self, text: str) -> float:
        """Return the width of a text on one line; of one that is broken or has wide gaps, more than any room."""
        if "\n" in text or _BLANKS.search(text):
            return math.inf
        return self.fonts.width_mm(text, self.size_pt)

    def _room(self, column: BandColumn) -> float:
        """Return how wide a text in a column may be."""
        room = self.left_edges[column.column + column.columns] - self.left_edges[column.column]
        return room - 2 * PADDING_MM - (INDENT_MM if column.aligns_left else 0.0)

    def boxes_of_rows(self, first: int, last: int, heads: tuple[int, ...]) -> list[Box]:
        """Return the boxes that touch the rows `first` to `last` (not included), after those of the heads."""
        start = bisect_left(self._reach, first + 1)
        own = []
        for box in self._ordered[start:]:
            if box.row >= last:
                break
            if box.row + box.rows > first:
                own.append(box)
        return [*(self._head_boxes if heads else []), *own]

    @cached_property
    def _ordered(self) -> list[Box]:
        return sorted(self.sheet.boxes, key=lambda box: (box.row, box.column))

    @cached_property
    def _reach(self) -> list[int]:
        """For each box in order: the end of the furthest reaching box so far, so that pages find theirs fast."""
        return list(accumulate((box.row + box.rows for box in self._ordered), max))

    @cached_property
    def _head_boxes(self) -> list[Box]:
        return [box for box in self._ordered if self.sheet.rows[box.row].is_head]

    def fit_within(self, box: Box, height_mm: float) -> FittedText:
        """Return the text of a box at the largest size at which a box of this height holds it.

        At the smallest size, what is too long ends with ……
        """
        for size in self._sizes:
            fitted = self.fit(box, size)
            if fitted.fits(height_mm):
                return fitted
        room = lines_in(height_mm, fitted.size_pt)
        return replace(fitted, lines=(*fitted.lines[: room - 1], fitted.lines[room - 1][:-2] + "……"))

    def fit(self, box: Box, size_pt: float) -> FittedText:
        """Return the text of a box at a size; a number on one line, smaller where it is too wide."""
        width = self.width_of(box) - 2 * PADDING_MM - (INDENT_MM if box.aligns_left else 0.0)
        if box.is_upright:
            return FittedText(tuple(character for character in box.text if not character.isspace()), size_pt)
        if box.value is not None and not isinstance(box.value, str):
            sizes = [size for size in _NUMBER_SIZES if size <= size_pt] or [size_pt]
            return FittedText((box.text,), shrink(box.text, width, self.fonts.width_mm, sizes=sizes))
        if not box.is_heading and _WORD.fullmatch(box.text):
            size_pt = shrink(
                box.text,
                width,
                self.fonts.width_mm,
                sizes=[s for s in _WORD_SIZES if s <= size_pt] or [size_pt],
            )
        lines = wrap(
            box.text,
            width,
            lambda text: self.fonts.width_mm(text, size_pt),
            is_balanced=not box.aligns_left,
        )
        return FittedText(tuple(lines), size_pt)
