from __future__ import annotations

from desktop.forms.paper.fonts import FontRole
from desktop.forms.paper.marks import LineMark, PrintedPage, SealZone, TextMark, describe


def test_a_page_is_described_a_mark_a_line() -> None:
    marks = (
        TextMark(20, 30.125, 18, FontRole.SONG, "标题", is_strong=True),
        TextMark(20, 40, 10.5, FontRole.HEI, "附件"),
        LineMark(20, 50, 277, 50, 0.5),
    )
    page = PrintedPage(297, 210, marks, (SealZone(30, 45),))
    assert describe(page).splitlines() == [
        "page 297 × 210",
        "text   20.00   30.12 18.0pt song strong 标题",
        "text   20.00   40.00 10.5pt hei 附件",
        "line 20.00,50.00 → 277.00,50.00 0.5pt",
        "seal 30.00,45.00 ⌀45",
    ]
