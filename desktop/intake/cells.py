"""How one cell is read, by the kind of its column. Knows no sheet and no ledger.

A parser takes what the workbook holds (text, number, date, nothing) and returns the value for the ledger, None
for an empty cell, or a `Problem`.
"""

from __future__ import annotations

import datetime
import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.core.computer import ComputerKind, ComputerState
from desktop.core.dates import DateError, date_from_serial, parse_date, within_reason
from desktop.core.installation import Claim
from desktop.core.licence import Method, Source
from desktop.core.money import FEN_PER_WAN, FEN_PER_YUAN, MoneyError, fen_from_decimal, parse_money
from desktop.core.product import Origin, SoftwareClass
from desktop.core.text import REPLACEMENT, clean_cell, match_key, split_names
from desktop.core.unit import Category, Level

Cell = object
_LARGEST_COUNT = 10_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell cannot be read, and what to do about it."""

    text: str
    remedy: str


Parsed = str | int | None | Problem
Parser = Callable[[Cell], Parsed]


def as_text(cell: Cell) -> str:
    """Return what a person sees in the cell: numbers without `.0`, dates as 2012-03-15."""
    if isinstance(cell, str):
        return clean_cell(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return "" if cell is None else str(cell)


def read_text(cell: Cell) -> Parsed:
    """Return the cell's text; refuse text that a wrong encoding or a broken file has spoilt."""
    text = as_text(cell)
    if REPLACEMENT in text:
        return Problem(
            f"「{text}」中有无法识别的字符。", "请在原表中重新录入这一格，或另存为 .xlsx 后再导入。"
        )
    return text or None


def read_name(cell: Cell) -> Parsed:
    """Return a name on one line."""
    text = read_text(cell)
    return " ".join(text.split()) if isinstance(text, str) else text


def read_names(cell: Cell) -> Parsed:
    """Return several names joined by 、."""
    text = read_text(cell)
    return "、".join(split_names(text)) if isinstance(text, str) else text


def read_code(cell: Cell) -> Parsed:
    """Return a number that is a name (编号): half-width, leading zeros kept."""
    text = read_text(cell)
    return "".join(unicodedata.normalize("NFKC", text).split()) if isinstance(text, str) else text


def read_integer(cell: Cell) -> Parsed:
    """Return a whole number of zero or more."""
    text = read_text(cell)
    if not isinstance(text, str):
        return text
    plain = unicodedata.normalize("NFKC", text).replace(",", "").rstrip("个台套份人点").strip()
    if not plain.isascii() or not plain.isdigit():
        return Problem(f"「{text}」不是整数。", "请填写不小于 0 的整数，不要写“约”“若干”或小数。")
    number = int(plain) if len(plain) < 12 else _LARGEST_COUNT + 1
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
        text = read_text(cell)
        return parse_date(text).isoformat() if isinstance(text, str) else text
    except DateError as error:
        return Problem(str(error), "请改成如 2023-05-08 的日期。")


def read_validity(cell: Cell) -> Parsed:
    """Return the last day of a term; 永久 and the like mean that there is none."""
    text = read_text(cell)
    if isinstance(text, str) and match_key(text) in {
        "永久",
        "长期",
        "长期有效",
        "永久有效",
        "无期限",
        "终身",
    }:
        return None
    return read_date(cell)


def read_done(cell: Cell) -> Parsed:
    """Return when something was done: a date, or 是 for done without a date; 否 when it was not."""
    answer = _YES_NO.get(match_key(as_text(cell)))
    if answer is not None:
        return "是" if answer else "否"
    date = read_date(cell)
    if isinstance(date, Problem):
        return Problem(f"「{as_text(cell)}」既不是日期也不是“是/否”。", "请填写完成日期，或填“是”“否”。")
    return date


def read_yes_no(cell: Cell) -> Parsed:
    """Return 1 for yes and 0 for no."""
    text = read_text(cell)
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
                text = read_text(cell)
                if not isinstance(text, str):
                    return text
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

