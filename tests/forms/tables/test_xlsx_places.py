from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.forms.grid import Box
from desktop.forms.tables.xlsx_header import Run
from desktop.forms.tables.xlsx_places import box_text, excel_width, points, row_heights, run_height, table_row
from tests.forms.sheet_builders import a_sheet, blank_sheet


def test_lengths_become_those_of_excel() -> None:
    assert excel_width(25.4) == 13.0
    assert excel_width(0.1) == 0.5
    assert points(25.4) == 72.0


@pytest.mark.parametrize(("form", "row"), [("T01", 4), ("T02", 4), ("T03", 6)])
def test_the_table_begins_below_marker_title_and_header(form: str, row: int) -> None:
    assert table_row(blank_sheet(form)) == row
    assert table_row(replace(blank_sheet(form), marker="")) == row - 1


def test_rows_are_as_high_as_the_form_says_unless_text_needs_more() -> None:
    boxes = (Box(0, 0, 1, 1, "甲"), Box(1, 0, 1, 1, "西岭县财政局" * 3), Box(0, 1, 2, 1, ""))
    heights = row_heights(a_sheet(*boxes))
    assert heights[0] == points(8)
    assert heights[1] > 3 * 10.5


def test_a_number_stays_on_one_line_and_upright_text_stands_on_many() -> None:
    number, label = Decimal("123456789012.34"), "示范区机关"
    boxes = (Box(0, 0, 1, 1, str(number), number), Box(1, 0, 1, 1, label, is_upright=True, is_heading=True))
    sheet = a_sheet(*boxes)
    assert row_heights(sheet)[0] == points(8)
    assert row_heights(sheet)[1] > 5 * 10.5
    assert box_text(sheet, boxes[1]) == label


def test_headings_are_broken_before_a_bracket_and_the_ledgers_words_never() -> None:
    sheet = a_sheet(Box(0, 0, 1, 1, ""), columns_mm=(17.6,))
    assert box_text(sheet, Box(0, 0, 1, 1, "许可数（个）", is_heading=True)) == "许可数\n（个）"
    assert box_text(sheet, Box(0, 0, 1, 1, "许可数（个）")) == "许可数（个）"


def test_a_run_is_as_high_as_its_lines() -> None:
    sheet = blank_sheet("T01")
    assert run_height(sheet, Run(0, 7, "注：短")) == 19.18
    assert run_height(sheet, Run(2, 2, "注：比一列长的话")) > 2 * 10.5
