from __future__ import annotations

from desktop.forms.grid import Box
from desktop.forms.tables.outlines import grown, outlines_of
from tests.forms.sheet_builders import a_sheet


def test_a_box_has_lines_around_it_and_none_inside() -> None:
    outlines = outlines_of(a_sheet(Box(0, 0, 2, 2, "")))
    assert outlines.across == {(0, 0), (0, 1), (2, 0), (2, 1)}
    assert outlines.down == {(0, 0), (1, 0), (0, 2), (1, 2)}


def test_no_line_stands_where_either_box_is_open() -> None:
    above, below = Box(0, 0, 1, 1, "", opens_below=True), Box(1, 0, 1, 1, "")
    beside = Box(0, 1, 2, 1, "")
    assert (1, 0) not in outlines_of(a_sheet(above, below, beside)).across
    assert (1, 0) not in outlines_of(
        a_sheet(Box(0, 0, 1, 1, ""), Box(1, 0, 1, 1, "", opens_above=True))
    ).across


def test_arms_at_a_crossing_are_those_of_the_boxes_around() -> None:
    outlines = outlines_of(a_sheet(Box(0, 0, 1, 2, ""), Box(1, 0, 1, 1, ""), Box(1, 1, 1, 1, "")))
    assert outlines.arms(1, 1) == (False, True, True, True)
    assert outlines.arms(0, 0) == (False, True, False, True)


def test_the_last_row_of_a_box_grows_by_what_is_lacking_after_smaller_boxes() -> None:
    tall, small = Box(0, 0, 3, 1, ""), Box(0, 1, 1, 1, "")
    assert grown([1, 1, 1], [(tall, 6), (small, 2)]) == [2, 1, 3]
    assert grown([8.5, 8.5], [(Box(0, 0, 2, 1, ""), 17.0)]) == [8.5, 8.5]
