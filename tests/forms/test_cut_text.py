from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.forms.cut_text import text_on_page
from desktop.forms.grid import Box, GridRow, compose
from desktop.forms.paging import Paging, break_pages
from tests.forms.form_builders import blank, filled, fonts, installed


def paged() -> Paging:
    rows = [installed("办公", f"某某办公软件{n}", 1) for n in range(60)]
    rows += [installed("办公", f"服务器上的某某软件{n}", 1, kind="服务器") for n in range(60)]
    return break_pages(compose(filled("T03", rows)), fonts())


def test_a_label_cut_by_the_page_says_that_it_goes_on() -> None:
    paging = paged()
    label = next(box for box in paging.layout.sheet.boxes if box.text == "办公软件")
    said = [text_on_page(label, page, paging) for page in paging.pages]
    words = ["".join(each.lines) for each in said if each is not None]
    assert words == ["办公软件"] + ["办公软件（续）"] * (len(paging.pages) - 1)


def test_a_value_cut_by_the_page_runs_on_without_losing_a_line() -> None:
    paging = paged()
    remark = next(box for box in paging.layout.sheet.boxes if box.text.startswith("服务器："))
    said = [text_on_page(remark, page, paging) for page in paging.pages]
    lines = [line for each in said if each is not None for line in each.lines]
    assert "".join("".join(lines).split()) == "".join(remark.text.split())


def test_an_empty_box_says_nothing() -> None:
    paging = paged()
    empty = next(box for box in paging.layout.sheet.boxes if not box.text)
    assert text_on_page(empty, paging.pages[0], paging) is None


@pytest.mark.parametrize("systems", range(19, 24))
@pytest.mark.parametrize("servers", [5, 30])
def test_a_value_is_set_smaller_where_its_parts_lose_room(systems: int, servers: int) -> None:
    """Each part of a box holds a whole number of lines, together perhaps fewer than the box as a whole."""
    rows = [installed("操作系统", f"系统{n}", 1) for n in range(systems)]
    rows += [installed("办公", f"办公软件{n}", 1) for n in range(4)]
    rows += [installed("办公", f"服务器软件{n}", 1, kind="服务器") for n in range(servers)]
    paging = break_pages(compose(filled("T03", rows)), fonts())
    (remark,) = [box for box in paging.layout.sheet.boxes if box.text.startswith("服务器：")]
    parts = [(text_on_page(remark, page, paging), height) for page, height in paging.parts_of(remark)]
    assert "".join(line for said, _ in parts if said for line in said.lines) == remark.text
    assert all(said is not None and said.fits(height) for said, height in parts)


def test_a_number_cut_by_the_page_stands_in_its_first_part() -> None:
    sheet = compose(blank("T01"))
    number = Box(1, 0, 60, 1, "1234", Decimal(1234), "x")
    rows = (*sheet.rows[:1], *(GridRow(9) for _ in range(60)))
    paging = break_pages(replace(sheet, rows=rows, boxes=(number,)), fonts())
    said = [text_on_page(number, page, paging) for page in paging.pages]
    assert [each and each.lines for each in said] == [("1234",), *[()] * (len(said) - 1)]
