from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given

from desktop.forms.language.evaluate import evaluate
from desktop.forms.language.parsing import FormulaError, parse_formula, parse_pattern, parse_rule
from desktop.forms.language.tree import Call, Chain, Comparison, Name, Number, Unary
from tests.forms.formula_builders import Cells, garbage, steady


def fault(text: str) -> FormulaError:
    """Return the error of a rule, or of a formula if the text begins with 公式."""
    marked = text.removeprefix("公式：")
    parse = parse_rule if marked == text else parse_formula
    with pytest.raises(FormulaError) as caught:
        parse(marked)
    return caught.value


def test_a_formula_has_a_target_an_expression_and_its_text() -> None:
    formula = parse_formula("合计.* = 国内.* + 国外.*")
    assert formula.target == Name("合计.*")
    assert formula.expression == Chain((Name("国内.*"), Name("国外.*")), ("+",))
    assert formula.text == "合计.* = 国内.* + 国外.*"


def test_multiplication_binds_tighter_than_addition_and_signs_tightest() -> None:
    product = Chain((Name("b"), Unary("-", Number(Decimal("0.5")))), ("×",))
    assert parse_formula("t = a + b * -0.5").expression == Chain((Name("a"), product), ("+",))


def test_and_binds_tighter_than_or_and_not_covers_a_comparison() -> None:
    tree = parse_rule("empty(a) or not b = 1 and empty(c)").expression
    negated = Unary("not", Comparison("=", Name("b"), Number(Decimal(1))))
    both = Chain((negated, Call("empty", (Name("c"),))), ("and",))
    assert tree == Chain((Call("empty", (Name("a"),)), both), ("or",))


@pytest.mark.parametrize(
    "text",
    ["非 甲≠1 且 乙≤2 或 丙≥3", "not 甲 != 1 and 乙 <= 2 or 丙 >= 3", "非 甲<>1 且 乙＜＝2 或 丙＞＝3"],
)
def test_every_spelling_gives_the_same_tree(text: str) -> None:
    assert parse_rule(text).expression == parse_rule("(not (甲 ≠ 1) and 乙 ≤ 2) or 丙 ≥ 3").expression


@pytest.mark.parametrize(
    ("text", "binder"),
    [
        ("合计.* = 国内.* + 国外.*", "合计.*"),
        ("甲 = 国内.*", "国内.*"),
        ("empty(人员.*.姓名) = empty(人员.*.电话)", "人员.*.姓名"),
        ("previous(进度.*) <= 进度.*", "进度.*"),
        ("sum(明细.*) = 合计", None),
        ("count(明细.*.姓名) >= 1", None),
        ("sum(行.*.*) = 行.*.合计", "行.*.合计"),
        ("甲 = 乙", None),
    ],
)
def test_the_first_starred_name_outside_sum_and_count_binds(text: str, binder: str | None) -> None:
    assert parse_rule(text).binder == (binder and Name(binder))