_WORDS: dict[str, tuple[type[StrEnum], Mapping[str, StrEnum]]] = {
    "level": (
        Level,
        {
            "省": Level.PROVINCE,
            "市": Level.CITY,
            "市级机关": Level.CITY_BODY,
            "县": Level.COUNTY,
            "区级": Level.COUNTY,
            "区直": Level.COUNTY_BODY,
            "县级机关": Level.COUNTY_BODY,
            "县直机关": Level.COUNTY_BODY,
            "县直部门": Level.COUNTY_BODY,
            "乡": Level.TOWNSHIP,
            "镇": Level.TOWNSHIP,
            "乡镇级": Level.TOWNSHIP,
            "街道": Level.TOWNSHIP,
            "乡镇街道": Level.TOWNSHIP,
            "二级": Level.SUBORDINATE,
            "下属单位": Level.SUBORDINATE,
        },
    ),
    "category": (
        Category,
        {
            "党": Category.PARTY,
            "党委部门": Category.PARTY,
            "党委机关": Category.PARTY,
            "共产党机关": Category.PARTY,
            "县委部门": Category.PARTY,
            "人大机关": Category.CONGRESS,
            "政府部门": Category.GOVERNMENT,
            "政府机关": Category.GOVERNMENT,
            "行政机关": Category.GOVERNMENT,
            "乡镇": Category.GOVERNMENT,
            "乡镇政府": Category.GOVERNMENT,
            "政协机关": Category.CONSULTATIVE,
            "纪委监委": Category.SUPERVISION,
            "监察": Category.SUPERVISION,
            "审判机关": Category.COURT,
            "检察机关": Category.PROCURATORATE,
            "工商联": Category.DEMOCRATIC_PARTY,
            "群团": Category.PEOPLE_GROUP,
            "群团组织": Category.PEOPLE_GROUP,
            "群众团体": Category.PEOPLE_GROUP,
            "事业": Category.INSTITUTION,
            "教育": Category.SCHOOL,
            "医院": Category.HEALTH,
            "卫生院": Category.HEALTH,
            "国企": Category.ENTERPRISE,
            "企业": Category.ENTERPRISE,
        },
    ),
    "computer_kind": (
        ComputerKind,
        {
            "台式机": ComputerKind.DESKTOP,
            "台式计算机": ComputerKind.DESKTOP,
            "台式电脑": ComputerKind.DESKTOP,
            "一体机": ComputerKind.DESKTOP,
            "笔记本": ComputerKind.PORTABLE,
            "笔记本电脑": ComputerKind.PORTABLE,
            "便携机": ComputerKind.PORTABLE,
            "便携式": ComputerKind.PORTABLE,
            "便携式计算机": ComputerKind.PORTABLE,
            "台式微型计算机": ComputerKind.DESKTOP,
            "server": ComputerKind.SERVER,
        },
    ),
    "computer_state": (
        ComputerState,
        {
            "使用中": ComputerState.IN_USE,
            "在用中": ComputerState.IN_USE,
            "正常": ComputerState.IN_USE,
            "正常使用": ComputerState.IN_USE,
            "使用": ComputerState.IN_USE,
            "停用": ComputerState.IDLE,
            "封存": ComputerState.IDLE,
            "已报废": ComputerState.SCRAPPED,
            "待报废": ComputerState.IDLE,
        },
    ),
    "software_class": (
        SoftwareClass,
        {
            "操作系统软件": SoftwareClass.SYSTEM,
            "系统软件": SoftwareClass.SYSTEM,
            "系统": SoftwareClass.SYSTEM,
            "os": SoftwareClass.SYSTEM,
            "办公软件": SoftwareClass.OFFICE,
            "通用办公软件": SoftwareClass.OFFICE,
            "文字处理": SoftwareClass.OFFICE,
            "杀毒软件": SoftwareClass.ANTIVIRUS,
            "防病毒软件": SoftwareClass.ANTIVIRUS,
            "安全软件": SoftwareClass.ANTIVIRUS,
            "业务软件": SoftwareClass.BUSINESS,
            "主要业务软件": SoftwareClass.BUSINESS,
            "业务系统": SoftwareClass.BUSINESS,
            "专业软件": SoftwareClass.BUSINESS,
            "其他软件": SoftwareClass.OTHER,
            "工具软件": SoftwareClass.OTHER,
        },
    ),
    "origin": (
        Origin,
        {
            "国产": Origin.DOMESTIC,
            "国内软件": Origin.DOMESTIC,
            "国产软件": Origin.DOMESTIC,
            "中国": Origin.DOMESTIC,
            "进口": Origin.FOREIGN,
            "国外软件": Origin.FOREIGN,
            "境外": Origin.FOREIGN,
            "美国": Origin.FOREIGN,
        },
    ),
    "source": (
        Source,
        {
            "自购": Source.OWN_PURCHASE,
            "采购": Source.OWN_PURCHASE,
            "单位采购": Source.OWN_PURCHASE,
            "政府采购": Source.OWN_PURCHASE,
            "商业软件": Source.OWN_PURCHASE,
            "购买": Source.OWN_PURCHASE,
            "配发": Source.ALLOCATED,
            "县配发": Source.ALLOCATED,
            "统一配发": Source.ALLOCATED,
            "预装oem": Source.PREINSTALLED,
            "oem": Source.PREINSTALLED,
            "随机预装": Source.PREINSTALLED,
            "随机预装软件": Source.PREINSTALLED,
            "免费软件": Source.FREE,
            "免费使用": Source.FREE,
        },
    ),
    "method": (
        Method,
        {
            "oem授权": Method.OEM,
            "预装": Method.OEM,
            "单机": Method.RETAIL,
            "单机许可": Method.RETAIL,
            "零售版": Method.RETAIL,
            "批量": Method.VOLUME,
            "批量授权": Method.VOLUME,
            "开放式许可": Method.VOLUME,
            "场地许可": Method.SITE,
            "场地": Method.SITE,
            "网络许可": Method.NETWORK,
            "网络版": Method.NETWORK,
            "网络": Method.NETWORK,
            "用户许可": Method.USER,
            "年订阅": Method.SUBSCRIPTION,
            "免费": Method.FREE,
        },
    ),
    "claim": (
        Claim,
        {
            "是": Claim.GENUINE,
            "正版软件": Claim.GENUINE,
            "否": Claim.PIRATED,
            "盗版": Claim.PIRATED,
            "非正版软件": Claim.PIRATED,
            "未授权": Claim.PIRATED,
            "不确定": Claim.PENDING,
            "不清楚": Claim.PENDING,
        },
    ),
}


