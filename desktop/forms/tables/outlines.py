"""Which pieces of line stand between the cells of a sheet's table, and how rows grow. Knows no unit of length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from desktop.forms.grid import Box, Sheet

Place = tuple[int, int]
Length = TypeVar("Length", int, float)


@dataclass(frozen=True, slots=True)
class Outlines:
    """The lines of a table. Lines are counted from 0, so that row 2 lies between the lines 2 and 3.

    `across` holds (line, column) for each piece that runs over a column, `down` holds (row, line) for each
    piece that runs along a row.
    """

    across: frozenset[Place]
    down: frozenset[Place]

    def arms(self, line: int, column_line: int) -> tuple[bool, bool, bool, bool]:
        """Return whether a piece leaves the crossing of two lines upwards, downwards, to the left, to the right."""
        return (
            (line - 1, column_line) in self.down,
            (line, column_line) in self.down,
            (line, column_line - 1) in self.across,
            (line, column_line) in self.across,
        )


def outlines_of(sheet: Sheet) -> Outlines:
    """Return the outlines of all boxes, without the edges at which lists run on."""
    across: set[Place] = set()
    opened: set[Place] = set()
    down: set[Place] = set()
    for box in sheet.all_boxes():
        rows, columns = range(box.row, box.row + box.rows), range(box.column, box.column + box.columns)
        for line, is_open in ((box.row, box.opens_above), (box.row + box.rows, box.opens_below)):
            (opened if is_open else across).update((line, column) for column in columns)
        for line in (columns.start, columns.stop):
            down.update((row, line) for row in rows)
    return Outlines(frozenset(across - opened), frozenset(down))


def grown(least: Sequence[Length], needs: Iterable[tuple[Box, Length]]) -> list[Length]:
    """Return the heights of the rows: the least ones, the last row of a box grown where the box needs more."""
    heights = list(least)
    for box, need in sorted(needs, key=lambda pair: pair[0].rows):
        lacking = need - sum(heights[box.row : box.row + box.rows])
        if lacking > 0:
            heights[box.row + box.rows - 1] += lacking
    return heights
