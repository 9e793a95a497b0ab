from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.reading.entries import FormFault
from desktop.forms.reading.shape import address, ids_of, prove_shape
from desktop.forms.spec import (
    Area,
    Block,
    Cell,
    Heading,
    ListColumn,
    Number,
    RecordField,
    Row,
    Summary,
    Template,
)
from tests.forms.form_builders import steady

FIXED, PEOPLE, LINES = Row(8), Row(8, "people"), Row(8, "lines")
LIST = ListColumn("{n}", "seats", {}, "class", shows_amount=True)
SUMMARY = Summary("x", "seats", {}, "class", "")


def a_block(rows: Sequence[Row], *cells: Cell, head_rows: int = 0) -> Block:
    return Block("块", "", tuple(rows), head_rows, cells)


def a_cell(row: int, column: int, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(Area(row, column, rows, columns), Heading("x"), line=7)


def reason(block: Block, columns: int) -> str:
    with pytest.raises(FormFault) as caught:
        prove_shape(block, columns, 3)
    assert caught.value.line in (3, 7)
    return caught.value.reason


def test_boxes_that_cover_the_block_once_are_well() -> None:
    prove_shape(
        a_block([FIXED, FIXED], a_cell(0, 0, 2, 1), a_cell(0, 1, 1, 2), a_cell(1, 1), a_cell(1, 2)), 3, 1
    )


def test_overlaps_gaps_and_boxes_outside_are_named_by_their_address() -> None:
    assert reason(a_block([FIXED], a_cell(0, 0, 1, 2), a_cell(0, 1)), 2) == "格子 B1 与另一个格子重叠。"
    assert (
        reason(a_block([FIXED, FIXED], a_cell(0, 0), a_cell(1, 1)), 2)
        == "块 块 缺格子 B1；columns 写了 2 栏。"
    )
    assert (
        reason(a_block([FIXED], a_cell(0, 0, 2, 1)), 1)
        == "格子 A1 在表外：columns 写了 1 栏，rows 写了 1 行。"
    )
    assert (
        reason(a_block([FIXED], a_cell(0, 0), a_cell(0, 1, 1, 2)), 2)
        == "格子 B1 在表外：columns 写了 2 栏，rows 写了 1 行。"
    )


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (FIXED, Cell(Area(0, 0), Number("x"))),
        (FIXED, Cell(Area(0, 0), SUMMARY)),
        (FIXED, Cell(Area(0, 0), Template("{a}", (Number("a"),), (1,)))),
        (PEOPLE, Cell(Area(0, 0), RecordField("{n}", "name"))),
        (LINES, Cell(Area(0, 0), LIST)),
        (LINES, Cell(Area(0, 0), SUMMARY, spans_lines=True)),
        (LINES, Cell(Area(0, 0), Heading("x"), spans_lines=True)),
    ],
)
def test_rows_hold_what_they_can_be_filled_with(row: Row, cell: Cell) -> None:
    prove_shape(a_block([row], cell), 1, 1)


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (FIXED, Cell(Area(0, 0), LIST, line=7), "不重复的行里只能有"),
        (PEOPLE, Cell(Area(0, 0), LIST, line=7), "每条记录一行的格子只能是"),
        (PEOPLE, Cell(Area(0, 0), Number("x"), line=7), "编号里要有 {n}"),
        (PEOPLE, Cell(Area(0, 0), Number("{n}", "seats"), line=7), "不能按 people 逐条取数"),
        (LINES, Cell(Area(0, 0), Number("x"), line=7), "每项一行的格子只能是"),
        (LINES, Cell(Area(0, 0), SUMMARY, line=7), "要有 span"),
        (LINES, Cell(Area(0, 0), LIST, spans_lines=True, line=7), "不能用 span"),
        (FIXED, Cell(Area(0, 0), Heading("x"), spans_lines=True, line=7), "span 只能用在重复的行里"),
        (FIXED, Cell(Area(0, 0), Number("{n}"), line=7), "编号里要有 {n}"),
        (PEOPLE, Cell(Area(0, 0), RecordField("x", "name"), line=7), "编号里要有 {n}"),
    ],
)
def test_rows_hold_nothing_else(row: Row, cell: Cell, words: str) -> None:
    assert words in reason(a_block([row], cell), 1)


def test_a_repeated_row_is_one_cell_high_and_heads_end_with_their_boxes() -> None:
    assert "只能有一行高" in reason(a_block([LINES, FIXED], a_cell(0, 0, 2, 1)), 1)
    assert "伸出了每页重复的表头" in reason(a_block([FIXED, FIXED], a_cell(0, 0, 2, 1), head_rows=1), 1)


def test_ids_are_those_of_the_values() -> None:
    assert ids_of(Cell(Area(0, 0), Heading("x"))) == []
    assert ids_of(Cell(Area(0, 0), Template("{a}{b}", (Number("a"), Number("b")), (1, 1)))) == ["a", "b"]


def test_addresses_run_over_z() -> None:
    assert [address(Area(9, column)) for column in (0, 25, 26, 701)] == ["A10", "Z10", "AA10", "ZZ10"]


@steady
@given(st.lists(st.tuples(*[st.integers(0, 2)] * 2, *[st.integers(1, 3)] * 2), max_size=9))
def test_only_whole_covers_pass(areas: list[tuple[int, int, int, int]]) -> None:
    cells = sorted((a_cell(*area) for area in areas), key=lambda cell: (cell.area.row, cell.area.column))
    covered = [
        (row, column)
        for top, left, rows, columns in areas
        for row in range(top, top + rows)
        for column in range(left, left + columns)
    ]
    is_whole = sorted(covered) == [(row, column) for row in range(3) for column in range(3)]
    try:
        prove_shape(a_block([FIXED] * 3, *cells), 3, 1)
    except FormFault:
        assert not is_whole
    else:
        assert is_whole
