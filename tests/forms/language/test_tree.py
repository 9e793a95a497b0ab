from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from desktop.forms.language.parsing import parse_formula, parse_rule
from desktop.forms.language.tree import Call, Chain, Expression, Name, Number, Unary, is_truth, names, unparse
from tests.forms.formula_builders import numbers, steady, truths


def expression(text: str) -> Expression:
    return parse_formula(f"*.* = {text}").expression


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a+b-3", "a + b - 3"),
        ("(a+b)+c", "(a + b) + c"),
        ("a * (b/c)", "a × (b ÷ c)"),
        ("(a+b)×c÷-d", "(a + b) × c ÷ -d"),
        ("-(a × b)", "-(a × b)"),
        ("- -a", "--a"),
        ("sum(a.*,b , (c+1))", "sum(a.*, b, c + 1)"),
        ("deadline( )", "deadline()"),
    ],
)
def test_a_tree_prints_with_no_more_brackets_than_needed(text: str, printed: str) -> None:
    assert unparse(expression(text)) == printed


def test_a_rule_prints_in_one_spelling() -> None:
    rule = parse_rule("非 (甲 >= 1 或 乙 <> 2) 且 empty(丙) = (丁 < 3)")
    assert unparse(rule.expression) == "not (甲 ≥ 1 or 乙 ≠ 2) and empty(丙) = (丁 < 3)"


@steady
@given(numbers())
def test_what_is_printed_parses_to_the_same_number(tree: Expression) -> None:
    assert parse_formula(f"*.* = {unparse(tree)}").expression == tree


@steady
@given(truths())
def test_what_is_printed_parses_to_the_same_truth(tree: Expression) -> None:
    assert parse_rule(unparse(tree)).expression == tree
    assert is_truth(tree)


def test_names_come_once_and_in_reading_order() -> None:
    tree = expression("b + a.* × b - sum(c.*, previous(d), -e)")
    assert names(tree) == [Name("b"), Name("a.*"), Name("c.*"), Name("d"), Name("e")]
    assert Name("d") not in names(tree, apart_from=("previous",))


def test_trees_are_values() -> None:
    one, other = expression("1 + -a"), expression("1+ - a")
    assert one == other == Chain((Number(Decimal(1)), Unary("-", Name("a"))), ("+",))
    assert hash(one) == hash(other)
    assert not is_truth(Call("count", (Name("a"),)))