def test_stars_alone_may_be_free_inside_sum_count_and_empty() -> None:
    parse_formula("总计 = sum(国内.*, (国外.*)) + count(*)")
    parse_rule("国内.* = 0 or empty(国外.*.*)")


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("公式：", 1, "公式左边要一个名称，却是结尾"),
        ("公式：3 = 4", 1, "公式左边要一个名称，却是“3”"),
        ("公式：甲", 2, "这里要“=”，却是结尾"),
        ("公式：甲 = ", 5, "这里要名称、数、函数或左括号，却是结尾"),
        ("公式：甲 = 乙 = 丙", 5, "这里要一个数，却是一个判断"),
        ("公式：甲 = 乙.*", 5, "“乙.*”有 1 个 *，这里没有可以对应的 *"),
        ("公式：甲.* = 乙.*.*", 7, "“乙.*.*”有 2 个 *，“甲.*”只给出 1 个"),
        ("公式：甲 = sum(乙.* × 2)", 9, "单独写的名称才可以多出 *"),
        ("公式：甲 = previous(乙.*)", 14, "没有可以对应"),
        ("公式：甲 = 乙 *2", 7, "这里要运算符号或结尾，却是“*2”。相乘请写 ×"),
        ("公式：甲 = 乙 丙", 7, "这里要运算符号或结尾，却是“丙”"),
        ("甲 *2 = 1", 3, "这里要运算符号或结尾，却是“*2”。相乘请写 ×，或在 * 两边留空格。"),
        ("甲 + 1", 1, "这里要一个判断（如 甲 = 乙、empty(甲)），却是一个数"),
        ("甲 = 1 and 乙", 11, "这里要一个判断"),
        ("甲 and 乙 = 1", 1, "这里要一个判断"),
        ("(甲 = 1) + 1 = 2", 1, "这里要一个数，却是一个判断"),
        ("not 甲", 5, "这里要一个判断"),
        ("-empty(甲) = 1", 2, "这里要一个数"),
        ("甲 = empty(乙)", 5, "这里要一个数"),
        ("empty(甲) < empty(乙)", 10, "两个判断之间只能用 = 或 ≠，却是“<”"),
        ("1 < 甲 < 3", 7, "比较不能连写，请用 and 连接两个比较，却是“<”"),
        ("empty(甲) = not empty(乙)", 12, "这里的 not 连同后面的判断要放进括号"),
        ("(甲 = 1", 7, "这里要“)”，却是结尾"),
        ("甲 = 1)", 6, "这里要运算符号或结尾，却是“)”"),
        (
            "avg(甲) = 1",
            1,
            "没有“avg”这个函数，可用的有：sum、count、empty、previous、ledger、deadline、missing_units。",
        ),
        ("count(3) = 1", 7, "count 的括号里要一个名称，却是“3”"),
        ("count(甲, 乙) = 1", 8, "这里要“)”，却是“,”"),
        ("deadline(甲) = 1", 10, "这里要“)”，却是“甲”"),
        ("sum() = 1", 5, "这里要名称、数、函数或左括号，却是“)”"),
        ("sum(empty(甲)) = 1", 5, "这里要一个数"),
    ],
)
def test_an_error_says_what_is_wrong_what_was_found_and_what_is_allowed(
    text: str, position: int, words: str
) -> None:
    error = fault(text)
    assert error.position == position
    assert words in error.message


@pytest.mark.parametrize("text", ["县级.国内.操作系统总数", "合计.*", "*.*总数", "*", "sum"])
def test_a_pattern_is_one_name(text: str) -> None:
    assert parse_pattern(text) == Name(text)


@pytest.mark.parametrize("text", ["", "3", "and", "甲 + 乙", "sum(甲)", "甲 乙"])
def test_anything_else_is_no_pattern(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_pattern(text)


NESTS = [("(", ")"), ("-", ""), ("sum(", ")"), ("1 + 1 × (", ")"), ("sum(1, -", ")")]


@pytest.mark.parametrize(("opening", "closing"), NESTS)
def test_deep_nesting_is_refused_with_a_sentence(opening: str, closing: str) -> None:
    error = fault(f"公式：甲 = {opening * 101}1{closing * 101}")
    assert "超过 100 层" in error.message


def test_a_tree_is_no_higher_than_its_brackets_are_deep() -> None:
    error = fault("公式：甲 = " + "(" * 60 + "1" + "×1+1)" * 60)
    assert error.message.startswith("括号和运算套了超过 100 层")
    assert error.position == 0


@pytest.mark.parametrize(("opening", "closing"), NESTS[:3])
def test_the_deepest_tree_can_be_read_and_evaluated_far_down_the_stack(opening: str, closing: str) -> None:
    def below(frames: int) -> object:
        if frames:
            return below(frames - 1)
        formula = parse_formula(f"甲 = {opening * 98}1{closing * 98}")
        return evaluate(formula.expression, Cells({}))

    assert below(200) == 1


def test_a_long_chain_is_not_deep() -> None:
    formula = parse_formula("甲 = " + "+".join("1" * 990))
    assert evaluate(formula.expression, Cells({})) == 990


@steady
@given(garbage())
def test_garbage_parses_or_raises_a_formula_error(text: str) -> None:
    for parse in (parse_formula, parse_rule, parse_pattern):
        with contextlib.suppress(FormulaError):
            parse(text)
