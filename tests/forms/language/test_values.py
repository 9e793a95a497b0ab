from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.forms.language.values import (
    UNDEFINED,
    Cell,
    Reading,
    Standing,
    Value,
    arithmetic,
    cell,
    comparison,
    logic,
    negation,
    numeric,
    outside,
)

FIVE = cell(Decimal(5))
NOTHING = cell(None)
ABSENT = outside(None)
ZERO = Reading(Decimal(0), Standing.CONSTANT)


@pytest.mark.parametrize("value", [None, "", " \u3000\n"])
def test_blank_text_is_an_empty_cell(value: Cell) -> None:
    assert cell(value) == Reading(None, Standing.EMPTY)
    assert outside(value) == Reading(None, Standing.ABSENT)


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_finite_number_is_undefined(text: str) -> None:
    assert cell(Decimal(text)) == outside(Decimal(text)) == UNDEFINED


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), (" １２ ", 12), ("-0.5", "-0.5"), ("1 2", None), ("约5台", None), ("1e5", None)],
)
def test_text_may_be_a_number(text: str, value: int | str | None) -> None:
    assert numeric(cell(text)).value == (None if value is None else Decimal(value))


def test_empty_counts_as_nothing_unless_all_is_empty() -> None:
    assert arithmetic([FIVE, NOTHING], ["-"]) == Reading(Decimal(5), Standing.HELD)
    assert arithmetic([NOTHING, ZERO], ["+"]) == Reading(None, Standing.EMPTY)
    assert arithmetic([ABSENT, ZERO], ["+"]) == Reading(None, Standing.ABSENT)
    assert arithmetic([], []) == Reading(None, Standing.EMPTY)


@pytest.mark.parametrize("sign", ["+", "-", "×", "÷"])
def test_text_makes_arithmetic_undefined(sign: str) -> None:
    assert arithmetic([FIVE, cell("无")], [sign]) == UNDEFINED


def test_division_by_zero_stays_undefined_whatever_follows() -> None:
    assert arithmetic([FIVE, ZERO, ZERO, FIVE], ["÷", "×", "÷"]) == UNDEFINED
    assert arithmetic([FIVE, NOTHING], ["÷"]) == UNDEFINED


def test_too_great_a_number_is_undefined_and_zero_has_no_sign() -> None:
    great = cell(Decimal("9e999999"))
    assert arithmetic([great, FIVE], ["×"]) == UNDEFINED
    assert str(arithmetic([ZERO, cell(Decimal(-5))], ["×"]).value) == "0"


@pytest.mark.parametrize(
    ("left", "sign", "right", "truth"),
    [
        (Decimal(5), "=", Decimal("5.00"), True),
        (Decimal(5), "≠", Decimal(5), False),
        (None, "<", Decimal(5), True),
        (None, "≥", Decimal(5), False),
        (None, "=", None, None),
        ("ＡＢ c", "=", "ab　C", True),
        ("张三", "≠", "李四", True),
        ("张三", "=", None, False),
        ("张三", "<", "李四", None),
        ("张三", "=", Decimal(5), None),
        ("5", "=", Decimal(5), True),
        ("5", "<", "12", True),
    ],
)
def test_cells_are_compared_as_numbers_or_as_text(
    left: Cell, sign: str, right: Cell, *, truth: Value
) -> None:
    assert comparison(sign, cell(left), cell(right)).value is truth


def test_a_side_with_nothing_to_compare_to_is_undefined() -> None:
    assert comparison("=", FIVE, ABSENT) == UNDEFINED
    assert comparison("<", UNDEFINED, FIVE) == UNDEFINED
    assert comparison("=", NOTHING, ZERO) == UNDEFINED
    assert comparison("<", ZERO, Reading(Decimal(1), Standing.CONSTANT)).value is True


@pytest.mark.parametrize(
    ("word", "truths", "outcome"),
    [
        ("and", [True, True], True),
        ("and", [True, None], None),
        ("and", [None, False], False),
        ("or", [None, True], True),
        ("or", [False, None], None),
        ("or", [False, False], False),
    ],
)
def test_an_undefined_truth_counts_only_where_it_matters(
    word: str, truths: list[bool | None], *, outcome: bool | None
) -> None:
    readings = [UNDEFINED if each is None else Reading(each, Standing.HELD) for each in truths]
    assert logic(readings, [word]).value is outcome


def test_the_opposite_of_undefined_is_undefined() -> None:
    assert negation(UNDEFINED) == UNDEFINED
    assert negation(Reading(value=False, standing=Standing.HELD)).value is True
