"""What a cell says as a value: a count, a date, an answer, an amount of money. Knows no sheet and no ledger."""

from __future__ import annotations

import calendar
import datetime
import math
import re
import unicodedata
from decimal import Decimal

from desktop.core.dates import (
    EARLIEST,
    LATEST,
    DateError,
    date_from_serial,
    parse_date,
    parse_month,
    within_reason,
)
from desktop.core.money import MoneyError, fen_from_decimal, parse_money
from desktop.core.text import match_key
from desktop.intake.cells import NOTHING, Parsed, Parser, Problem, as_text, read_known, read_text
from desktop.intake.files.raw import Cell

_LARGEST_COUNT = 10_000_000
_COUNT = re.compile(r"\d+|\d{1,3}(?:,\d{3})+", re.ASCII)
_BELOW_ZERO = re.compile(r"-\d+(?:\.0+)?", re.ASCII)
_FOREVER_WORDS = {"永久", "长期", "长期有效", "永久有效", "无期限", "终身"}
_YES_NO = {
    **dict.fromkeys(
        ("是", "有", "√", "✓", "✔", "☑", "y", "yes", "1", "true", "已完成", "完成", "已落实", "已建立"), 1
    ),
    **dict.fromkeys(
        ("否", "无", "×", "✗", "✘", "☒", "n", "no", "0", "false", "未完成", "未", "没有", "未落实"), 0
    ),
}


def _is_raised(character: str) -> bool:
    """Return whether a digit stands raised, as in m², and is none of a count."""
    return unicodedata.category(character) == "No"


def read_integer(cell: Cell) -> Parsed:
    """Return a whole number of zero or more. A mark for none is no number: whoever means zero writes 0."""
    text = read_known(cell)
    if not isinstance(text, str):
        return None if text is NOTHING else text
    plain = unicodedata.normalize("NFKC", text).rstrip("个台套份人点用户节").strip()
    if _BELOW_ZERO.fullmatch(plain):
        return Problem(f"「{text}」小于 0。", "请填写不小于 0 的整数。")
    if not _COUNT.fullmatch(plain) or not plain.isascii() or any(map(_is_raised, text)):
        return Problem(f"「{text}」不是整数。", "请填写不小于 0 的整数，不要写“约”“若干”或小数。")
    digits = plain.replace(",", "").lstrip("0")
    number = int(digits or "0") if len(digits) < 12 else _LARGEST_COUNT + 1
    if number > _LARGEST_COUNT:
        return Problem(f"「{text}」过大。", "请核对后改正。")
    return number


def month_of(cell: Cell) -> datetime.date | None:
    """Return the first day of the month that a cell names without a day; nothing for all else.

    2019.1 is none: a spreadsheet makes it of 2019.10, too.
    """
    is_number = isinstance(cell, float | int) and not isinstance(cell, bool)
    text = repr(cell).removesuffix(".0") if is_number else cell
    return parse_month(text) if isinstance(text, str) and not text.strip().endswith(".1") else None


def read_date(cell: Cell) -> Parsed:
    """Return a date as 2012-03-15, that of a month without a day as its first."""
    try:
        if isinstance(cell, datetime.datetime):
            return within_reason(cell.date(), cell.date().isoformat()).isoformat()
        if isinstance(cell, datetime.date):
            return within_reason(cell, cell.isoformat()).isoformat()
        month = month_of(cell)
        if month is not None:
            return month.isoformat()
        if isinstance(cell, float | int) and not isinstance(cell, bool) and cell < 1e6:
            if EARLIEST.year <= cell < LATEST.year + 1:
                raise DateError(f"「{cell:g}」没有写到日。")
            return date_from_serial(cell).isoformat()
        text = read_known(cell)
        return parse_date(text).isoformat() if isinstance(text, str) else text
    except DateError as error:
        return Problem(str(error), "请改成如 2023-05-08 的日期；不知道的请留空。")


def read_validity(cell: Cell) -> Parsed:
    """Return the last day of a term, or `NOTHING` where it has none: 永久, 长期 and the like."""
    text = read_text(cell)
    if isinstance(text, str) and match_key(text) in _FOREVER_WORDS:
        return NOTHING
    month = month_of(cell)
    if month is None:
        return read_date(cell)
    return month.replace(day=calendar.monthrange(month.year, month.month)[1]).isoformat()


def read_done(cell: Cell) -> Parsed:
    """Return when something was done: a date, or 是 for done without a date; 否 when it was not."""
    answer = _YES_NO.get(match_key(as_text(cell)))
    if answer is not None:
        return "是" if answer else "否"
    date = read_date(cell)
    if date is NOTHING:
        return "否"
    if isinstance(date, Problem):
        return Problem(f"「{as_text(cell)}」既不是日期也不是“是/否”。", "请填写完成日期，或填“是”“否”。")
    return date


def read_yes_no(cell: Cell) -> Parsed:
    """Return 1 for yes and 0 for no, 无 among the words for it."""
    text = read_known(cell)
    if text is NOTHING:
        return _YES_NO.get(match_key(as_text(cell)))
    if not isinstance(text, str):
        return text
    answer = _YES_NO.get(match_key(text))
    return answer if answer is not None else Problem(f"「{text}」不是“是”或“否”。", "请填写“是”或“否”。")


def money_reader(fen_per_unit: int) -> Parser:
    """Return a parser of amounts in 元 or 万元 into 分."""

    def read_money(cell: Cell) -> Parsed:
        try:
            if isinstance(cell, float | int) and not isinstance(cell, bool):
                if isinstance(cell, float) and not math.isfinite(cell):
                    raise MoneyError(f"「{cell}」不是金额。")
                fen = fen_from_decimal(Decimal(repr(cell)), fen_per_unit=fen_per_unit)
            else:
                text = read_known(cell)
                if not isinstance(text, str):
                    return None if text is NOTHING else text
                fen = parse_money(text, fen_per_unit=fen_per_unit)
        except MoneyError as error:
            return Problem(str(error), "请填写数字金额。")
        return fen if fen >= 0 else Problem(f"金额「{as_text(cell)}」小于零。", "请填写不小于 0 的金额。")

    return read_money
