"""Divides the columns of a worksheet among the fields of a header line. Knows no workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from desktop.core.text import columns_of
from desktop.forms.grid import HeaderText

PADDING_MM = 1.3
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Run:
    """A text over a run of columns, counted from 0, `last` included."""

    first: int
    last: int
    text: str


def header_runs(fields: Sequence[HeaderText], columns_mm: Sequence[float], size_pt: float) -> list[Run]:
    """Return the fields of a line, each from the column nearest to its place up to the next field.

    A field too narrow for its text takes columns that its neighbours do not need. When there are more fields
    than columns they stand in one run, one after the other.
    """
    if len(fields) > len(columns_mm):
        return [Run(0, len(columns_mm) - 1, "  ".join(field.text for field in fields))]
    needs = [columns_of(field.text) * size_pt / 2 * _MM_PER_POINT + PADDING_MM for field in fields]
    division = _Division(list(accumulate(columns_mm, initial=0.0)), needs)
    bounds = [*division.nearest([field.at for field in fields]), len(columns_mm)]
    division.make_room(bounds)
    return [
        Run(first, stop - 1, field.text)
        for (first, stop), field in zip(pairwise(bounds), fields, strict=True)
    ]


@dataclass(frozen=True)
class _Division:
    """The edges of the columns in mm, and how wide each field's text is. Field n lies from bound n to n + 1."""

    edges: Sequence[float]
    needs: Sequence[float]

    def nearest(self, places: Sequence[float]) -> list[int]:
        starts: list[int] = []
        for number, place in enumerate(places):
            after = starts[-1] + 1 if starts else 0
            before = len(self.edges) - 1 - (len(places) - number)
            starts.append(
                min(
                    range(after, before + 1),
                    key=lambda column: abs(self.edges[column] - place * self.edges[-1]),
                )
            )
        return starts

    def make_room(self, bounds: list[int]) -> None:
        """Move bounds to the left, then to the right, where a text does not fit and its neighbour has room."""
        for number in reversed(range(1, len(self.needs))):
            while not self._fits(bounds, number) and self._fits(bounds, number - 1, fewer=1):
                bounds[number] -= 1
        for number in range(len(self.needs) - 1):
            while not self._fits(bounds, number) and self._fits(bounds, number + 1, later=1):
                bounds[number + 1] += 1

    def _fits(self, bounds: Sequence[int], number: int, *, later: int = 0, fewer: int = 0) -> bool:
        """Return whether a text fits, were its run to begin so many columns later or end so many earlier."""
        first, stop = bounds[number] + later, bounds[number + 1] - fewer
        return first < stop and self.edges[stop] - self.edges[first] >= self.needs[number]
