"""Draws the table of a sheet with box characters on a grid where a Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from desktop.core.text import columns_of
from desktop.forms.grid import Box, Sheet
from desktop.forms.tables.outlines import grown, outlines_of
from desktop.forms.text_fit import wrap

_MM_PER_WIDE = 3.8
_LEAST_WIDE = 2
# By the arms of a crossing: up 1, down 2, left 4, right 8.
_CROSSINGS = " │││─┘┐┤─└┌├─┴┬┼"


def table_lines(sheet: Sheet) -> list[str]:
    """Return the lines of the table, all as wide as the table."""
    return _Table(sheet).drawn()


class _Table:
    """A table with every line and row at its place; `_lefts` and `_tops` say where each ruled line stands."""

    def __init__(self, sheet: Sheet) -> None:
        lines, columns = range(len(sheet.rows) + 1), range(len(sheet.columns_mm))
        self._outlines = outlines_of(sheet)
        self._lefts = list(accumulate((_inner_width(mm) + 1 for mm in sheet.columns_mm), initial=0))
        self._ruled = [
            int(any((line, column) in self._outlines.across for column in columns)) for line in lines
        ]
        self._texts = {box: self._fitted(box) for box in sheet.all_boxes() if box.text}
        heights = grown([1] * len(sheet.rows), [(box, self._need(box)) for box in self._texts])
        self._tops = list(accumulate(map(sum, zip(self._ruled, heights, strict=False)), initial=0))
        self._canvas = [[" "] * (self._lefts[-1] + 1) for _ in range(self._tops[-1] + self._ruled[-1])]

    def drawn(self) -> list[str]:
        self._draw_across()
        self._draw_down()
        self._draw_crossings()
        for box, lines in self._texts.items():
            self._write(box, lines)
        return ["".join(line) for line in self._canvas]

    def _fitted(self, box: Box) -> Sequence[str]:
        if box.is_upright:
            return [character for character in box.text if not character.isspace()]
        width = self._lefts[box.column + box.columns] - self._lefts[box.column] - 1
        return wrap(box.text, width, columns_of, is_balanced=box.is_heading)

    def _need(self, box: Box) -> int:
        """Return how high the rows of a box must be together; ruled lines within the box hold text too."""
        return len(self._texts[box]) - sum(self._ruled[box.row + 1 : box.row + box.rows])

    def _draw_across(self) -> None:
        for line, column in self._outlines.across:
            left, right = self._lefts[column], self._lefts[column + 1]
            self._canvas[self._tops[line]][left + 1 : right] = "─" * (right - left - 1)

    def _draw_down(self) -> None:
        for row, line in self._outlines.down:
            for y in range(self._tops[row] + self._ruled[row], self._tops[row + 1]):
                self._canvas[y][self._lefts[line]] = "│"

    def _draw_crossings(self) -> None:
        for line, top in enumerate(self._tops):
            for column_line, left in enumerate(self._lefts):
                if self._ruled[line]:
                    arms = self._outlines.arms(line, column_line)
                    self._canvas[top][left] = _CROSSINGS[sum(1 << n for n, arm in enumerate(arms) if arm)]

    def _write(self, box: Box, lines: Sequence[str]) -> None:
        left, right = self._lefts[box.column] + 1, self._lefts[box.column + box.columns]
        top, bottom = self._tops[box.row] + self._ruled[box.row], self._tops[box.row + box.rows]
        is_listed = box.opens_above or box.opens_below
        first = top if is_listed else top + (bottom - top - len(lines)) // 2
        for y, line in enumerate(lines, start=first):
            indent = 0 if box.aligns_left else (right - left - columns_of(line)) // 2
            self._canvas[y][left + indent : left + indent + columns_of(line)] = _characters(line)


def _inner_width(width_mm: float) -> int:
    """Return a column's width between its lines: even, so that it is filled by Chinese characters."""
    return 2 * max(_LEAST_WIDE, round(width_mm / _MM_PER_WIDE))


def _characters(text: str) -> list[str]:
    """Return one entry per column: a wide character is followed by an empty one, accents stay with their letter."""
    entries: list[str] = []
    for character in text:
        columns = columns_of(character)
        if columns:
            entries += [character, ""][:columns]
        elif entries:
            entries[-1] += character
    return entries
