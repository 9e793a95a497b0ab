from __future__ import annotations

import time
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.money import (
    FEN_PER_WAN,
    FEN_PER_YUAN,
    MoneyError,
    carries_a_unit,
    fen_from_decimal,
    parse_money,
    split_unit,
    wan_from_fen,
    yuan_text,
)

amounts_fen = st.integers(-(10**15), 10**15)
UNITS = (FEN_PER_YUAN, FEN_PER_WAN)


@given(amounts_fen)
def test_an_amount_in_yuan_survives_printing_and_reading(fen: int) -> None:
    assert parse_money(yuan_text(fen)) == fen
    assert parse_money(f"￥{yuan_text(abs(fen))}元") == abs(fen)


@given(amounts_fen)
def test_an_amount_in_wan_with_six_decimals_survives_printing_and_reading(fen: int) -> None:
    assert parse_money(f"{wan_from_fen(fen, 6)}万元") == fen
    assert parse_money(f"{wan_from_fen(fen, 6)}", fen_per_unit=FEN_PER_WAN) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,680.50", 168_050),
        ("￥260元", 26_000),
        ("¥ 1 680", 168_000),
        ("人民币1680元整", 168_000),
        ("人民币￥1,234,567.89元", 123_456_789),
        ("３．２万元", 3_200_000),
        ("3.2万", 3_200_000),
        ("0.0001万元", 100),
        ("+5", 500),
        ("-5.00", -500),
        ("007", 700),
        ("０", 0),
        ("١٢", 1200),
    ],
)
def test_reads_amounts_as_people_write_them(text: str, fen: int) -> None:
    assert parse_money(text) == fen


@pytest.mark.parametrize(("text", "fen"), [("3.2", 3_200_000), ("3.2元", 320), ("3.2万", 3_200_000)])
def test_the_unit_in_the_text_wins_over_that_of_the_column(text: str, fen: int) -> None:
    assert parse_money(text, fen_per_unit=FEN_PER_WAN) == fen


NO_AMOUNTS = (
    "| |元|万元|￥|约30|若干|30台|3万2千|1.2.3|1e5|NaN|inf|0x10|(5)|--5|5-|½|三千|1,2|12,50|1,,000|,100|1,0000|1¥2"
    "|１２人民币|1_000|.5|5."
)


@pytest.mark.parametrize("text", NO_AMOUNTS.split("|"))
def test_refuses_what_is_not_one_amount(text: str) -> None:
    with pytest.raises(MoneyError, match="不是金额"):
        parse_money(text)


def amount_or_refusal(text: str) -> int | str:
    try:
        return parse_money(text)
    except MoneyError as error:
        return str(error)


@given(st.text())
def test_any_text_is_an_amount_or_refused_with_a_sentence(text: str) -> None:
    said = amount_or_refusal(text)
    assert isinstance(said, int) or said.endswith("。")


@pytest.mark.parametrize("text", ["9" * 30, "1" + "0" * 5000, "10000000000000.01"])
def test_an_amount_larger_than_any_budget_is_refused(text: str) -> None:
    with pytest.raises(MoneyError, match="金额过大"):
        parse_money(text)
    assert parse_money("10000000000000") == 10**15


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "-1E+15"])
def test_what_is_no_finite_budget_is_refused(amount: str) -> None:
    with pytest.raises(MoneyError):
        fen_from_decimal(Decimal(amount))


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        ("0.005", 1),
        ("0.004999", 0),
        ("-0.005", -1),
        ("1.115", 112),
        ("2.675", 268),
        ("0.00" + "4" + "9" * 60, 0),
    ],
)
def test_rounds_half_up_whatever_the_number_of_digits(yuan: str, fen: int) -> None:
    assert fen_from_decimal(Decimal(yuan)) == fen


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=9), st.sampled_from(UNITS))
def test_fen_are_the_nearest_whole_number(amount: Decimal, unit: int) -> None:
    exact = Fraction(amount) * unit
    nearest = int(abs(exact) + Fraction(1, 2)) * (1 if exact > 0 else -1)
    assert fen_from_decimal(amount, fen_per_unit=unit) == nearest


@given(amounts_fen, st.integers(0, 6))
def test_wan_is_rounded_half_up_to_the_decimals_of_the_form(fen: int, decimals: int) -> None:
    with localcontext() as context:
        context.prec = 60
        wanted = (Decimal(fen) / 1_000_000).quantize(Decimal(10) ** -decimals, ROUND_HALF_UP)
    assert wan_from_fen(fen, decimals) == wanted
    assert str(wan_from_fen(fen, decimals)).partition(".")[2].isdigit() or decimals == 0


def test_a_form_prints_two_decimals_and_never_a_minus_zero() -> None:
    assert str(wan_from_fen(3_205_000)) == "3.21"
    assert str(wan_from_fen(0)) == "0.00"
    assert str(wan_from_fen(-1)) == "0.00"
    assert str(wan_from_fen(-5_000)) == "-0.01"


def test_yuan_has_commas_and_two_decimals() -> None:
    assert yuan_text(168_050) == "1,680.50"
    assert yuan_text(-7) == "-0.07"


@pytest.mark.parametrize(
    ("heading", "plain", "fen"),
    [
        ("金额", "金额", 100),
        ("金额（元）", "金额", 100),
        ("金额（万元）", "金额", 1_000_000),
        ("金额(万 元)", "金额", 1_000_000),
        ("金额（千元）", "金额", 100_000),
        ("金额（亿元）", "金额", 10_000_000_000),
        ("金额（单位：万元）", "金额", 1_000_000),
        ("金额/万元", "金额/", 1_000_000),
        ("金额万元", "金额", 1_000_000),
        ("金额：元", "金额:", 100),
        ("金额（含税）", "金额(含税)", 100),
        ("金额（美元）", "金额", None),
        ("元", "元", 100),
    ],
)
def test_a_headings_unit_of_money_is_read_or_known_to_be_none_of_ours(
    heading: str, plain: str, fen: int | None
) -> None:
    assert split_unit(heading) == (plain, fen)


@pytest.mark.parametrize("text", ["?" * 20_000, "-" * 20_000, "(" * 20_000, "元" * 20_000, "(元" * 9_000])
def test_a_heading_of_any_length_is_split_at_once(text: str) -> None:
    begun = time.monotonic()
    split_unit(text)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    ("text", "said"), [("3.2万元", True), ("￥260元 ", True), ("260", False), ("￥260", False)]
)
def test_an_amount_may_carry_its_own_unit(text: str, *, said: bool) -> None:
    assert carries_a_unit(text) is said
