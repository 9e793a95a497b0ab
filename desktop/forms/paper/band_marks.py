"""Draws the part of a band that is on one page: its texts, and edges for its rules. Makes no boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.forms.grid import Band, Box
from desktop.forms.paper.fonts import FontRole
from desktop.forms.paper.frame_marks import baseline_mm
from desktop.forms.paper.layout import Layout, line_mm
from desktop.forms.paper.marks import TextMark
from desktop.forms.paper.paging import PageRows
from desktop.forms.paper.rules import Edges

_RULED = Box(0, 0, 1, 1, "")


@dataclass(frozen=True)
class BandOnPage:
    """The rows of a band on a page, each with its upper and lower edge."""

    band: Band
    rows: Sequence[tuple[int, float, float]]

    @classmethod
    def of(cls, band: Band, page: PageRows, edges: Mapping[int, tuple[float, float]]) -> BandOnPage | None:
        """Return the part of a band on a page; nothing where none of it is there."""
        rows = range(max(page.first, band.row), min(page.last, band.row + band.lines))
        return cls(band, [(row, *edges[row]) for row in rows]) if rows else None

    def ruled(self, layout: Layout) -> Iterator[Edges]:
        """Yield edges that give the same rules as the boxes would: one over each row, one down each column."""
        left = layout.sheet.page.left_mm
        for _, top, bottom in self.rows:
            yield _RULED, left, top, left + layout.width_mm, bottom
        top, bottom = self.rows[0][1], self.rows[-1][2]
        for column in self.band.columns:
            x = left + layout.left_edges[column.column]
            yield _RULED, x, top, left + layout.left_edges[column.column + column.columns], bottom

    def texts(self, layout: Layout) -> Iterator[TextMark]:
        """Yield the lines of every box, as they would stand in the boxes."""
        left = layout.sheet.page.left_mm
        for row, top, bottom in self.rows:
            middle = (top + bottom) / 2
            for column, value, text in self.band.said(row - self.band.row + 1):
                if not text:
                    continue
                fitted = layout.band_text(column, value, text)
                step = line_mm(fitted.size_pt)
                y = middle - fitted.height_mm / 2
                for number, line in enumerate(fitted.lines):
                    if line:
                        baseline = baseline_mm(y + (number + 0.5) * step, fitted.size_pt)
                        x = left + layout.text_left(column, line, fitted.size_pt)
                        yield TextMark(x, baseline, fitted.size_pt, FontRole.SONG, line)
