"""What a cell says as text: words, names, numbers that are names. Knows no sheet and no ledger.

A parser takes what the workbook holds (text, number, date, nothing) and returns the value for the ledger, None
for a cell that says nothing (empty, 不详), `NOTHING` for one that says that there is nothing (无, —), or a `Problem`.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from desktop.core.text import REPLACEMENT, clean_cell, match_key, split_names
from desktop.intake.files.raw import UNCALCULATED, Cell

_PLAIN_CODE = re.compile(r"[A-Za-z:._/-]*[0-9][0-9A-Za-z:._/-]*")
_MOST_EXACT = 10**15

_FORMULA_ERRORS = {
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
}  # fmt: skip
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


def read_phone(cell: Cell) -> Parsed:
    """Return a telephone number as text. What is no number is kept: the check of the form will show it."""
    text = read_text(cell)
    return unicodedata.normalize("NFKC", text) if isinstance(text, str) else text