def word_reader(kind: str) -> Parser:
    """Return a parser of a column that takes one of a few words, in the spellings that offices use."""
    words, spellings = _WORDS[kind]
    known = {match_key(word.value): word.value for word in words}
    known |= {match_key(spelling): word.value for spelling, word in spellings.items()}
    choices = "、".join(word.value for word in words)

    def read_word(cell: Cell) -> Parsed:
        text = read_text(cell)
        if not isinstance(text, str):
            return text
        return known.get(match_key(text)) or Problem(f"「{text}」不在可填的内容之内。", f"可填：{choices}。")

    return read_word


_READERS: Mapping[str, Parser] = {
    "text": read_text,
    "name": read_name,
    "names": read_names,
    "person_name": read_name,
    "responsibilities": read_names,
    "code": read_code,
    "credit_code": read_code,
    "integer": read_integer,
    "date": read_date,
    "validity": read_validity,
    "done": read_done,
    "yes_no": read_yes_no,
    "phone": read_phone,
}


def reader(kind: str, *, in_wan: bool = False) -> Parser:
    """Return the parser of a column's kind; `in_wan` says that its heading gives 万元.

    Raises KeyError for a kind that nobody defined.
    """
    if kind == "money":
        return money_reader(FEN_PER_WAN if in_wan else FEN_PER_YUAN)
    return word_reader(kind) if kind in _WORDS else _READERS[kind]
