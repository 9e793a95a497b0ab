"""Writes printed pages as a PDF with the fonts embedded; the same pages give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.files import written_whole
from desktop.forms.paper.fonts import FontRole, FontSet
from desktop.forms.paper.marks import BlockMark, LineMark, PrintedPage, TextMark, WatermarkMark

CREATOR = "Zhengban Ledger"
"""Marks a PDF as ours; ASCII, so that it stands in the file as it is."""

_PT_PER_MM = 72 / 25.4
_WATERMARK_GREY = 0.86
_STROKE_OF_STRONG = 0.022
"""Outline of strong text in font sizes."""


def pdf_bytes(pages: Sequence[PrintedPage], fonts: FontSet, title: str, *, keywords: str = "") -> bytes:
    """Return the PDF of the pages; `keywords` are kept in it, to be found by `verify`."""
    buffer = io.BytesIO()
    _write(buffer, pages, fonts, title, keywords=keywords)
    return buffer.getvalue()


@contextmanager
def _packed_bytes() -> Iterator[None]:
    """Let what is packed stand in the file as bytes: as letters it is a quarter larger and takes twice the time."""
    before = rl_config.useA85
    rl_config.useA85 = 0
    try:
        yield
    finally:
        rl_config.useA85 = before


def _write(
    target: IO[bytes], pages: Sequence[PrintedPage], fonts: FontSet, title: str, *, keywords: str = ""
) -> None:
    first_font = fonts.name(FontRole.SONG)
    canvas = Canvas(target, invariant=1, initialFontName=first_font)  # type: ignore[arg-type]  # stubs say float
    canvas.setTitle(title)
    canvas.setCreator(CREATOR)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setKeywords(keywords)
    with _packed_bytes():
        for page in pages:
            _draw_page(canvas, page, fonts)
        canvas.save()


def render_pdf(pages: Sequence[PrintedPage], fonts: FontSet, path: Path, *, title: str) -> None:
    """Write the PDF; raises AppError when it cannot be written, and leaves no half file."""
    with written_whole(path) as file:
        _write(file, pages, fonts, title)


def _draw_page(canvas: Canvas, page: PrintedPage, fonts: FontSet) -> None:
    height = page.height_mm * _PT_PER_MM
    canvas.setPageSize((page.width_mm * _PT_PER_MM, height))
    for mark in page.marks:
        if isinstance(mark, LineMark):
            canvas.setLineWidth(mark.width_pt)
            canvas.line(
                mark.x1_mm * _PT_PER_MM,
                height - mark.y1_mm * _PT_PER_MM,
                mark.x2_mm * _PT_PER_MM,
                height - mark.y2_mm * _PT_PER_MM,
            )
        elif isinstance(mark, BlockMark):
            canvas.rect(
                mark.x_mm * _PT_PER_MM,
                height - (mark.y_mm + mark.height_mm) * _PT_PER_MM,
                mark.width_mm * _PT_PER_MM,
                mark.height_mm * _PT_PER_MM,
                stroke=0,
                fill=1,
            )
        elif isinstance(mark, WatermarkMark):
            _draw_watermark(canvas, mark, fonts, height)
        else:
            _draw_text(canvas, mark, fonts, height)
    canvas.showPage()


def _draw_watermark(canvas: Canvas, mark: WatermarkMark, fonts: FontSet, height: float) -> None:
    canvas.saveState()
    canvas.setFillGray(_WATERMARK_GREY)
    canvas.setFont(fonts.name(FontRole.HEI), mark.size_pt)
    canvas.translate(mark.x_mm * _PT_PER_MM, height - mark.y_mm * _PT_PER_MM)
    canvas.rotate(mark.degrees)
    canvas.drawCentredString(0, 0, mark.text)
    canvas.restoreState()


def _draw_text(canvas: Canvas, mark: TextMark, fonts: FontSet, height: float) -> None:
    canvas.setFont(fonts.name(mark.role), mark.size_pt)
    x, y = mark.x_mm * _PT_PER_MM, height - mark.y_mm * _PT_PER_MM
    if mark.is_strong:
        canvas.setLineWidth(mark.size_pt * _STROKE_OF_STRONG)
        canvas.drawString(x, y, mark.text, mode=2)
    else:
        canvas.drawString(x, y, mark.text)
