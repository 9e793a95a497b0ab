from __future__ import annotations

import pytest

from desktop.forms.grid import compose
from desktop.forms.paper.layout import CELL_PT, PADDING_MM, FittedText, Layout, line_mm, lines_in
from tests.forms.form_builders import a_person, blank, filled, fonts, software


def test_rows_are_as_high_as_the_form_says_or_as_their_text_needs() -> None:
    sheet = compose(filled("T01", people=[a_person(1, unit_name="某" * 60)]))
    heights = Layout(sheet, fonts()).row_heights
    assert heights[0] == 10
    assert heights[1] == pytest.approx(5 * line_mm(CELL_PT) + 2 * PADDING_MM)
    assert heights[2] == 9


def test_numbers_shrink_on_one_line() -> None:
    sheet = compose(filled("T02", [software("seats", ("办公", "国内"), 12_345_678_901)]))
    layout = Layout(sheet, fonts())
    box = next(box for box in sheet.boxes if box.id == "县级.国内.办公许可数")
    fitted = layout.fitted[box]
    assert fitted.lines == ("12345678901",)
    assert fitted.size_pt < CELL_PT
    assert fonts().width_mm(box.text, fitted.size_pt) <= layout.width_of(box) - 2 * PADDING_MM


def test_upright_words_stand_one_character_a_line() -> None:
    sheet = compose(blank("T02"))
    box = next(box for box in sheet.boxes if box.text == "示范区机关")
    assert Layout(sheet, fonts()).fitted[box].lines == tuple("示范区机关")


def test_words_keep_off_the_lines() -> None:
    layout = Layout(compose(blank("T02")), fonts())
    for box, fitted in layout.fitted.items():
        assert all(
            fonts().width_mm(line, fitted.size_pt) <= layout.width_of(box) - 2 * PADDING_MM + 1e-6
            for line in fitted.lines
        )


def test_a_text_too_long_for_its_room_ends_with_dots() -> None:
    sheet = compose(filled("T01", people=[a_person(1, unit_name="某" * 900)]))
    box = next(box for box in sheet.boxes if box.text.startswith("某"))
    fitted = Layout(sheet, fonts()).fit_within(box, 20.0)
    assert fitted.lines[-1].endswith("……")
    assert fitted.height_mm <= 20.0


def test_lines_are_counted_one_at_least() -> None:
    assert lines_in(2 * line_mm(10.5) + 2 * PADDING_MM, 10.5) == 2
    assert lines_in(0.1, 10.5) == 1
    assert FittedText(("甲", "乙"), 10.5).fits(2 * line_mm(10.5) + 2 * PADDING_MM)
