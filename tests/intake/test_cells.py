from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.money import yuan_text
from desktop.intake.cell_readers import reader
from desktop.intake.cells import NOTHING, Parsed, Problem, Said, as_text
from desktop.intake.files.raw import Cell
from desktop.intake.sheet_specs import load_sheet_specs
from desktop.paths import resources

KINDS = sorted(
    {
        column.kind
        for sheet in load_sheet_specs(resources("intake", "sheets.toml"))
        for column in sheet.columns
    }
)
DAYS = st.dates(datetime.date(1980, 1, 1), datetime.date(2100, 12, 31))
CELLS = st.one_of(
    st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.timedeltas()
)  # fmt: skip


def at_half_past_eight(day: datetime.date) -> datetime.datetime:
    """Return a moment as workbooks give it: without a zone."""
    return datetime.datetime.combine(day, datetime.time(8, 30))


def at_midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


def refused(kind: str, cell: Cell, heading: str = "") -> str:
    """Return what is said of a cell that must be refused with something to do."""
    parsed = reader(kind, heading)(cell)
    assert isinstance(parsed, Problem), parsed
    assert parsed.remedy
    return parsed.text


@pytest.mark.parametrize("kind", KINDS)
@given(cell=CELLS)
def test_every_kind_reads_any_cell_to_a_value_or_a_problem(kind: str, cell: Cell) -> None:
    parsed: Parsed = reader(kind)(cell)
    assert parsed is None or isinstance(parsed, str | int | Problem | Said)
    assert parsed != ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000\t\n", "\ufeff\u200b"])
def test_every_kind_takes_blanks_for_an_empty_cell(kind: str, cell: Cell) -> None:
    assert reader(kind)(cell) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", ["张\ufffd", "#N/A", "#REF!", "#未计算!"])
def test_every_kind_refuses_what_is_spoilt(kind: str, cell: Cell) -> None:
    assert refused(kind, cell)


def test_a_kind_nobody_defined_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        reader("nonsense")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 甲 乙\u00a0", "甲 乙"),
        ("\ufeff甲\u200b", "甲"),
        (12.0, "12"),
        (12.5, "12.5"),
        (-3.0, "-3"),
        (True, "是"),
        (False, "否"),
        (datetime.date(2012, 3, 5), "2012-03-05"),
        (at_midnight(datetime.date(2012, 3, 5)), "2012-03-05"),
        (at_half_past_eight(datetime.date(2012, 3, 5)), "2012-03-05 08:30:00"),
        (datetime.time(8, 30), "08:30:00"),
        ("=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_text_is_what_a_person_sees(cell: Cell, text: str) -> None:
    assert as_text(cell) == reader("text")(cell) == text


def test_names_stand_on_one_line() -> None:
    assert reader("name")("示例县\n公安局 ") == "示例县 公安局"
    assert reader("person_name")("张  三") == "张 三"


def test_several_names_are_joined_alike() -> None:
    assert reader("names")("甲；乙，丙/丁\n甲") == "甲、乙、丙、丁"
    assert reader("responsibilities")("填表人, 经办人") == "填表人、经办人"
    assert reader("names")("；、/") is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [("007", "007"), ("ＺＣ－００１", "ZC-001"), (" a b ", "ab"), (7.0, "7"), ("00:1A", "00:1A"), (123456789012345.0, "123456789012345")],
)  # fmt: skip
def test_codes_are_half_width_and_keep_their_zeros(cell: Cell, code: str) -> None:
    assert reader("code")(cell) == code


@pytest.mark.parametrize("cell", [2020010203040506.0, 1.2e18, float("inf")])
def test_numbers_of_which_digits_are_lost_are_no_codes(cell: float) -> None:
    assert "15 位" in refused("code", cell)


@given(st.from_regex(r"[0-9A-Z]{1,20}", fullmatch=True))
def test_plain_codes_stay_as_typed(code: str) -> None:
    assert reader("code")(code) == code


@pytest.mark.parametrize(
    ("cell", "number"),
    [(0, 0), (3.0, 3), ("１２", 12), ("1,234", 1234), ("12台", 12), ("007", 7), (" 5 个 ", 5), ("000000000000005", 5)],
)  # fmt: skip
def test_whole_numbers(cell: Cell, number: int) -> None:
    assert reader("integer")(cell) == number


