"""Draws what tells one printed form from another: number, check code and QR of an issued one, the word of a draft."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

from desktop.forms.grid import Imprint
from desktop.forms.paper.fonts import MM_PER_PT, FontRole, FontSet
from desktop.forms.paper.marks import BlockMark, Mark, TextMark, WatermarkMark
from desktop.forms.spec import Page

_CODE_PT = 7.5
_LINE_MM = 3.6
_QR_MM = 12.0
_BELOW_TABLE_MM = 2.0
_WATERMARK_PT = 96.0
_WATERMARK_SHARE = 0.6
"""How much of the page's diagonal a watermark takes at most."""


def imprint_marks(page: Page, imprint: Imprint, fonts: FontSet) -> Iterator[Mark]:
    """Yield number, check code and QR in the bottom margin, against the right one."""
    right = page.width_mm - page.right_mm
    top = page.height_mm - page.bottom_mm + _BELOW_TABLE_MM
    if imprint.has_qr:
        right -= _QR_MM
        yield from _qr(imprint, right, top)
        right -= 2.0
    for number, line in enumerate(imprint.lines):
        x = right - fonts.width_mm(line, _CODE_PT)
        yield TextMark(x, top + (number + 1) * _LINE_MM, _CODE_PT, FontRole.SONG, line)


def _qr(imprint: Imprint, left: float, top: float) -> Iterator[BlockMark]:
    """Yield the dark modules of a QR code that holds number and check code, one mark for each run of them."""
    import segno  # with it come modules of the net, which no command needs to start

    code = segno.make(f"{imprint.number} {imprint.check_code}", micro=False, error="m")
    rows = [list(row) for row in code.matrix]
    size = _QR_MM / len(rows)
    for number, row in enumerate(rows):
        column = 0
        for is_dark, modules in groupby(row):
            width = len(list(modules))
            if is_dark:
                yield BlockMark(left + column * size, top + number * size, width * size, size)
            column += width


def watermark(page: Page, text: str, fonts: FontSet) -> WatermarkMark:
    """Return grey words along the page's diagonal, as large as they fit."""
    room = math.hypot(page.width_mm, page.height_mm) * _WATERMARK_SHARE
    width = fonts.width_mm(text, _WATERMARK_PT, FontRole.HEI)
    size = _WATERMARK_PT * min(1.0, room / width)
    degrees = math.degrees(math.atan2(page.height_mm, page.width_mm))
    lowered = page.height_mm / 2 + size * MM_PER_PT / 3
    return WatermarkMark(page.width_mm / 2, lowered, size, text, round(degrees, 2))
