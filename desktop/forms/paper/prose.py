"""Draws a document of paragraphs as pages, set as official papers are: 版心, 3号 words, 28 pt lines, indented by two.

The measures are those of GB/T 9704-2012.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.forms.paper.fonts import MM_PER_PT, FontRole, FontSet
from desktop.forms.paper.frame_marks import baseline_mm
from desktop.forms.paper.marks import Mark, PrintedPage, TextMark
from desktop.forms.text_fit import wrap

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
_TOP_MM, _RIGHT_MM, _BOTTOM_MM, _LEFT_MM = 37.0, 26.0, 35.0, 28.0
_ROOM_MM = WIDTH_MM - _LEFT_MM - _RIGHT_MM
_COVER_PT, _TITLE_PT, _BODY_PT, _NUMBER_PT = 36.0, 22.0, 16.0, 14.0
_LINE_MM = 28 * MM_PER_PT
_TITLE_LINE_MM = 36 * MM_PER_PT
_INDENT = "\u3000\u3000"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a heading is set in 黑体."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A document: its title and its paragraphs."""

    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The document as plain text."""
        lines = [each.text if each.is_heading else _INDENT + each.text for each in self.paragraphs]
        return "\n".join([self.title, "", *lines]) + "\n"


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    role: FontRole


def draw_prose(prose: Prose, fonts: FontSet) -> list[PrintedPage]:
    """Return the pages of a document, numbered when there are several."""
    title = wrap(prose.title, _ROOM_MM, lambda text: fonts.width_mm(text, _TITLE_PT), is_balanced=True)
    above = (len(title) + 1) * _TITLE_LINE_MM
    lines = [line for paragraph in prose.paragraphs for line in _lines(paragraph, fonts)]
    room = HEIGHT_MM - _TOP_MM - _BOTTOM_MM
    cut = _cut(lines, int((room - above) / _LINE_MM), int(room / _LINE_MM))
    return [
        PrintedPage(
            WIDTH_MM,
            HEIGHT_MM,
            tuple(_page(part, title if not number else (), (number + 1, len(cut)), fonts)),
        )
        for number, part in enumerate(cut)
    ]


def _cut(lines: Sequence[_Line], first: int, each: int) -> list[Sequence[_Line]]:
    """Return the lines page by page: `first` fit on the first page, `each` on the others; no heading ends a page."""
    pages: list[Sequence[_Line]] = []
    start, room = 0, first
    while start < len(lines) or not pages:
        end = min(start + room, len(lines))
        while end < len(lines) and end - start > 1 and lines[end - 1].role is FontRole.HEI:
            end -= 1
        pages.append(lines[start:end])
        start, room = end, each
    return pages


def _lines(paragraph: Paragraph, fonts: FontSet) -> Iterator[_Line]:
    role = FontRole.HEI if paragraph.is_heading else FontRole.SONG
    for text in wrap(_INDENT + paragraph.text, _ROOM_MM, lambda part: fonts.width_mm(part, _BODY_PT, role)):
        yield _Line(text, role)


def _page(
    lines: Sequence[_Line], title: Sequence[str], numbering: tuple[int, int], fonts: FontSet
) -> Iterator[Mark]:
    y = _TOP_MM
    for text in title:
        yield centred(text, y + _TITLE_LINE_MM / 2, _TITLE_PT, fonts)
        y += _TITLE_LINE_MM
    y += _TITLE_LINE_MM if title else 0.0
    for line in lines:
        if line.text.strip():
            yield TextMark(_LEFT_MM, baseline_mm(y + _LINE_MM / 2, _BODY_PT), _BODY_PT, line.role, line.text)
        y += _LINE_MM
    if numbering[1] > 1:
        text = f"第{numbering[0]}页 共{numbering[1]}页"
        x = (WIDTH_MM - fonts.width_mm(text, _NUMBER_PT)) / 2
        yield TextMark(
            x, HEIGHT_MM - _BOTTOM_MM + 7 + _NUMBER_PT * MM_PER_PT, _NUMBER_PT, FontRole.SONG, text
        )


def centred(text: str, middle: float, size_pt: float, fonts: FontSet) -> TextMark:
    """Return a strong line in the middle of the page, at a height."""
    x = (WIDTH_MM - fonts.width_mm(text, size_pt)) / 2
    return TextMark(x, baseline_mm(middle, size_pt), size_pt, FontRole.SONG, text, is_strong=True)


def draw_cover(title: str, subtitle: str, lines: Sequence[str], fonts: FontSet) -> PrintedPage:
    """Return a cover: the title in the upper third, the lines in the lower one."""
    marks: list[Mark] = []
    y = HEIGHT_MM / 4
    for text, size in ((subtitle, _TITLE_PT), (title, _COVER_PT)):
        for line in wrap(text, _ROOM_MM, partial(fonts.width_mm, size_pt=size), is_balanced=True):
            marks.append(centred(line, y, size, fonts))
            y += size * MM_PER_PT * 1.7
    y = HEIGHT_MM * 0.68
    for line in lines:
        x = (WIDTH_MM - fonts.width_mm(line, _BODY_PT)) / 2
        marks.append(TextMark(x, y, _BODY_PT, FontRole.SONG, line))
        y += _LINE_MM * 1.3
    return PrintedPage(WIDTH_MM, HEIGHT_MM, tuple(marks))
