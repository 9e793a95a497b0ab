from __future__ import annotations

import pytest

from desktop.actions.naming import form_called
from desktop.forms.expected import Expected


@pytest.mark.parametrize(
    ("form", "name", "is_number"),
    [
        ("T02", "县级.国内.办公金额", True),
        ("T02", "无日期.计算机", True),
        ("T02", "表头.填表人", False),
        ("T01", "报送.12.手机", False),
        ("T01", "报送.x.手机", False),
        ("T03", "调查.操作系统.正版.3.数量", True),
        ("T03", "调查.操作系统.正版.3.软件名称", False),
        ("T03", "调查.台数.台式", True),
        ("D01", "登记.3.日期", False),
        ("D01", "登记.3.金额", True),
        ("D01", "登记.3.序号", True),
    ],
)
def test_a_form_says_where_numbers_stand(form: str, name: str, *, is_number: bool) -> None:
    assert Expected(form_called(form)).is_number(name) is is_number