@pytest.mark.parametrize(
    "cell", ["约30台", "若干", "1,2", "12,34", 2.5, "三", "²", "m²", "1e3", True, "台", float("nan"), datetime.date(2020, 1, 1)]
)  # fmt: skip
def test_what_is_no_whole_number_is_refused(cell: Cell) -> None:
    assert "不是整数" in refused("integer", cell)


@pytest.mark.parametrize("cell", [10_000_001.0, "9" * 12, "9" * 5000])
def test_numbers_beyond_reason_are_refused(cell: Cell) -> None:
    assert "过大" in refused("integer", cell)


@given(st.integers(0, 10_000_000))
def test_whole_numbers_come_back(number: int) -> None:
    for cell in (number, float(number), str(number), f"{number:,}", f"{number}台"):
        assert reader("integer")(cell) == number


@given(DAYS)
def test_dates_come_back_in_every_way_of_writing(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    ways: list[Cell] = [
        day, at_half_past_eight(day), serial, serial + 0.75, day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}", float(f"{day:%Y%m%d}"), f"{day.isoformat()} 00:00:00",
    ]  # fmt: skip
    assert {reader("date")(way) for way in ways} == {day.isoformat()}


@pytest.mark.parametrize(
    "cell",
    ["2023-02-30", "2023年13月1日", "1979-12-31", "2101-01-01", "去年", "20230230", 2012.0, 0.5, -5, 1e5, 1e300, float("nan"), True,
     float("-inf"), datetime.date(1900, 2, 28), at_midnight(datetime.date(1899, 12, 30)), datetime.time(12), datetime.timedelta(5)],
)  # fmt: skip
def test_days_that_do_not_exist_or_cannot_be_are_refused(cell: Cell) -> None:
    assert refused("date", cell)


@pytest.mark.parametrize("word", ["永久", "长期", "长期有效", "永 久", "终身"])
def test_a_term_may_have_no_end(word: str) -> None:
    assert reader("validity")(word) is NOTHING


def test_a_term_has_a_last_day_otherwise() -> None:
    assert reader("validity")(datetime.date(2025, 12, 31)) == "2025-12-31"
    assert refused("validity", "很久")


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2019年5月", "2019-05-01", "2019-05-31"),
        (2019.5, "2019-05-01", "2019-05-31"),
        (2020.02, "2020-02-01", "2020-02-29"),
        (201912, "2019-12-01", "2019-12-31"),
    ],
)
def test_a_month_is_its_first_day_and_a_term_ends_with_its_last(cell: Cell, first: str, last: str) -> None:
    assert (reader("date")(cell), reader("done")(cell), reader("validity")(cell)) == (first, first, last)


@pytest.mark.parametrize("cell", [2019.1, "2019.1", 2019, 2019.0, "2019年"])
def test_what_may_be_another_month_or_has_none_is_refused(cell: Cell) -> None:
    problem = reader("date")(cell)
    assert isinstance(problem, Problem)
    assert "没有写到日" in problem.text


@pytest.mark.parametrize(
    ("cell", "done"),
    [("是", "是"), ("√", "是"), ("已完成", "是"), (True, "是"), (1.0, "是"), ("否", "否"), ("×", "否"), (0, "否"), (False, "否"), ("2024年3月1日", "2024-03-01"), (datetime.date(2024, 3, 1), "2024-03-01"), (45352.0, "2024-03-01")],
)  # fmt: skip
def test_done_is_a_date_or_yes_or_no(cell: Cell, done: str) -> None:
    assert reader("done")(cell) == done


@pytest.mark.parametrize("cell", ["快了", "2024-02-30", 3])
def test_what_is_neither_done_nor_not_is_refused(cell: Cell) -> None:
    assert "是/否" in refused("done", cell)


@pytest.mark.parametrize(("cell", "value"), [("是", 1), ("Y", 1), ("ＹＥＳ", 1), (True, 1), (1.0, 1), ("☑", 1), ("否", 0), ("无", 0), (False, 0), (0.0, 0)])  # fmt: skip
def test_yes_and_no(cell: Cell, value: int) -> None:
    assert reader("yes_no")(cell) == value


def test_maybe_is_refused() -> None:
    assert "「大概」" in refused("yes_no", "大概")


