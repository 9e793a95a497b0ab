from __future__ import annotations

from desktop.actions.printing import fonts
from desktop.forms.grid import Imprint
from desktop.forms.paper.imprint_marks import imprint_marks, watermark
from desktop.forms.paper.marks import BlockMark, PrintedPage, TextMark, describe
from desktop.forms.spec import Page

PAPER = Page(is_landscape=True, top_mm=25, right_mm=20, bottom_mm=18, left_mm=20, is_single=True)
IMPRINT = Imprint("610403-2024-0003", "5N11-KX2S-AM3E")


def test_number_code_and_qr_stand_in_the_bottom_right_corner() -> None:
    marks = list(imprint_marks(PAPER, IMPRINT, fonts()))
    texts = [mark for mark in marks if isinstance(mark, TextMark)]
    blocks = [mark for mark in marks if isinstance(mark, BlockMark)]
    assert [mark.text for mark in texts] == ["编号 610403-2024-0003", "校验码 5N11-KX2S-AM3E"]
    right, bottom = PAPER.width_mm - PAPER.right_mm, PAPER.height_mm
    assert max(mark.x_mm + mark.width_mm for mark in blocks) <= right + 0.01
    assert min(mark.y_mm for mark in blocks) >= bottom - PAPER.bottom_mm
    assert max(mark.y_mm + mark.height_mm for mark in blocks) <= bottom - 3.9
    assert max(mark.x_mm + fonts().width_mm(mark.text, mark.size_pt) for mark in texts) < min(
        mark.x_mm for mark in blocks
    )


def test_each_part_can_be_left_out() -> None:
    without_qr = list(imprint_marks(PAPER, Imprint("1", "2", has_qr=False), fonts()))
    assert len(without_qr) == 2
    without_code = list(imprint_marks(PAPER, Imprint("1", "2", has_code=False), fonts()))
    assert without_code
    assert all(isinstance(mark, BlockMark) for mark in without_code)


def test_a_watermark_rises_across_the_page() -> None:
    mark = watermark(PAPER, "送审稿", fonts())
    assert 30 < mark.degrees < 40
    assert mark.x_mm == PAPER.width_mm / 2
    long = watermark(PAPER, "送审稿" * 9, fonts())
    assert long.size_pt < mark.size_pt


def test_the_marks_can_be_described() -> None:
    marks = (watermark(PAPER, "送审稿", fonts()), BlockMark(1, 2, 3, 4))
    said = describe(PrintedPage(297, 210, marks)).splitlines()
    assert said[1].startswith("watermark 148.50")
    assert said[2] == "block 1.00,2.00 3.00 × 4.00"
