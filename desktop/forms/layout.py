"""How high every row must be and how the words stand in its boxes. Knows millimetres, not pages."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from desktop.forms.fonts import MM_PER_PT, FontSet
from desktop.forms.grid import Box, Sheet
from desktop.forms.text_fit import shrink, wrap

CELL_PT = 10.5
SMALLEST_PT = 9.0
PADDING_MM = 0.7
LINE = 1.25
"""Height of a line of text in font sizes."""
_NUMBER_SIZES = [CELL_PT, 10.0, 9.5, 9.0, 8.0, 7.0, 6.0]


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


class Layout:
    """The sheet with every text fitted and every row as high as it must be."""

    def __init__(self, sheet: Sheet, fonts: FontSet, *, size_pt: float = CELL_PT) -> None:
        self.sheet = sheet
        self.fonts = fonts
        self.size_pt = size_pt
        self.left_edges = [0.0]
        for width in sheet.columns_mm:
            self.left_edges.append(self.left_edges[-1] + width)

    def width_of(self, box: Box) -> float:
        """Return a box's width."""
        return self.left_edges[box.column + box.columns] - self.left_edges[box.column]

    @cached_property
    def fitted(self) -> dict[Box, FittedText]:
        """The text of every box that has any."""
        return {box: self._fit(box) for box in self.sheet.boxes if box.text}

    @cached_property
    def row_heights(self) -> list[float]:
        """The height of every row: what the form says, or more where a text needs it."""
        heights = [row.height_mm for row in self.sheet.rows]
        for box in sorted(self.fitted, key=lambda each: each.rows):
            needed = self.fitted[box].height_mm + 2 * PADDING_MM
            lacking = needed - sum(heights[box.row : box.row + box.rows])
            if lacking > 1e-9:
                heights[box.row + box.rows - 1] += lacking
        return heights

    def boxes_of_rows(self, first: int, last: int, heads: tuple[int, ...]) -> list[Box]:
        """Return the boxes that touch the rows `first` to `last` (not included), after those of the heads."""
        start = bisect_left(self._reach, first + 1)
        own = []
        for box in self._ordered[start:]:
            if box.row >= last:
                break
            if box.row + box.rows > first:
                own.append(box)
        shown = set(own)
        return [box for box in self._head_boxes if heads and box not in shown] + own

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

    def fit_again(self, box: Box) -> FittedText:
        """Return the text of a box that says something else on a later page."""
        return self._fit(box)

    def _fit(self, box: Box) -> FittedText:
        width = self.width_of(box) - 2 * PADDING_MM
        if box.is_upright:
            return FittedText(
                tuple(character for character in box.text if not character.isspace()), self.size_pt
            )
        if box.value is not None and not isinstance(box.value, str):
            sizes = [size for size in _NUMBER_SIZES if size <= self.size_pt]
            return FittedText((box.text,), shrink(box.text, width, self.fonts.width_mm, sizes=sizes))
        lines = wrap(
            box.text,
            width,
            lambda text: self.fonts.width_mm(text, self.size_pt),
            is_balanced=not box.aligns_left,
        )
        return FittedText(tuple(lines), self.size_pt)
