from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.grid import HeaderText
from desktop.forms.paper.header_line import PlacedField, place_fields
from tests.forms.form_builders import fonts, steady

AT = (0.0, 0.22, 0.41, 0.67, 0.82)
WIDTH = 257.0


def placed(*texts: str) -> list[PlacedField]:
    return place_fields([HeaderText(at, text) for at, text in zip(AT, texts, strict=False)], WIDTH, fonts())


def test_short_fields_stand_where_the_form_says() -> None:
    fields = placed("填表单位：（盖章）", "填表人：", "联系电话(含手机)：", "传  真：", "填表时间：")
    assert [field.x_mm / WIDTH for field in fields] == pytest.approx(AT)
    assert {field.size_pt for field in fields} == {10.5}


def test_longer_fields_are_spread_then_set_smaller() -> None:
    fields = placed(
        "填表单位：中共示例县委宣传部（盖章）",
        "填表人：某某",
        "联系电话(含手机)：0999-5550112、13900000012",
        "传  真：0999-5560004",
        "填表时间：2026年6月30日",
    )
    assert {field.line for field in fields} == {0}
    assert {field.size_pt for field in fields} == {9.0}


def test_very_long_fields_leave_the_first_on_a_line_of_its_own() -> None:
    fields = placed(
        "填表单位：" + "某" * 60 + "（盖章）", "填表人：某某", "联系电话(含手机)：", "传  真：", "填表时间："
    )
    assert [field.line for field in fields] == [0, 1, 1, 1, 1]


@steady
@given(st.lists(st.integers(min_value=0, max_value=120), min_size=5, max_size=5))
def test_fields_never_overlap_and_keep_their_order(lengths: list[int]) -> None:
    fields = placed(*("某" * length for length in lengths))
    assert "".join(field.field.text for field in fields) == "某" * sum(lengths)
    for one, other in pairwise(fields):
        end = one.x_mm + fonts().width_mm(one.field.text, one.size_pt)
        assert other.line > one.line or (other.line == one.line and other.x_mm >= end)
    for field in fields:
        assert field.x_mm + fonts().width_mm(field.field.text, field.size_pt) <= WIDTH + 1e-6
