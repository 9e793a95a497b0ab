from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.forms.grid import Box, HeaderText
from desktop.forms.tables.render_text import render_text
from tests.forms.sheet_builders import (
    FACTORY,
    a_county,
    a_sheet,
    blank_sheet,
    filled_sheet,
    sheet_of_reporters,
)


@pytest.mark.parametrize("form", ["T01", "T02", "T03"])
def test_a_blank_form_is_printed_as_the_official_table(form: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{form}-blank", render_text(blank_sheet(form)))


@pytest.mark.parametrize(("form", "unit"), [("T01", ""), ("T02", ""), ("T03", FACTORY)])
def test_a_filled_form_is_printed_with_its_numbers(
    form: str, unit: str, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    sheet = filled_sheet(a_county(tmp_path), form, unit)
    golden(f"{form}-filled", render_text(sheet))
    assert render_text(sheet) == render_text(filled_sheet(a_county(tmp_path), form, unit))


@pytest.mark.parametrize(("count", "rows"), [(0, 2), (2, 2), (300, 300)])
def test_a_list_of_people_is_as_long_as_it_must_be(count: int, rows: int, tmp_path: Path) -> None:
    text = render_text(sheet_of_reporters(tmp_path, count))
    assert text.count("├") == rows
    assert text.count("报送人") - text.count("报送人员") == count


def test_no_line_ends_in_blanks_and_the_last_one_is_ended() -> None:
    lines = render_text(blank_sheet("T03")).split("\n")
    assert lines[-1] == ""
    assert all(line and line == line.rstrip() for line in lines[:-1])


def test_without_marker_the_title_comes_first() -> None:
    sheet = replace(blank_sheet("T02"), marker="")
    assert render_text(sheet).lstrip().startswith("软件正版化情况统计表\n")


def header_of(*fields: tuple[float, str]) -> list[str]:
    """Return the header lines over a table of 44 columns."""
    header = tuple(HeaderText(at, text) for at, text in fields)
    return render_text(a_sheet(Box(0, 0, 1, 1, ""), columns_mm=(80,), header=header)).split("\n")[1:-4]


def test_fields_stand_at_their_place() -> None:
    assert header_of((0, "单位："), (0.5, "日期：")) == ["单位：                日期："]


def test_a_long_field_moves_the_next_one_and_they_never_touch() -> None:
    assert header_of((0, "单位：西岭县委员会办公室"), (0.5, "日期：")) == ["单位：西岭县委员会办公室  日期："]


def test_a_field_that_would_stick_out_moves_back_to_the_left() -> None:
    assert header_of((0.9, "日期：2024年6月")) == [" " * 29 + "日期：2024年6月"]


def test_what_does_not_fit_goes_on_in_order_on_the_next_line() -> None:
    lines = header_of((0, "单位：西岭县委员会办公室文秘科"), (0.3, "填表人：欧阳小玲"), (0.8, "传真："))
    assert lines == ["单位：西岭县委员会办公室文秘科", " " * 13 + "填表人：欧阳小玲      传真："]


def test_a_field_longer_than_the_page_is_broken() -> None:
    lines = header_of((0.3, "单位：" + "西岭县" * 10), (0.5, "日期："))
    assert lines == ["单位：" + "西岭县" * 6 + "西", " " * 13 + "岭县" + "西岭县" * 3 + "  日期："]


def test_a_long_title_and_a_long_note_are_broken_at_the_width_of_the_table() -> None:
    sheet = a_sheet(Box(0, 0, 1, 1, ""), columns_mm=(20,))
    lines = render_text(replace(sheet, title="统计表" * 3, notes=("注：说明说明明白白白",))).splitlines()
    assert lines[:2] == ["统计表统计表", "   统计表"]
    assert lines[-2:] == ["注：说明说明", "明白白白"]
