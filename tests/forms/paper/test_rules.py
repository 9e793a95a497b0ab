from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.grid import Box
from desktop.forms.paper.marks import LineMark
from desktop.forms.paper.rules import FRAME_PT, INNER_PT, rules_of
from tests.forms.form_builders import steady


def a_box(row: int, column: int, *, above: bool = False, below: bool = False) -> Box:
    return Box(row, column, 1, 1, "", opens_above=above, opens_below=below)


def test_pieces_in_line_are_joined_and_the_frame_is_heavier() -> None:
    boxes = [(a_box(r, c), 10.0 * c, 5.0 * r, 10.0 * c + 10, 5.0 * r + 5) for r in range(2) for c in range(3)]
    lines = rules_of(boxes)
    inner = [line for line in lines if line.width_pt == INNER_PT]
    assert inner == [
        LineMark(0, 5, 30, 5, INNER_PT),
        LineMark(10, 0, 10, 10, INNER_PT),
        LineMark(20, 0, 20, 10, INNER_PT),
    ]
    assert lines[len(inner) :] == [
        LineMark(0, 0, 30, 0, FRAME_PT),
        LineMark(30, 0, 30, 10, FRAME_PT),
        LineMark(30, 10, 0, 10, FRAME_PT),
        LineMark(0, 10, 0, 0, FRAME_PT),
    ]


def test_lines_of_a_list_are_not_parted() -> None:
    boxes = [(a_box(0, 0, below=True), 0, 0, 10, 5), (a_box(1, 0, above=True), 0, 5, 10, 10)]
    assert {line.width_pt for line in rules_of(boxes)} == {FRAME_PT}


def test_a_gap_is_not_bridged() -> None:
    parted = [(a_box(0, 0, below=True), 10, 0, 20, 5), (a_box(1, 0, above=True), 10, 5, 20, 10)]
    boxes = [(a_box(0, 0), 0, 0, 10, 5), (a_box(1, 0), 0, 5, 10, 10), *parted]
    boxes += [(a_box(0, 0), 20, 0, 30, 5), (a_box(1, 0), 20, 5, 30, 10)]
    across = [line for line in rules_of(boxes) if line.width_pt == INNER_PT and line.y1_mm == line.y2_mm]
    assert [(line.x1_mm, line.x2_mm) for line in across] == [(0, 10), (20, 30)]


def test_nothing_has_no_lines() -> None:
    assert rules_of([]) == []


edges = st.lists(st.integers(1, 30), min_size=1, max_size=6)


@steady
@given(edges, edges, st.integers(1, 3))
def test_no_two_lines_lie_on_each_other(widths: list[int], heights: list[int], step: int) -> None:
    xs, ys = list(accumulate(widths, initial=0.1)), list(accumulate(heights, initial=0.2))
    boxes = [
        (a_box(r, c), xs[c], ys[r], xs[min(c + step, len(widths))], ys[r + 1])
        for r in range(len(heights))
        for c in range(0, len(widths), step)
    ]
    lines = rules_of(boxes)
    across = [line for line in lines if line.y1_mm == line.y2_mm]
    down = [line for line in lines if line.x1_mm == line.x2_mm]
    assert len(across) + len(down) == len(lines)
    assert len({line.y1_mm for line in across}) == len(across) == len(heights) + 1
    assert len({line.x1_mm for line in down}) == len(down) == -(-len(widths) // step) + 1
