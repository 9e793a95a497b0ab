"""What people leave out of a sheet and what they add: 「同上」, merged cells, rows that are no records. Knows no kinds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Sequence

from desktop.intake.cells import as_text
from desktop.intake.files.raw import Cell, Merged

DITTO = ("同上", "〃", "″", "同 上")
_SUMS = ("合计", "小计", "总计", "共计")
_LONGEST_SUM = 12
_ASIDE = re.compile(
    r"(?:填表|制表|填报|经办|审核|复核|负责)人.{0,12}[:：].*|(?:单位)?(?:负责|联系)人.{0,8}[:：].*"
    r"|联系电话[:：].*|(?:填表|填报|制表)(?:日期|时间)[:：].*"
    r"|[(（]?(?:金额|货币|计量)?单位[:：].*|(?:填报|填表|制表|使用|上报|报送)?单位(?:名称)?(?:[(（](?:盖章|公章|签章)[)）])?[:：].*|(?:填表)?(?:备注|注|说明)[:：].*"
    r"|(?:示例|样例|例如?)[:：].*|[(（【]?(?:填写|填表)?(?:示例|样例|范例)[)）】]?|[(（【]?例[)）】]?",
    re.DOTALL,
)
_NOTE = re.compile(
    r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、](?!\d).*|[①-⑳※*＊].*|(?:填表|填写)?(?:说明|须知|备注|注)",
    re.DOTALL,
)
_FEWEST_OF_A_NOTE = 8
_DATE = re.compile(
    r"(?:日期|时间)?[:：]?(?:\d{4}[年./-]\d{1,2}[月./-](?:\d{1,2}日?)?|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?|年月日)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EMPTY = ("", None)


def rows_without_records(body: Sequence[Sequence[Cell]], headings: Sequence[str]) -> Collection[int]:
    """Return the rows that hold sums, examples, who filled the sheet, or the headings once more.

    The first thing written in a row tells. Rows are counted from the first below the headings.
    """
    firsts = [
        row[0] if row and row[0] not in _EMPTY else next((cell for cell in row if cell not in _EMPTY), None)
        for row in body
    ]
    told = {cell for cell in {*firsts} if isinstance(cell, str) and _tells(cell)}
    heading = next((text for text in headings if text), "")
    return {
        number
        for number, cell in enumerate(firsts)
        if cell in told or (cell == heading and _says(body[number], headings))
    }


def notes_below(
    body: Sequence[Sequence[Cell]], passed: Collection[int], required: Collection[int]
) -> Collection[int]:
    """Return the rows below the last record that hold nothing but a note or a date, in one cell.

    `required` are the columns without which there is no record: what stands in all of them is a note only if it is a
    date or a sentence. Short ones are notes beside others.
    """
    notes: dict[int, bool] = {}
    for number in range(len(body) - 1, -1, -1):
        written = [column for column, cell in enumerate(body[number]) if cell not in _EMPTY]
        if not written or number in passed:
            continue
        cell = body[number][written[0]]
        is_sure = _is_surely_a_note(cell)
        is_likely = isinstance(cell, str) and not {*required} <= {*written} and _NOTE.fullmatch(cell.strip())
        if len(written) > 1 or not (is_sure or is_likely):
            break
        notes[number] = is_sure or len(_HAN.findall(str(cell))) >= _FEWEST_OF_A_NOTE
    return notes if any(notes.values()) else ()


def _is_surely_a_note(cell: Cell) -> bool:
    plain = "".join(cell.split()) if isinstance(cell, str) else ""
    return isinstance(cell, datetime.date) or plain.endswith("。") or _DATE.fullmatch(plain) is not None


def _tells(text: str) -> bool:
    plain = "".join(text.split())
    is_sum = len(plain) <= _LONGEST_SUM and plain.rstrip(":：").endswith(_SUMS)
    return is_sum or _ASIDE.fullmatch(plain) is not None


def _says(row: Sequence[Cell], headings: Sequence[str]) -> bool:
    return [text for cell in row if (text := as_text(cell))] == [text for text in headings if text]


def spans_below(
    merged: Sequence[Merged], first: int, body: Sequence[Sequence[Cell]]
) -> dict[int, dict[int, int]]:
    """Return for each column which rows of the body take over the cell of which row: those merged below it.

    `first` is the body's first row in the sheet. A row that holds nothing else takes nothing over.
    """
    spans: dict[int, dict[int, int]] = {}
    ends: dict[int, int] = {}
    for (top, column), (bottom, _) in sorted(merged):
        begin = max(top + 1 - first, ends.get(column, 0))
        ends[column] = end = max(begin, min(bottom + 1 - first, len(body)))
        if top >= first:
            rows = (row for row in range(begin, end) if _holds_something(body[row]))
            spans.setdefault(column, {}).update(dict.fromkeys(rows, top - first))
    return spans


def _holds_something(row: Sequence[Cell]) -> bool:
    return any(cell not in _EMPTY for cell in row)


def in_full(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the cells of a column with what stands above in place of 「同上」, and truth values as 是 or 否."""
    above: Cell = None
    for cell in cells:
        if cell in DITTO and above is not None:
            yield above
            continue
        said = as_text(cell) if isinstance(cell, bool) else cell
        above = above if said in _EMPTY else said
        yield said
