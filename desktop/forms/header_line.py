"""Places the fields of a header line: where the form says, or evenly, smaller, on two lines when they are long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from desktop.forms.fonts import FontSet
from desktop.forms.grid import HeaderText
from desktop.forms.layout import CELL_PT, SMALLEST_PT

_GAP_MM = 2.0


@dataclass(frozen=True, slots=True)
class PlacedField:
    """A field of a header line: its line (from 0), its left edge from the margin, its size."""

    field: HeaderText
    line: int
    x_mm: float
    size_pt: float


def place_fields(fields: Sequence[HeaderText], width_mm: float, fonts: FontSet) -> list[PlacedField]:
    """Return every field placed, in order and without overlapping.

    Too long for one line at the usual size: first the smallest, then the first field on a line of its own, then
    as many lines as it takes.
    """
    for size in (CELL_PT, SMALLEST_PT):
        edges = _edges(fields, width_mm, (fonts, size))
        if edges is not None:
            return [PlacedField(f, 0, x, size) for f, x in zip(fields, edges, strict=True)]
    return _on_several_lines(fields, width_mm, fonts)


def _edges(fields: Sequence[HeaderText], width_mm: float, type_: tuple[FontSet, float]) -> list[float] | None:
    """Return the left edges on one line: where the form says, or evenly spread; nothing if too long for it."""
    fonts, size = type_
    widths = [fonts.width_mm(field.text, size) for field in fields]
    wanted = [field.at * width_mm for field in fields]
    ends = [edge + width for edge, width in zip(wanted, widths, strict=True)]
    if (
        all(end + _GAP_MM <= edge for end, edge in zip(ends, wanted[1:], strict=False))
        and ends[-1] <= width_mm
    ):
        return wanted
    gap = (width_mm - sum(widths)) / max(1, len(fields) - 1)
    if gap < _GAP_MM:
        return None
    return list(accumulate([width + gap for width in widths[:-1]], initial=0.0))


def _on_several_lines(fields: Sequence[HeaderText], width_mm: float, fonts: FontSet) -> list[PlacedField]:
    placed = [PlacedField(fields[0], 0, 0.0, SMALLEST_PT)]
    line, x = 1, 0.0
    for field in fields[1:]:
        width = fonts.width_mm(field.text, SMALLEST_PT)
        if x > 0 and x + width > width_mm:
            line, x = line + 1, 0.0
        placed.append(PlacedField(field, line, x, SMALLEST_PT))
        x += width + _GAP_MM * 2
    return placed