@pytest.mark.parametrize(
    ("cell", "phone"),
    [(13900001234.0, "13900001234"), (13900001234, "13900001234"), ("０３７１－６５５５", "0371-6555"), ("0371-65551234转8", "0371-65551234转8"), ("1.39E+10", "1.39E+10"), ("不详", "不详")],
)  # fmt: skip
def test_telephone_numbers_are_text(cell: Cell, phone: str) -> None:
    assert reader("phone")(cell) == phone


@pytest.mark.parametrize(
    ("cell", "fen"),
    [(0, 0), (12.3, 1230), (1680, 168_000), (0.1 + 0.2, 30), (0.005, 1), ("1,680.50", 168_050), ("￥260元", 26_000), ("3.2万元", 3_200_000), ("１２", 1200), (1e13, 10**15)],
)  # fmt: skip
def test_amounts_are_read_to_the_fen(cell: Cell, fen: int) -> None:
    assert reader("money")(cell) == fen


@pytest.mark.parametrize(("cell", "fen"), [(3.2, 3_200_000), ("0.123456", 123_456), (0.00011, 110), ("5元", 500), ("2万", 2_000_000)])  # fmt: skip
def test_amounts_under_a_heading_in_wan_keep_their_fen(cell: Cell, fen: int) -> None:
    assert reader("money", "金额（万元）")(cell) == fen


@pytest.mark.parametrize("cell", ["约3万", "若干", "-1", -0.01, "1.2.3", True, float("nan"), float("inf"), 1e14, datetime.date(2020, 1, 1)])  # fmt: skip
def test_what_is_no_amount_is_refused(cell: Cell) -> None:
    assert refused("money", cell)


@given(st.integers(0, 10**13))
def test_amounts_come_back(fen: int) -> None:
    assert reader("money")(yuan_text(fen)) == fen
    assert reader("money", "金额（万元）")(str(Decimal(fen) / 1_000_000)) == fen


@given(st.integers(0, 10**11))
def test_amounts_given_as_numbers_come_back(fen: int) -> None:
    assert reader("money")(fen / 100) == fen
    assert reader("money", "金额（万元）")(fen / 1_000_000) == fen


@pytest.mark.parametrize("heading", ["金额（美元）", "金额（单位：港元）", "金额(欧元)"])
def test_money_of_an_unknown_unit_is_refused_and_an_empty_cell_is_not(heading: str) -> None:
    assert "金额单位不认识" in refused("money", 1.5, heading)
    assert reader("money", heading)("") is None


@pytest.mark.parametrize(
    "kind", ["text", "name", "names", "person_name", "code", "date", "validity", "phone"]
)
@pytest.mark.parametrize("mark", ["无", "—", "——", "-", "/", "／", " 无 ", "暂无", "N/A", "没有"])
def test_a_mark_for_none_says_that_there_is_nothing(kind: str, mark: str) -> None:
    assert reader(kind)(mark) is NOTHING


@pytest.mark.parametrize("mark", ["无", "—", "/", "不详", "未知", "？"])
def test_a_mark_for_none_is_no_number_and_no_word(mark: str) -> None:
    for kind, heading in (
        ("integer", ""),
        ("money", "金额（元）"),
        ("money", "金额（美元）"),
        ("method", ""),
        ("computer_state", ""),
    ):
        assert reader(kind, heading)(mark) is None


@pytest.mark.parametrize("word", ["不详", "未知", "不 明", "？", "待查"])
def test_what_nobody_knows_is_nothing_said(word: str) -> None:
    assert [reader(kind)(word) for kind in ("code", "date", "validity", "yes_no", "done")] == [None] * 5
    assert reader("text")(word) == word


def test_none_is_an_answer_to_yes_or_no_and_to_done() -> None:
    assert (reader("yes_no")("无"), reader("yes_no")("—"), reader("done")("无"), reader("done")("/")) == (
        0,
        None,
        "否",
        "否",
    )
    assert (reader("statement")("无"), reader("statement")(" 有 ")) == ("无", "有")


def test_a_date_of_less_than_a_day_may_be_left_out() -> None:
    for cell in ("2020", "2020年", "2020.1"):
        problem = reader("date")(cell)
        assert isinstance(problem, Problem)
        assert "不知道的请留空" in problem.remedy


def test_a_number_below_zero_is_called_one() -> None:
    assert [refused("integer", cell) for cell in ("-1", -1.0, -3)] == [
        "「-1」小于 0。",
        "「-1」小于 0。",
        "「-3」小于 0。",
    ]
