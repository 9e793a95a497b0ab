from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from desktop.forms.grid import Sheet, compose
from desktop.forms.paper.drawing import draw
from desktop.forms.reading.entries import Entry, Source
from desktop.forms.reading.form_reading import form_of
from desktop.forms.reading.toml_lines import lines_of_values
from tests.forms.form_builders import a_person, blank, computers, filled, fonts, installed, software, units


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


OWN = """
format = 1
code = "X01"
version = 1
title = "自定表"
status = "provisional"
columns = [20, 40, 40]
[page]
orientation = "portrait"
margins = [20, 20, 20, 20]
pages = "flow"
[[blocks]]
id = "表"
rows = [8, { height = 8, each = "lines" }, 8]
cells = [
    { at = "A1:B1", text = "产品", upright = true }, { at = "C1", text = "说明" },
    { at = "A2", text = "◇" },
    { at = "B2", id = "{n}.名称", list = "seats", by = "product", align = "left" },
    { at = "C2", text = "同上", span = true },
    { at = "A3", text = "小结" },
    { at = "B3:C3", id = "小结", summary = "seats", by = "class", lead = "其中：", align = "left" },
]
"""


def test_an_offices_own_form_may_repeat_words_and_sum_up_in_a_fixed_row() -> None:
    form = form_of(Entry(tomllib.loads(OWN), Source(lines_of_values(OWN))))
    rows = [("seats", {"product": f"产品{n}", "class": "办公"}, n) for n in (1, 2)]
    boxes = compose(filled(form, rows)).boxes
    assert [(box.row, box.text) for box in boxes if box.is_heading] == [
        (0, "产品"), (0, "说明"), (1, "◇"), (2, "◇"), (1, "同上"), (3, "小结"),
    ]  # fmt: skip
    (summary,) = [box for box in boxes if box.id == "表.小结"]
    assert (summary.text, summary.aligns_left) == ("其中：办公（3个）", True)
    assert [box.is_upright for box in boxes if box.text == "产品"] == [True]
    assert draw(compose(filled(form, rows)), fonts())
