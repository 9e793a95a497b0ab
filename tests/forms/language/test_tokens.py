from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.language.tokens import FormulaError, quoted, tokenize


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)][:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合计.* = 国内.*+国外.*", ["合计.*", "=", "国内.*", "+", "国外.*"]),
        ("*.*总数-0.005", ["*.*总数", "-", "0.005"]),
        ("甲 * 乙", ["甲", "*", "乙"]),
        ("甲*乙", ["甲*乙"]),
        ("(甲)*(乙)", ["(", "甲", ")", "*", "(", "乙", ")"]),
        ("a<=b <> c", ["a", "<=", "b", "<>", "c"]),
        ("甲＋乙＝（丙．丁）！＝1", ["甲", "+", "乙", "=", "(", "丙.丁", ")", "!=", "1"]),
        ("非(非空)且 notes", ["非", "(", "非空", ")", "且", "notes"]),
        ("表.3.数量　", ["表.3.数量"]),
    ],
)
def test_text_is_cut_into_tokens(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_token_knows_its_kind_and_place() -> None:
    assert list(tokenize(" 甲=2")) == [
        ("name", "甲", 2),
        ("symbol", "=", 3),
        ("number", "2", 4),
        ("end", "", 5),
    ]


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("甲 = 乙。", 6, "不认得“。”"),
        ("甲\x00", 2, "不认得“U+0000”"),
        ("甲. + 1", 1, "“甲.”不能作名称：“.”的前后都要有字"),
        (".5", 1, "数也要写全"),
        ("甲..乙", 1, "前后都要有字"),
        ("甲**", 1, "最多一个 *"),
        ("甲 = 2*3", 5, "数和 * 连在一起了。相乘请写 ×"),
        ("1.2.3", 1, "它只有数字"),
        ("３", 1, "它只有数字"),
    ],
)
def test_an_error_names_the_place_and_the_fault(text: str, position: int, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        texts(text)
    assert caught.value.position == position
    assert words in caught.value.message
    assert str(caught.value).startswith(f"第 {position} 个字符：")


def test_a_text_that_is_too_long_is_refused_as_a_whole() -> None:
    with pytest.raises(FormulaError, match=r"^公式有 2001 个字符，最多 2000 个") as caught:
        texts("1" * 2001)
    assert caught.value.position == 0
    assert texts("1" * 2000) == ["1" * 2000]


@given(st.text())
def test_whatever_is_quoted_can_be_shown(text: str) -> None:
    assert quoted(text).isprintable()
