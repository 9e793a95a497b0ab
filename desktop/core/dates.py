"""Dates as offices write them, read and printed. No clock: today comes in as an argument elsewhere."""

from __future__ import annotations

import datetime
import re
import unicodedata

EARLIEST = datetime.date(1980, 1, 1)
LATEST = datetime.date(2100, 12, 31)
_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(\d{4})年(\d{1,2})月(\d{1,2})日?号?",
        r"(\d{4})[-/.、](\d{1,2})[-/.、](\d{1,2})(?:[ T]0?0:00(?::00)?)?",
        r"(\d{4})(\d{2})(\d{2})",
    )
)

_NUMERALS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = dict(zip("〇○零一二三四五六七八九", map(str, (0, 0, *range(10))), strict=True))
_MONTH = re.compile(r"(\d{4})(?:年|[-/.])?(\d{1,2})月?份?")
_NO_DAY = re.compile(r"\d{4}年?(?:[-/.]?\d{1,2}月?)?")


class DateError(ValueError):
    """The text is not a date that exists; the message is a Chinese sentence."""


def parse_date(text: str) -> datetime.date:
    """Return the date written as 2012年3月15日, 2012-3-15, 2012/03/15, 2012.3.15, 20120315 or in Chinese numerals.

    Raises DateError for a day that does not exist and for years outside 1980–2100.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    squeezed = plain if "T" in plain or ":" in plain else "".join(plain.split())
    if match := _NUMERALS.fullmatch(squeezed):
        year = int("".join(map(_DIGITS.__getitem__, match[1])))
        return _existing(year, _counted(match[2]), _counted(match[3]), text)
    for shape in _SHAPES:
        match = shape.fullmatch(squeezed)
        if match:
            year, month, day = (int(part) for part in match.groups())
            return _existing(year, month, day, text)
    if _NO_DAY.fullmatch(squeezed):
        raise DateError(f"「{text}」没有写到日。")
    raise DateError(f"「{text}」不是日期。")


def parse_month(text: str) -> datetime.date | None:
    """Return the first day of the month written as 2012年3月, 2012-3, 2012.3 or 201203; nothing for all else."""
    match = _MONTH.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if match is None or (match[0].isdigit() and len(match[0]) < len("201203")):
        return None
    year, month = int(match[1]), int(match[2])
    is_one = 1 <= month <= 12 and EARLIEST.year <= year <= LATEST.year
    return datetime.date(year, month, 1) if is_one else None


def _counted(numerals: str) -> int:
    """Return the number that Chinese numerals below a hundred tell; none that exists for other order of them."""
    tens, ten, ones = numerals.rpartition("十")
    digits = (_DIGITS.get(tens, "1" if not tens else "x") if ten else "") + (
        _DIGITS.get(ones, "x") if ones else "0"
    )
    return int(digits) if digits.isdigit() else 0


def _existing(year: int, month: int, day: int, text: str) -> datetime.date:
    try:
        date = datetime.date(year, month, day)
    except ValueError as error:
        raise DateError(f"「{text}」这一天不存在。") from error
    return within_reason(date, text)


def within_reason(date: datetime.date, text: str) -> datetime.date:
    """Return the date, or raise DateError when it lies outside 1980–2100 and must be a slip."""
    if not EARLIEST <= date <= LATEST:
        raise DateError(f"「{text}」不在 1980 年至 2100 年之间。")
    return date


def date_from_serial(serial: float) -> datetime.date:
    """Return the date of a spreadsheet's day number (1900 system), or raise DateError."""
    if not 1 <= serial < 80_000:
        raise DateError(f"「{serial:g}」不是日期。")
    return within_reason(_EXCEL_DAY_ZERO + datetime.timedelta(days=int(serial)), f"{serial:g}")


def chinese_date(date: datetime.date) -> str:
    """Return the date as forms print it, without leading zeros: 2012年3月15日."""
    return f"{date.year}年{date.month}月{date.day}日"
