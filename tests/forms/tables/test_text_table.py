from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from desktop.core.text import columns_of
from desktop.forms.grid import Box, Sheet
from desktop.forms.tables.text_table import table_lines
from tests.forms.sheet_builders import FACTORY, a_county, a_sheet, blank_sheet, filled_sheet

# The signs with an arm to each side.
ARMS = {"up": "│└┘├┤┴┼", "down": "│┌┐├┤┬┼", "left": "─┐┘┤┬┴┼", "right": "─┌└├┬┴┼"}


def on_a_grid(lines: list[str]) -> list[str]:
    """Return the lines with one character per column."""
    return ["".join(sign if columns_of(sign) == 1 else sign + "~" for sign in line) for line in lines]


def loose_ends(sheet: Sheet) -> list[tuple[int, int]]:
    """Return where an arm does not meet that of its neighbour."""
    grid = on_a_grid(table_lines(sheet))
    below = [
        (y, x)
        for y, (line, next_) in enumerate(pairwise(grid))
        for x in range(len(line))
        if (line[x] in ARMS["down"]) != (next_[x] in ARMS["up"])
    ]
    beside = [
        (y, x)
        for y, line in enumerate(grid)
        for x in range(len(line) - 1)
        if (line[x] in ARMS["right"]) != (line[x + 1] in ARMS["left"])
    ]
    return below + beside


@pytest.mark.parametrize("form", ["T01", "T02", "T03"])
def test_every_line_ends_at_another_and_all_are_equally_wide(form: str, tmp_path: Path) -> None:
    unit = FACTORY if form == "T03" else ""
    for sheet in (blank_sheet(form), filled_sheet(a_county(tmp_path), form, unit)):
        assert loose_ends(sheet) == []
        assert len({columns_of(line) for line in table_lines(sheet)}) == 1


def test_columns_are_even_and_hold_two_characters_at_least() -> None:
    sheet = a_sheet(Box(0, 0, 1, 1, ""), Box(0, 1, 1, 1, ""), columns_mm=(19, 1))
    assert table_lines(sheet)[0] == f"┌{'─' * 10}┬────┐"


def test_text_is_centred_in_spanned_rows_and_left_where_asked() -> None:
    boxes = (Box(0, 0, 2, 1, "甲"), Box(0, 1, 1, 1, "乙", aligns_left=True), Box(1, 1, 1, 1, "12"))
    assert table_lines(a_sheet(*boxes)) == [
        "┌──────────┬──────────┐",
        "│          │乙        │",
        "│    甲    ├──────────┤",
        "│          │    12    │",
        "└──────────┴──────────┘",
    ]


def test_upright_text_has_one_character_a_line_and_rows_grow_for_it() -> None:
    lines = table_lines(a_sheet(Box(0, 0, 1, 1, "县级\n机关", is_upright=True), columns_mm=(8,)))
    assert lines == ["┌────┐", "│ 县 │", "│ 级 │", "│ 机 │", "│ 关 │", "└────┘"]


def test_forced_breaks_are_kept_and_accents_take_no_column() -> None:
    lines = table_lines(a_sheet(Box(0, 0, 1, 1, "机关\n总数"), Box(0, 1, 1, 1, "e\u0301te\u0301 12")))
    assert lines[1:3] == ["│   机关   │  e\u0301te\u0301 12  │", "│   总数   │          │"]
    assert table_lines(a_sheet(Box(0, 0, 1, 2, "\u0301甲")))[1] == f"│{' ' * 9}甲{' ' * 10}│"


def test_lines_of_a_list_follow_each_other_and_start_level() -> None:
    names = [
        Box(0, 0, 1, 1, "水费收缴管理平台", opens_below=True),
        Box(1, 0, 1, 1, "短名", opens_above=True),
    ]
    amounts = [Box(0, 1, 1, 1, "3", opens_below=True), Box(1, 1, 1, 1, "4", opens_above=True)]
    assert table_lines(a_sheet(*names, *amounts))[1:-1] == [
        "│ 水费收缴 │    3     │",
        "│ 管理平台 │          │",
        "│   短名   │    4     │",
    ]


@pytest.mark.parametrize("text", ["许可数（个）", "财政局、市委", "12345678901：甲", "一二三四「五六」"])
def test_closing_signs_do_not_begin_a_line_and_opening_ones_do_not_end_it(text: str) -> None:
    lines = table_lines(a_sheet(Box(0, 0, 1, 1, text)))[1:-1]
    assert not any(line.strip("│ ")[0] in "）、：」" or line.strip("│ ")[-1] in "（「" for line in lines)
    assert "".join(line.strip("│ ") for line in lines) == text
