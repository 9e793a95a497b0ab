from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.text import columns_of
from desktop.forms.text_fit import NEVER_FIRST, NEVER_LAST, shrink, wrap
from tests.forms.form_builders import steady

texts = st.text(alphabet="国单位（）、。：AB1 -.@", min_size=1, max_size=60)


@steady
@given(texts, st.integers(min_value=6, max_value=40), st.booleans())
def test_lines_hold_the_whole_text_and_keep_the_width(text: str, width: int, is_balanced: bool) -> None:  # noqa: FBT001  # drawn
    lines = wrap(text, width, columns_of, is_balanced=is_balanced)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns_of(line) <= width or len(line) == 1 for line in lines)


@steady
@given(st.text(alphabet="国单位（）、。", min_size=1, max_size=60), st.integers(min_value=12, max_value=40))
def test_closing_signs_do_not_begin_a_line_nor_opening_ones_end_it(text: str, width: int) -> None:
    lines = wrap(text, width, columns_of)
    for above, below in pairwise(lines):
        signs = above[-3:] + below[:3]
        if not all(sign in NEVER_FIRST | NEVER_LAST for sign in signs):
            assert below[0] not in NEVER_FIRST or above[-1] in NEVER_LAST | NEVER_FIRST
            assert above[-1] not in NEVER_LAST or below[0] in NEVER_FIRST | NEVER_LAST


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("总数（个）", 8, ["总数", "（个）"]),
        ("许可数（个）", 8, ["许可数", "（个）"]),
        ("完成软件摸查单位个数", 18, ["完成软件摸", "查单位个数"]),
        ("机关\n总数", 20, ["机关", "总数"]),
        ("Microsoft Office", 10, ["Microsoft", "Office"]),
    ],
)
def test_headings_break_where_a_person_would(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width, columns_of, is_balanced=True) == lines


def test_what_fits_is_left_alone() -> None:
    assert wrap("短", 10, columns_of) == ["短"]
    assert wrap("", 10, columns_of) == [""]


def test_the_first_size_that_fits_is_taken_or_the_last() -> None:
    def measure(text: str, size: float) -> float:
        return len(text) * size

    assert shrink("12345", 45, measure, sizes=[10.5, 9.0, 8.0]) == 9.0
    assert shrink("12345", 5, measure, sizes=[10.5, 9.0, 8.0]) == 8.0
