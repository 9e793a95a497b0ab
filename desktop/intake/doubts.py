"""What is likely a slip in a row though the row can be taken as it is: said with class C, never refused."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from desktop.core.computer import ComputerState
from desktop.core.findings import Finding, FindingClass
from desktop.core.licence import Method, Source
from desktop.core.subjects import SUBJECTS, Value, Values
from desktop.intake.sheets import ReadSheet, SheetRow

_MOST_NAMED = 10
_SMALLEST_GAP_FEN = 100
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubtful: the columns it looks at, the first of which is named, and when it holds for their values.

    `{value}` in the text stands for the first column's value in the first row that it holds for.
    """

    code: str
    columns: tuple[str, ...]
    holds: Callable[..., bool]
    text: str
    remedy: str


def doubts(sheet: ReadSheet, today: datetime.date) -> Iterator[Finding]:
    """Yield a finding for every doubt that holds for a row or more of a sheet; it names the rows."""
    for doubt in (*_DOUBTS.get(sheet.spec.subject, ()), *_later_than(today, sheet), *_lost_digits(sheet)):
        first = sheet.spec.positions[doubt.columns[0]]
        pick = itemgetter(*(sheet.spec.positions[column] for column in doubt.columns))
        if len(doubt.columns) == 1:
            found = [(number, row[first]) for number, row in sheet.rows if doubt.holds(pick(row))]
        else:
            found = [(number, row[first]) for number, row in sheet.rows if doubt.holds(*pick(row))]
        if found:
            place = sheet.place(found[0][0], doubt.columns[0])
            text = doubt.text.replace("{value}", str(found[0][1])) + other_rows(
                [number for number, _ in found]
            )
            yield Finding(doubt.code, FindingClass.C, text, doubt.remedy, place)


def doubts_of_records(
    records: Sequence[tuple[SheetRow, Values]], subject: str, listed: Sequence[Doubt]
) -> Iterator[Finding]:
    """Yield a finding for every doubt that holds for what records hold after their rows; it names the rows."""
    at = SUBJECTS[subject].positions
    for doubt in listed:
        places = [at[column] for column in doubt.columns]
        rows = [row for row, values in records if doubt.holds(*(values[place] for place in places))]
        if rows:
            text = doubt.text + other_rows([row.number for row in rows])
            yield Finding(doubt.code, FindingClass.C, text, doubt.remedy, rows[0].place(doubt.columns[0]))


def other_rows(rows: Sequence[int]) -> str:
    """Return in words which rows besides the first are meant, of many the first ones; nothing for one row."""
    others = rows[1 : _MOST_NAMED + 1]
    if not others:
        return ""
    more = "等" if len(rows) > _MOST_NAMED + 1 else ""
    return f"同样的还有第 {'、'.join(map(str, others))} 行{more}，共 {len(rows)} 行。"


def _later_than(today: datetime.date, sheet: ReadSheet) -> Iterator[Doubt]:
    """Yield for each column of days that have passed the doubt that one has not."""
    last = today.isoformat()

    def is_later(day: Value) -> bool:
        return day is not None and last < str(day) < "3"  # 是 and 否 come after every day

    for column in _PASSED.get(sheet.spec.subject, ()):
        yield Doubt(
            "I28",
            (column,),
            is_later,
            "日期晚于今天，到那一天才计入。",
            "请核对日期；尚未发生的请到时再登记。",
        )


def _lost_digits(sheet: ReadSheet) -> Iterator[Doubt]:
    """Yield for each column of numbers that are names or telephones the doubt that one was spoilt on the way."""

    def is_spoilt(text: Value) -> bool:
        return isinstance(text, str) and _SCIENTIFIC.fullmatch(text) is not None

    for column in sheet.spec.columns:
        if column.kind in ("code", "phone"):
            yield Doubt(
                "I07",
                (column.field,),
                is_spoilt,
                "「{value}」是表格软件把号码变成了科学计数，后几位可能已经丢失。",
                "请按原号码重新填写，并把单元格设为文本。",
            )


