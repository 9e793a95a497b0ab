"""The ruled lines of a table's page: each piece drawn once, pieces in line joined, a heavier frame around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from desktop.forms.grid import Box
from desktop.forms.paper.marks import LineMark

INNER_PT = 0.5
FRAME_PT = 0.9

Edges = tuple[Box, float, float, float, float]
"""A box with its left, top, right and bottom edge in mm."""


def rules_of(boxes: Sequence[Edges]) -> list[LineMark]:
    """Return the lines around the boxes of one page, the frame last so that it lies on top."""
    if not boxes:
        return []
    left = min(each[1] for each in boxes)
    top = min(each[2] for each in boxes)
    right = max(each[3] for each in boxes)
    bottom = max(each[4] for each in boxes)
    across: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    down: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    for box, x1, y1, x2, y2 in boxes:
        if not box.opens_above and y1 > top:
            across[y1].append((x1, x2))
        if not box.opens_below and y2 < bottom:
            across[y2].append((x1, x2))
        if x1 > left:
            down[x1].append((y1, y2))
    inner = [LineMark(a, y, b, y, INNER_PT) for y in sorted(across) for a, b in _joined(across[y])]
    inner += [LineMark(x, a, x, b, INNER_PT) for x in sorted(down) for a, b in _joined(down[x])]
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    ends = pairwise(corners)
    return [*inner, *(LineMark(*one, *other, FRAME_PT) for one, other in ends)]


def _joined(pieces: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield pieces of one line with those that touch or overlap joined."""
    ordered = sorted(pieces)
    begin, end = ordered[0]
    for first, last in ordered[1:]:
        if first > end + 1e-6:
            yield begin, end
            begin = first
        end = max(end, last) if first <= end + 1e-6 else last
    yield begin, end
