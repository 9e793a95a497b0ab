from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.dates import (
    EARLIEST,
    LATEST,
    DateError,
    chinese_date,
    date_from_serial,
    parse_date,
    parse_month,
    within_reason,
)

days = st.dates(EARLIEST, LATEST)
THE_IDES = datetime.date(2012, 3, 15)


@given(days)
def test_a_chinese_date_reads_back(day: datetime.date) -> None:
    assert parse_date(chinese_date(day)) == day


@given(days, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]))
def test_every_way_of_writing_reads_back(day: datetime.date, shape: str) -> None:
    assert parse_date(day.strftime(shape)) == day


AS_WRITTEN = (
    "2012年3月15日|2012年03月15号|2012年3月15|2012-3-15|2012/03/15|2012.3.15|20120315| 2012 年 3 月 15 日 |２０１２年３月１５日"
    "|2012-03-15 00:00:00|2012-03-15T00:00|　2012-3-15\n"
)


@pytest.mark.parametrize("text", AS_WRITTEN.split("|"))
def test_reads_a_date_as_offices_write_it(text: str) -> None:
    assert parse_date(text) == THE_IDES


def test_prints_without_leading_zeros() -> None:
    assert chinese_date(datetime.date(2024, 1, 2)) == "2024年1月2日"


@pytest.mark.parametrize(
    "text", ["2023年2月29日", "2012-13-01", "2012-00-10", "20120431", "0000-01-01", "2012.4.31"]
)
def test_a_day_that_does_not_exist_is_refused_as_such(text: str) -> None:
    with pytest.raises(DateError, match="这一天不存在"):
        parse_date(text)


@pytest.mark.parametrize("text", ["1979-12-31", "2101年1月1日", "1012-03-15", "9999-12-31"])
def test_a_year_that_must_be_a_slip_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="1980 年至 2100 年"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇一二年三月十五日", (2012, 3, 15)),
        ("二○一九年十二月三日", (2019, 12, 3)),
        ("二零二四年十月三十一日", (2024, 10, 31)),
        ("二〇二〇年一月二十日", (2020, 1, 20)),
    ],
)
def test_chinese_numerals_are_read(text: str, date: tuple[int, int, int]) -> None:
    assert parse_date(text) == datetime.date(*date)


@pytest.mark.parametrize(
    "text", ["二〇二〇年二月三十日", "二〇二〇年十三月一日", "二〇二〇年一一月一日", "二〇二〇年一月十十日"]
)
def test_chinese_numerals_may_tell_no_day(text: str) -> None:
    with pytest.raises(DateError, match="不存在"):
        parse_date(text)


NO_DATES = (
    "|3月15日|长期|12-3-15|15/3/2012|2012031５5|2012-3-15-1|2012-03-15 10:30|二〇一二年"
    "|2012年3月15日至2013年3月14日"
)


@pytest.mark.parametrize("text", NO_DATES.split("|"))
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="不是日期"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2012", "2012年", "2012年3月", "2012.03", "2012-3", "201203"])
def test_a_date_without_its_day_says_so(text: str) -> None:
    with pytest.raises(DateError, match="没有写到日"):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["2012年3月", "２０１２年 3 月", "2012.03", "2012-3", "2012/3", "201203", "2012年3月份"]
)
def test_a_month_without_its_day_is_its_first(text: str) -> None:
    assert parse_month(text) == datetime.date(2012, 3, 1)


@pytest.mark.parametrize(
    "text", ["2012", "20123", "2012年13月", "2012年0月", "1979年3月", "3月", "2012-3-5", ""]
)
def test_what_is_no_month_is_none(text: str) -> None:
    assert parse_month(text) is None


def date_or_refusal(text: str) -> datetime.date | str:
    try:
        return parse_date(text)
    except DateError as error:
        return str(error)


@given(st.text())
def test_any_text_is_a_date_within_reason_or_refused_with_a_sentence(text: str) -> None:
    said = date_or_refusal(text)
    assert EARLIEST <= said <= LATEST if isinstance(said, datetime.date) else said.endswith("。")


def test_the_bounds_belong_to_reason() -> None:
    assert within_reason(EARLIEST, "") == EARLIEST
    assert within_reason(LATEST, "") == LATEST
    with pytest.raises(DateError, match="「早」"):
        within_reason(EARLIEST - datetime.timedelta(1), "早")


@given(days, st.floats(0, 0.999))
def test_a_serial_is_the_day_whatever_the_hour(day: datetime.date, hour: float) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    assert date_from_serial(serial + hour) == day


@pytest.mark.parametrize(("serial", "day"), [(40983, THE_IDES), (36526, datetime.date(2000, 1, 1))])
def test_reads_the_serials_of_spreadsheets(serial: int, day: datetime.date) -> None:
    assert date_from_serial(serial) == day


@pytest.mark.parametrize(
    "serial", [0, -1, 1, 60, 20120315, 80_000, float("nan"), float("inf"), -float("inf")]
)
def test_a_number_that_is_no_day_is_refused(serial: float) -> None:
    with pytest.raises(DateError):
        date_from_serial(serial)