def _began_on_no_day(in_use_from: Value, purchased_on: Value) -> bool:
    return in_use_from is None and purchased_on is not None


def _is_retired_but_in_use(retired_on: Value, state: Value) -> bool:
    return retired_on is not None and state in (None, ComputerState.IN_USE.value)


def _has_ended_on_no_day(retired_on: Value, state: Value) -> bool:
    return retired_on is None and state not in (None, ComputerState.IN_USE.value)


def _ends_before_it_was_bought(valid_to: Value, purchased_on: Value) -> bool:
    return valid_to is not None and purchased_on is not None and str(valid_to) < str(purchased_on)


def _does_not_add_up(amount: Value, unit_price: Value, packs: Value, seats: Value) -> bool:
    """Return whether neither packs nor seats times the price come within a hundredth of the amount."""
    counted = [number for number in (packs, seats) if isinstance(number, int)]
    if not (isinstance(amount, int) and isinstance(unit_price, int) and counted):
        return False
    return all(abs(unit_price * n - amount) > max(_SMALLEST_GAP_FEN, amount // 100) for n in counted)


def _costs_though_free(amount: Value, source: Value, method: Value) -> bool:
    is_free = source == Source.FREE.value or (source is None and method == Method.FREE.value)
    return bool(amount) and is_free


def _comes_from_a_pool_though_not(source: Value, pool_no: Value) -> bool:
    return pool_no is not None and source not in (None, Source.ALLOCATED.value)


def _comes_from_nowhere(pool_no: Value, source: Value) -> bool:
    return pool_no is None and source == Source.ALLOCATED.value


_PASSED: Mapping[str, tuple[str, ...]] = {
    "computer": ("purchased_on", "in_use_from"),
    "licence": ("purchased_on",),
    "installation": ("installed_on",),
    "progress": ("surveyed", "funded", "purchased", "managed", "rectified"),
}
OF_COMPUTERS = (
    Doubt(
        "I29",
        ("retired_on", "state"),
        _is_retired_but_in_use,
        "状态为在用，却有停用日期，自停用日期起不计入在用。",
        "请核对状态和停用日期。",
    ),
    Doubt(
        "I30",
        ("retired_on", "state"),
        _has_ended_on_no_day,
        "状态不是在用，却没有停用日期，任何截止日都不计入在用。",
        "请补填停用日期。",
    ),
)
"""Doubts about what a computer holds after its row, whatever the row itself says of it."""
_DOUBTS: Mapping[str, tuple[Doubt, ...]] = {
    "computer": (
        Doubt(
            "I42",
            ("in_use_from", "purchased_on"),
            _began_on_no_day,
            "有购置日期而没有启用日期，购置以前的截止日也会计入。",
            "请补填启用日期。",
        ),
    ),
    "licence": (
        Doubt(
            "I31",
            ("valid_to", "purchased_on"),
            _ends_before_it_was_bought,
            "有效期至早于购买日期。",
            "请核对两个日期。",
        ),
        Doubt(
            "I32",
            ("amount", "unit_price", "packs", "seats"),
            _does_not_add_up,
            "金额与单价乘以数量相差较大，按金额计。",
            "请与合同、发票核对。",
        ),
        Doubt(
            "I33",
            ("amount", "source", "method"),
            _costs_though_free,
            "来源为免费，却有金额。",
            "请核对来源和金额。",
        ),
        Doubt(
            "I34",
            ("pool_no", "source"),
            _comes_from_nowhere,
            "来源为上级配发，却没有上级许可编号，可能与上级单位重复计数。",
            "请补填上级许可编号；上级单位不在本台账的不必理会。",
        ),
        Doubt(
            "I54",
            ("source", "pool_no"),
            _comes_from_a_pool_though_not,
            "来源为「{value}」，却有上级许可编号，按上级配发计。",
            "请核对来源；不是上级配发的请删去上级许可编号。",
        ),
    ),
}
