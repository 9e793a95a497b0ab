"""How one cell is read, by the kind of its column. Knows no sheet and no ledger.

A parser takes what the workbook holds (text, number, date, nothing) and returns the value for the ledger, None
for a cell that says nothing (empty, 不详), `NOTHING` for one that says that there is nothing (无, —), or a `Problem`.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal

from desktop.core.dates import DateError, date_from_serial, parse_date, within_reason
from desktop.core.money import MoneyError, fen_from_decimal, parse_money, split_unit
from desktop.core.text import REPLACEMENT, clean_cell, match_key, split_names
from desktop.intake.spellings import RESPONSIBILITIES, SPELLINGS

Cell = object
_LARGEST_COUNT = 10_000_000
_COUNT = re.compile(r"\d+|\d{1,3}(?:,\d{3})+", re.ASCII)
_BELOW_ZERO = re.compile(r"-\d+(?:\.0+)?", re.ASCII)
_PLAIN_CODE = re.compile(r"[A-Za-z:._/-]*[0-9][0-9A-Za-z:._/-]*")
_MOST_EXACT = 10**15

UNCALCULATED = "#未计算!"
_FORMULA_ERRORS = {
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
}  # fmt: skip
_FOREVER_WORDS = {"永久", "长期", "长期有效", "永久有效", "无期限", "终身"}
_NOTHING_WORDS = {"无", "没有", "暂无", "空", "-", "--", "—", "——", "/", "\\", "n/a"}
_UNKNOWN_WORDS = {"不详", "未知", "不明", "不清楚", "不清", "待查", "待定", "待补", "待填", "?", "??"}

_LONGEST_WORD = 4


class Said(Enum):
    """What a cell says in words other than a value."""

    NOTHING = "无"


NOTHING: Literal[Said.NOTHING] = Said.NOTHING
"""There is nothing of the kind: more than saying nothing, since it takes back what was said before."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell cannot be read, and what to do about it."""

    text: str
    remedy: str


Parsed = str | int | None | Problem | Literal[Said.NOTHING]
Parser = Callable[[Cell], Parsed]


