from __future__ import annotations

from itertools import accumulate, pairwise

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


def unbroken_runs(text: str) -> list[str]:
    """Return the runs of a text that no line may end within."""
    runs = [text[0]]
    for before, sign in pairwise(text):
        if sign in NEVER_FIRST or before in NEVER_LAST:
            runs[-1] += sign
        else:
            runs.append(sign)
    return runs


@steady
@given(st.text("国位（）、。「", min_size=1, max_size=40), st.integers(2, 30), st.booleans())
def test_closing_signs_never_begin_a_line_nor_opening_ones_end_it(
    text: str,
    width: int,
    is_balanced: bool,  # noqa: FBT001  # drawn
) -> None:
    """But where so many stand together that they do not fit on a line."""
    ends = set(accumulate(len(line) for line in wrap(text, width, columns_of, is_balanced=is_balanced)))
    start = 0
    for run in unbroken_runs(text):
        inside = range(start + 1, start + len(run))
        assert columns_of(run) > width or not ends & set(inside)
        start += len(run)


@steady
@given(st.lists(st.text("abcd012", min_size=1, max_size=9), min_size=1, max_size=12), st.integers(9, 30))
def test_balancing_takes_no_more_lines_and_breaks_no_word(words: list[str], width: int) -> None:
    text = " ".join(words)
    balanced = wrap(text, width, columns_of, is_balanced=True)
    assert len(balanced) == len(wrap(text, width, columns_of))
    assert [word for line in balanced for word in line.split()] == words


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("甲 （乙）丙", 6, ["甲", "（乙）", "丙"]),
        ("甲乙 、丙", 5, ["甲", "乙 、", "丙"]),
        ("买买提·阿卜杜拉", 6, ["买买", "提·阿", "卜杜拉"]),
        ("国办发〔2013〕88号", 10, ["国办发", "〔2013〕", "88号"]),
        ("标准版（12份）、专业版（3份）", 10, ["标准版", "（12份）、", "专业版", "（3份）"]),
        ("ouyang.xiaoling@example.gov.cn", 16, ["ouyang.xiaoling", "@example.gov.cn"]),
        ("2024-06-30", 6, ["2024-", "06-30"]),
        ("  甲乙丙", 4, ["  甲", "乙丙"]),
        ("  甲乙", 3, ["甲", "乙"]),
        ("国葛\U000e0100城", 4, ["国", "葛\U000e0100", "城"]),
        ("abcdefgh国", 4, ["abcd", "efgh", "国"]),
    ],
)
def test_signs_blanks_and_long_words_are_broken_as_type_setters_do(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrap(text, width, columns_of) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("总数（个）", 8, ["总数", "（个）"]),
        ("许可数（个）", 8, ["许可数", "（个）"]),
        ("完成软件摸查单位个数", 18, ["完成软件摸查", "单位个数"]),
        ("机关\n总数", 20, ["机关", "总数"]),
        ("已建立软件资产管理制度单位个数", 18, ["已建立软件资产", "管理制度单位个数"]),
        ("统信UOS桌面操作系统V20 专业版", 22, ["统信UOS桌面", "操作系统V20 专业版"]),
        ("操作系统", 6, ["操作", "系统"]),
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
