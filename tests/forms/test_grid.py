from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.forms.grid import Sheet, compose
from tests.forms.form_builders import a_person, blank, computers, filled, installed, software, units


def cells_covered(sheet: Sheet) -> list[tuple[int, int]]:
    return sorted(
        (row, column)
        for box in sheet.boxes
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    )


@pytest.mark.parametrize("code", ["T01", "T02", "T03"])
def test_boxes_cover_the_table_exactly_once(code: str) -> None:
    people = [a_person(n) for n in range(1, 5)]
    listed = [installed("办公", f"产品{n}", n) for n in range(1, 6)]
    for form in (blank(code), filled(code, listed, people=people)):
        sheet = compose(form)
        every = [(r, c) for r in range(len(sheet.rows)) for c in range(len(sheet.columns_mm))]
        assert cells_covered(sheet) == every


def test_numbers_keep_their_value_and_their_printed_text() -> None:
    sheet = compose(filled("T02", [units(3), software("amount", ("办公", "国内"), 12_300_00)]))
    values = {box.id: (box.value, box.text) for box in sheet.boxes if box.id}
    assert values["县级.国内.办公金额"] == (Decimal("1.23"), "1.23")
    assert values["县级.进度.机关总数"] == (Decimal(3), "3")
    assert values["市级.进度.机关总数"] == (None, "")


def test_lines_of_a_list_are_not_parted_and_its_label_reaches_over_them() -> None:
    sheet = compose(filled("T03", [installed("办公", "甲", 2), installed("办公", "乙", 1)]))
    label = next(box for box in sheet.boxes if box.text == "办公软件")
    first, second = [box for box in sheet.boxes if box.text in ("甲", "乙")]
    assert label.rows == 2
    assert (first.opens_above, first.opens_below) == (False, True)
    assert (second.opens_above, second.opens_below) == (True, False)


def test_a_sentence_shows_its_numbers_or_gaps_to_write_in() -> None:
    texts = [box.text for box in compose(filled("T03", [computers(9), computers(3, "便携")])).boxes]
    assert "总数：12台，其中台式9台，便携式3台" in texts
    assert "总数：    台，其中台式     台，便携式     台" in [box.text for box in compose(blank("T03")).boxes]


def test_the_marker_may_be_left_out() -> None:
    form = blank("T02")
    assert compose(form).marker == "附件2："
    assert compose(form, with_marker=False).marker == ""


def test_notes_and_title_follow_the_campaign() -> None:
    sheet = compose(blank("T03", 标题="某县调查表", 报送="（3）8月1日前报送。"))
    assert sheet.title == "某县调查表"
    assert sheet.notes[0] == "正版、非正版软件认定说明："
    assert sheet.notes[-1] == "（3）8月1日前报送。"
