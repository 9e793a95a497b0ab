from __future__ import annotations

import pytest

from desktop.forms.grid import compose
from desktop.forms.paper.fonts import FontRole
from desktop.forms.paper.frame_marks import note_marks, page_number, seal_zones, top_marks
from desktop.forms.paper.marks import TextMark
from desktop.forms.paper.paging import Paging, break_pages
from tests.forms.form_builders import blank, filled, fonts


def paged(code: str) -> Paging:
    return break_pages(compose(blank(code)), fonts())


def test_marker_title_and_header_stand_in_order() -> None:
    paging = paged("T02")
    marks = [mark for mark in top_marks(paging, 25.0) if isinstance(mark, TextMark)]
    assert [mark.text for mark in marks][:3] == ["附件2：", "软件正版化情况统计表", "填表单位：（盖章）"]
    assert (marks[0].role, marks[0].size_pt, marks[0].x_mm) == (FontRole.HEI, 16.0, 20.0)
    assert (marks[1].is_strong, marks[1].size_pt) == (True, 18.0)
    centre = marks[1].x_mm + fonts().width_mm(marks[1].text, 18.0) / 2
    assert centre == pytest.approx(20 + sum(paging.layout.sheet.columns_mm) / 2)


@pytest.mark.parametrize(("code", "word"), [("T01", "单位签章"), ("T02", "盖章"), ("T03", "盖章")])
def test_the_seal_goes_on_the_word_that_asks_for_it(code: str, word: str) -> None:
    paging = paged(code)
    (zone,) = seal_zones(paging, 25.0)
    mark = next(m for m in top_marks(paging, 25.0) if isinstance(m, TextMark) and word in m.text)
    start = mark.x_mm + fonts().width_mm(mark.text.split(word)[0], mark.size_pt)
    assert start < zone.x_mm < start + fonts().width_mm(word, mark.size_pt)
    assert (zone.diameter_mm, mark.y_mm - 5 < zone.y_mm < mark.y_mm) == (45.0, True)


def test_notes_stand_under_the_table_at_the_margin() -> None:
    marks = [mark for mark in note_marks(paged("T03"), 100.0) if isinstance(mark, TextMark)]
    assert len(marks) == 4
    assert {mark.x_mm for mark in marks} == {25.0}
    assert all(mark.y_mm > 100.0 for mark in marks)


def test_the_page_number_stands_in_the_middle_of_the_foot() -> None:
    mark = page_number(break_pages(compose(filled("T01")), fonts()).layout, (2, 3))
    assert isinstance(mark, TextMark)
    assert mark.text == "第2页 共3页"
    assert mark.y_mm > 210 - 18
