"""Places the fields of a header line: where the form says, or evenly, smaller, on two lines when they are long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from desktop.forms.grid import HeaderText
from desktop.forms.paper.fonts import FontSet
from desktop.forms.paper.layout import CELL_PT, SMALLEST_PT
from desktop.forms.text_fit import wrap

_GAP_MM = 3.5
_ONE_SIGN = "\uffff"
"""Stands for the seal's words while a field is broken; no text holds it."""


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
    as many lines as it takes. A field too long for a whole line is broken, but never within the seal's words.
    """
    for size in (CELL_PT, SMALLEST_PT):
        edges = _edges(fields, width_mm, fonts, size)
        if edges is not None:
            return [PlacedField(f, 0, x, size) for f, x in zip(fields, edges, strict=True)]
    return list(_on_several_lines(fields, width_mm, fonts))


def _edges(
    fields: Sequence[HeaderText], width_mm: float, fonts: FontSet, size_pt: float
) -> list[float] | None:
    """Return the left edges on one line: where the form says, or evenly spread; nothing if too long for it."""
    widths = [fonts.width_mm(field.text, size_pt) for field in fields]
    wanted = [field.at * width_mm for field in fields]
    nexts = [*(edge - _GAP_MM for edge in wanted[1:]), width_mm]
    if all(edge + width <= limit for edge, width, limit in zip(wanted, widths, nexts, strict=True)):
        return wanted
    gap = (width_mm - sum(widths)) / max(1, len(fields) - 1)
    if gap < (_GAP_MM if len(fields) > 1 else 0.0):
        return None
    return list(accumulate([width + gap for width in widths[:-1]], initial=0.0))


def _on_several_lines(fields: Sequence[HeaderText], width_mm: float, fonts: FontSet) -> Iterator[PlacedField]:
    line, x = 0, 0.0
    for number, field in enumerate(fields):
        if number == 1 or (x > 0 and x + fonts.width_mm(field.text, SMALLEST_PT) > width_mm):
            line, x = line + 1, 0.0
        parts = _broken(field, width_mm, fonts)
        for part in parts[:-1]:
            yield PlacedField(replace(field, text=part), line, x, SMALLEST_PT)
            line += 1
        yield PlacedField(replace(field, text=parts[-1]), line, x, SMALLEST_PT)
        x += fonts.width_mm(parts[-1], SMALLEST_PT) + _GAP_MM * 2


def _broken(field: HeaderText, width_mm: float, fonts: FontSet) -> list[str]:
    """Return the lines of a field, the seal's words together on one of them."""
    seal = field.seal or _ONE_SIGN
    text = field.text.replace(seal, _ONE_SIGN)
    lines = wrap(text, width_mm, lambda part: fonts.width_mm(part.replace(_ONE_SIGN, seal), SMALLEST_PT))
    return [line.replace(_ONE_SIGN, seal) for line in lines]
