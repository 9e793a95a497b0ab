from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.campaign import Switches, TotalMeaning
from desktop.forms.numbers import leaf_value, number_text
from tests.forms.form_builders import a_question, steady


@pytest.mark.parametrize("code", ["units", "computers", "progress", "seats", "packs", "installations"])
def test_counts_are_whole_numbers(code: str) -> None:
    assert leaf_value(code, 1234567, a_question()) == Decimal(1234567)


def test_total_is_a_count_whatever_it_means() -> None:
    for meaning in TotalMeaning:
        assert leaf_value("total", 5, a_question(switches=Switches(total_meaning=meaning))) == 5


@pytest.mark.parametrize(
    ("fen", "decimals", "text"),
    [
        (0, 2, "0.00"),
        (4_999, 2, "0.00"),
        (5_000, 2, "0.01"),
        (14_999, 2, "0.01"),
        (15_000, 2, "0.02"),
        (168_000, 2, "0.17"),
        (168_000, 4, "0.1680"),
        (10**13, 2, "10000000.00"),
        (1_000_000, 0, "1"),
    ],
)
def test_money_is_rounded_half_up_once(fen: int, decimals: int, text: str) -> None:
    question = a_question(switches=Switches(money_decimals=decimals))
    assert number_text(leaf_value("amount", fen, question)) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (Decimal(0), "0"), (Decimal("1E+3"), "1000"), (Decimal("-0.50"), "-0.50")]
)
def test_numbers_are_printed_plainly(value: Decimal | None, text: str) -> None:
    assert number_text(value) == text


@steady
@given(st.integers(-(10**15), 10**15))
def test_a_rounded_amount_is_within_half_a_step(fen: int) -> None:
    value = leaf_value("amount", fen, a_question())
    assert abs(value * 1_000_000 - fen) <= 5_000
    assert number_text(value)[-3] == "."
