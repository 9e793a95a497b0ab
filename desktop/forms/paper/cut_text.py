"""What a box says on a page: all of it, or its share where the page's edge cuts the box. Knows no marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from desktop.forms.grid import Box
from desktop.forms.paper.layout import FittedText, Layout, lines_in
from desktop.forms.paper.paging import PageRows, Paging

_SMALLEST_PT = 4.0


def text_on_page(box: Box, page: PageRows, paging: Paging) -> FittedText | None:
    """Return the lines of a box on a page that it is on; nothing for an empty box.

    A heading that is cut says all its words on every page, with （续） from the second on; the lines of a value run
    on from page to page.
    """
    fitted = paging.layout.fitted.get(box)
    is_whole = box.row in page.heads or (page.first <= box.row and box.row + box.rows <= page.last)
    if fitted is None or is_whole:
        return fitted
    parts = paging.parts_of(box)
    if box.is_heading:
        said = box if page.first <= box.row else replace(box, text=f"{box.text}\n（续）")
        return paging.layout.fit_within(said, dict(parts)[page])
    before = sum(1 for each, _ in parts if each.first < page.first)
    return _shares(box, fitted, paging.layout, [height for _, height in parts])[before]


def _shares(box: Box, fitted: FittedText, layout: Layout, heights: Sequence[float]) -> list[FittedText]:
    """Return the lines that stand in each part of a box, set so small that all parts together hold them all.

    At the smallest size, what is too long ends with ……
    """
    room = [lines_in(height, fitted.size_pt) for height in heights]
    while sum(room) < len(fitted.lines) and fitted.size_pt > _SMALLEST_PT:
        fitted = layout.fit(box, fitted.size_pt - 0.5)
        room = [lines_in(height, fitted.size_pt) for height in heights]
    lines, held = fitted.lines, sum(room)
    if held < len(lines):
        lines = (*lines[: held - 1], lines[held - 1][:-2] + "……")
    starts = accumulate(room, initial=0)
    return [
        replace(fitted, lines=lines[start : start + size]) for start, size in zip(starts, room, strict=False)
    ]
