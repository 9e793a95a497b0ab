from __future__ import annotations

import pytest

from desktop.forms.drawing import draw, missing_characters
from desktop.forms.grid import compose
from desktop.forms.marks import LineMark, PrintedPage, TextMark
from tests.forms.form_builders import a_person, blank, computers, filled, fonts, installed, software, units


def texts(page: PrintedPage) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, TextMark)]


def people(count: int) -> list[PrintedPage]:
    listed = [a_person(n, unit_name=f"某某局第{n}单位" + "很长" * (n % 12)) for n in range(1, count + 1)]
    return draw(compose(filled("T01", people=listed)), fonts())


@pytest.mark.parametrize("count", [0, 2, 30, 300])
def test_every_row_is_drawn_once_and_heads_on_every_page(count: int) -> None:
    pages = people(count)
    names = [text for page in pages for text in texts(page) if text.startswith("报送人")]
    assert names == [f"报送人{n}" for n in range(1, count + 1)]
    assert all(texts(page).count("单位名称") == 1 for page in pages)
    assert [("软件正版化工作信息报送人员统计表" in texts(page)) for page in pages] == [True] + [False] * (
        len(pages) - 1
    )


@pytest.mark.parametrize("count", [2, 300])
def test_pages_are_numbered_from_two_on(count: int) -> None:
    pages = people(count)
    numbers = [text for page in pages for text in texts(page) if text.startswith("第") and "共" in text]
    total = len(pages)
    assert numbers == ([f"第{n}页 共{total}页" for n in range(1, total + 1)] if total > 1 else [])


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_nothing_is_drawn_outside_the_margins(code: str) -> None:
    listed = [installed("业务", f"很长的业务系统名称{n}" * 3, n) for n in range(1, 70)]
    rows = [*listed, computers(9), units(58), software("seats", ("办公", "国内"), 10**9)]
    form = filled(code, rows, people=[a_person(n, email="a" * 60 + "@b.cn") for n in range(1, 70)])
    page_spec = form.spec.page
    right, bottom = page_spec.width_mm - page_spec.right_mm, page_spec.height_mm - page_spec.bottom_mm
    for page in draw(compose(form), fonts()):
        for mark in page.marks:
            if isinstance(mark, LineMark):
                assert page_spec.left_mm - 0.01 <= min(mark.x1_mm, mark.x2_mm)
                assert max(mark.x1_mm, mark.x2_mm) <= right + 0.01
                assert max(mark.y1_mm, mark.y2_mm) <= bottom + 0.01
            elif not (mark.text.startswith("第") and "共" in mark.text):
                assert page_spec.left_mm - 0.01 <= mark.x_mm
                assert mark.x_mm + fonts().width_mm(mark.text, mark.size_pt, mark.role) <= right + 0.05
                assert page_spec.top_mm < mark.y_mm < bottom


def test_gaps_for_writing_are_half_a_character_each() -> None:
    (page,) = draw(compose(blank("T01")), fonts())
    assert "填表时间：\u2002\u2002\u2002年\u2002\u2002\u2002月\u2002\u2002\u2002日" in texts(page)


def test_the_seal_place_is_on_the_first_page_only() -> None:
    assert [len(page.seals) for page in people(60)] == [1] + [0] * (len(people(60)) - 1)


def test_what_the_fonts_lack_is_named() -> None:
    pages = draw(compose(filled("T01", people=[a_person(1, name="𠮷䶮")])), fonts())
    assert missing_characters(pages, fonts()) == {"𠮷"}
    assert missing_characters(draw(compose(blank("T02")), fonts()), fonts()) == set()
