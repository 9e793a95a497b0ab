from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.core.campaign import Switches
from desktop.forms.numbers import leaf_value, number_text
from tests.forms.form_builders import a_question


@pytest.mark.parametrize(
    ("fen", "decimals", "printed"),
    [
        (12_345_000_00, 2, "1234.50"),
        (5_000, 2, "0.01"),
        (4_999, 2, "0.00"),
        (15_000, 2, "0.02"),
        (5_000, 4, "0.0050"),
    ],
)
def test_money_is_printed_in_wan_rounded_half_up(fen: int, decimals: int, printed: str) -> None:
    question = a_question(switches=Switches(money_decimals=decimals))
    assert number_text(leaf_value("amount", fen, question)) == printed


def test_counts_are_printed_as_they_are() -> None:
    assert number_text(leaf_value("seats", 1_234_567, a_question())) == "1234567"
    assert number_text(leaf_value("total", 0, a_question())) == "0"


def test_large_and_empty_numbers_are_printed_without_powers() -> None:
    assert number_text(Decimal("1E+3")) == "1000"
    assert number_text(None) == ""