def as_text(cell: Cell) -> str:
    """Return what a person sees in the cell: numbers without `.0`, dates as 2012-03-15."""
    if isinstance(cell, str):
        return cell.strip() if cell.isprintable() else clean_cell(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _MOST_EXACT else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return "" if cell is None else str(cell)


def read_text(cell: Cell) -> Parsed:
    """Return the cell's text; refuse what a wrong encoding, a broken file or a formula has spoilt."""
    text = as_text(cell)
    if len(text) <= _LONGEST_WORD and match_key(text) in _NOTHING_WORDS:
        return NOTHING
    if text == UNCALCULATED:
        return Problem("公式还没有算出结果。", "请在 Excel 或 WPS 中打开这个文件，保存后再导入。")
    if text in _FORMULA_ERRORS:
        return Problem(f"「{text}」是公式没有算出的结果。", "请改正公式，或直接填写内容。")
    if REPLACEMENT in text:
        return Problem(
            f"「{text}」中有无法识别的字符。", "请在原表中重新录入这一格，或另存为 .xlsx 后再导入。"
        )
    return text or None


def read_statement(cell: Cell) -> Parsed:
    """Return the cell's text, in which 无 is an answer like any other."""
    text = read_text(cell)
    return as_text(cell) if text is NOTHING else text


def read_known(cell: Cell) -> Parsed:
    """Return the cell's text as `read_text` does, and None where it says that nobody knows."""
    text = read_text(cell)
    return None if isinstance(text, str) and match_key(text) in _UNKNOWN_WORDS else text


def read_name(cell: Cell) -> Parsed:
    """Return a name on one line."""
    text = read_text(cell)
    return " ".join(text.split()) if isinstance(text, str) else text


def read_names(cell: Cell) -> Parsed:
    """Return several names joined by 、."""
    text = read_text(cell)
    return "、".join(split_names(text)) or None if isinstance(text, str) else text


def read_responsibilities(cell: Cell) -> Parsed:
    """Return responsibilities joined by 、, each by its usual word where it is only spelt otherwise."""
    names = read_names(cell)
    if not isinstance(names, str):
        return names
    return "、".join(dict.fromkeys(RESPONSIBILITIES.get(name, name) for name in names.split("、")))


def read_code(cell: Cell) -> Parsed:
    """Return a number that is a name (编号): half-width, leading zeros kept.

    Refuses a number of so many digits that the spreadsheet program has dropped the last ones.
    """
    if isinstance(cell, str) and _PLAIN_CODE.fullmatch(cell):
        return cell
    if isinstance(cell, float) and abs(cell) >= _MOST_EXACT:
        return Problem(
            f"「{cell:.15g}」超过 15 位，表格软件没有保存后几位。", "请把单元格设为文本，再按原编号填写。"
        )
    text = read_known(cell)
    return "".join(unicodedata.normalize("NFKC", text).split()) if isinstance(text, str) else text


def _is_raised(character: str) -> bool:
    """Return whether a digit stands raised, as in m², and is none of a count."""
    return unicodedata.category(character) == "No"


def read_integer(cell: Cell) -> Parsed:
    """Return a whole number of zero or more. A mark for none is no number: whoever means zero writes 0."""
    text = read_known(cell)
    if not isinstance(text, str):
        return None if text is NOTHING else text
    plain = unicodedata.normalize("NFKC", text).rstrip("个台套份人点").strip()
    if _BELOW_ZERO.fullmatch(plain):
        return Problem(f"「{text}」小于 0。", "请填写不小于 0 的整数。")
    if not _COUNT.fullmatch(plain) or not plain.isascii() or any(map(_is_raised, text)):
        return Problem(f"「{text}」不是整数。", "请填写不小于 0 的整数，不要写“约”“若干”或小数。")
    digits = plain.replace(",", "").lstrip("0")
    number = int(digits or "0") if len(digits) < 12 else _LARGEST_COUNT + 1
    if number > _LARGEST_COUNT:
        return Problem(f"「{text}」过大。", "请核对后改正。")
    return number


def read_date(cell: Cell) -> Parsed:
    """Return a date as 2012-03-15."""
    try:
        if isinstance(cell, datetime.datetime):
            return within_reason(cell.date(), cell.date().isoformat()).isoformat()
        if isinstance(cell, datetime.date):
            return within_reason(cell, cell.isoformat()).isoformat()
        if isinstance(cell, float | int) and not isinstance(cell, bool) and cell < 1e6:
            return date_from_serial(cell).isoformat()
        text = read_known(cell)
        return parse_date(text).isoformat() if isinstance(text, str) else text
    except DateError as error:
        return Problem(str(error), "请改成如 2023-05-08 的日期；不知道的请留空。")


def read_validity(cell: Cell) -> Parsed:
    """Return the last day of a term, or `NOTHING` where it has none: 永久, 长期 and the like."""
    text = read_text(cell)
    return NOTHING if isinstance(text, str) and match_key(text) in _FOREVER_WORDS else read_date(cell)


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


def read_phone(cell: Cell) -> Parsed:
    """Return a telephone number as text. What is no number is kept: the check of the form will show it."""
    text = read_text(cell)
    return unicodedata.normalize("NFKC", text) if isinstance(text, str) else text


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


_YES_NO = {
    **dict.fromkeys(
        ("是", "有", "√", "✓", "☑", "y", "yes", "1", "true", "已完成", "完成", "已落实", "已建立"), 1
    ),
    **dict.fromkeys(("否", "无", "×", "✗", "n", "no", "0", "false", "未完成", "未", "没有", "未落实"), 0),
}


def word_reader(kind: str) -> Parser:
    """Return a parser of a column that takes one of a few words, in the spellings that offices use."""
    words, spellings = SPELLINGS[kind]
    known = {match_key(word.value): word.value for word in words}
    known |= {match_key(spelling): word.value for spelling, word in spellings.items()}
    choices = "、".join(word.value for word in words)

    def read_word(cell: Cell) -> Parsed:
        word = known.get(match_key(as_text(cell)))
        if word is not None:
            return word
        text = read_known(cell)
        if not isinstance(text, str):
            return None if text is NOTHING else text
        return Problem(f"「{text}」不在可填的内容之内。", f"可填：{choices}。")

    return read_word


_READERS: Mapping[str, Parser] = {
    "text": read_text,
    "statement": read_statement,
    "name": read_name,
    "names": read_names,
    "person_name": read_name,
    "responsibilities": read_responsibilities,
    "code": read_code,
    "credit_code": read_code,
    "integer": read_integer,
    "date": read_date,
    "validity": read_validity,
    "done": read_done,
    "yes_no": read_yes_no,
    "phone": read_phone,
}


def _unit_unknown(heading: str) -> Parser:
    """Return a parser that refuses every amount: nobody can say what it is worth."""

    def refuse(cell: Cell) -> Parsed:
        text = read_known(cell)
        if not isinstance(text, str):
            return None if text is NOTHING else text
        return Problem(f"表头「{heading}」的金额单位不认识。", "请换算成元或万元，表头写明（元）或（万元）。")

    return refuse


def reader(kind: str, heading: str = "") -> Parser:
    """Return the parser of a column's kind; the heading of a column of money gives its unit.

    Raises KeyError for a kind that nobody defined.
    """
    if kind == "money":
        fen_per_unit = split_unit(heading)[1]
        return money_reader(fen_per_unit) if fen_per_unit else _unit_unknown(heading)
    return word_reader(kind) if kind in SPELLINGS else _READERS[kind]
