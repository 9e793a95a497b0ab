from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.forms.grid import Box, GridRow, compose
from desktop.forms.paper.cut_text import _shares, text_on_page
from desktop.forms.paper.layout import FittedText
from desktop.forms.paper.paging import Paging, break_pages
from tests.forms.form_builders import blank, filled, fonts, installed


def paged() -> Paging:
    rows = [installed("办公", f"某某办公软件{n}", 1) for n in range(60)]
    rows += [installed("办公", f"服务器上的某某软件{n}", 1, kind="服务器") for n in range(60)]
    return break_pages(compose(filled("T03", rows)), fonts())


def said(paging: Paging, box: Box) -> list[tuple[str, ...]]:
    """Return the lines of a box on each page that it is on."""
    texts = [text_on_page(box, page, paging) for page, _ in paging.parts_of(box)]
    return [text.lines for text in texts if text is not None]


def test_a_label_cut_by_the_page_says_that_it_goes_on() -> None:
    paging = paged()
    label = next(box for box in paging.layout.sheet.boxes if box.text == "办公软件")
    first, *others = ["".join(lines) for lines in said(paging, label)]
    assert first == "办公软件"
    assert others
    assert set(others) == {"办公软件（续）"}


def test_a_value_cut_by_the_page_runs_on_without_losing_a_line() -> None:
    paging = paged()
    remark = next(box for box in paging.layout.sheet.boxes if box.text.startswith("服务器："))
    parts = said(paging, remark)
    assert len(parts) > 1
    assert "".join(line for lines in parts for line in lines) == remark.text.replace("\n", "")


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
    assert "".join(line for text, _ in parts if text for line in text.lines) == remark.text.replace("\n", "")
    assert all(text is not None and text.fits(height) for text, height in parts)


def test_a_number_cut_by_the_page_stands_in_its_first_part() -> None:
    sheet = compose(blank("T01"))
    number = Box(1, 0, 60, 1, "1234", Decimal(1234), "x")
    rows = (*sheet.rows[:1], *(GridRow(9) for _ in range(60)))
    paging = break_pages(replace(sheet, rows=rows, boxes=(number,)), fonts())
    first, *others = said(paging, number)
    assert first == ("1234",)
    assert set(others) == {()}


def test_what_no_size_can_hold_ends_with_dots() -> None:
    paging = paged()
    box = paging.layout.sheet.boxes[0]
    fitted = FittedText(("第一行",) * 9, 4.0)
    parts = [part.lines for part in _shares(box, fitted, paging.layout, [5.0, 5.0])]
    assert parts == [("第一行", "第一行"), ("第一行", "第……")]
