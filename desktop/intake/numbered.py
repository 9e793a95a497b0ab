"""Reads a column headed 编号 in a list of computers as their asset numbers, unless it only counts the rows.

One of licences is read as their numbers all the same, and said if it counts the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.core.findings import Finding, FindingClass, Place
from desktop.intake.cells import as_text
from desktop.intake.files.raw import RawSheet
from desktop.intake.recognise import SheetMap
from desktop.intake.sheet_specs import heading_key
from desktop.intake.shorthand import rows_without_records

NUMBER = "编号"
_COUNTS = "像是从 1 起的序号"
_COUNT = re.compile(r"[1-9]\d{0,4}")


def with_numbers(maps: list[SheetMap], sheet: RawSheet) -> list[SheetMap]:
    """Return how a sheet is read, with its column 编号 as the asset numbers where its computers have no other."""
    column = unread_number(maps)
    if column is None or _doubt(_numbers(sheet, maps[0], column)):
        return maps
    first = maps[0]
    columns = {**first.columns, first.spec.positions["asset_no"]: column}
    return [replace(first, columns=columns), *maps[1:]]


def unread_number(maps: Sequence[SheetMap]) -> int | None:
    """Return the only column headed 编号 in a sheet of computers that reads none as their asset numbers."""
    first = maps[0] if maps else None
    if first is None or first.spec.subject != "computer":
        return None
    at = first.spec.positions["asset_no"]
    if at in {**first.columns, **first.contested}:
        return None
    left = [
        c for c, text in enumerate(first.headings) if text in first.unread and heading_key(text) == NUMBER
    ]
    return left[0] if len(left) == 1 else None


def number_findings(sheet: RawSheet, place: Place, maps: Sequence[SheetMap]) -> list[Finding]:
    """Return that 编号 was read as the asset number, or why it was not."""
    column = unread_number(maps)
    if column is not None:
        doubt = _doubt(_numbers(sheet, maps[0], column))
        text = f"「{maps[0].headings[column].strip()}」栏{doubt}，没有当作资产编号读取，计算机按没有资产编号登记。"
        remedy = "确是资产编号的，请把表头改为“资产编号”；只是序号的，不必理会。"
        return [Finding("I66", FindingClass.C, text, remedy, place)] if doubt else []
    first = maps[0]
    if first.spec.subject == "licence":
        return _of_licences(sheet, place, first)
    at = first.columns.get(first.spec.positions.get("asset_no", -1))
    if first.spec.subject != "computer" or at is None or heading_key(first.headings[at]) != NUMBER:
        return []
    text = f"「{first.headings[at].strip()}」栏按资产编号读取。"
    remedy = "如不是资产编号，请改用别的栏目名称，或用 mapping 命令指定。"
    return [Finding("I66", FindingClass.D, text, remedy, place)]


def _of_licences(sheet: RawSheet, place: Place, mapping: SheetMap) -> list[Finding]:
    """Return that the numbers of licences look like a count of the rows, which the next sheet may count otherwise."""
    at, product = (mapping.columns.get(mapping.spec.positions[name]) for name in ("licence_no", "product"))
    if at is None or product is None or heading_key(mapping.headings[at]) != NUMBER:
        return []
    body = sheet.rows[mapping.heading_row + 1 :]
    numbers = [as_text(row[at]) for row in body if len(row) > max(at, product) and as_text(row[product])]
    if _doubt([number for number in numbers if number]) != _COUNTS:
        return []
    text = f"「{mapping.headings[at].strip()}」栏{_COUNTS}，按软件编号读取；以后各行的次序变了，会对到别的许可上。"
    remedy = "只是序号的，请把表头改为“序号”，另加软件编号栏；确是软件编号的，请把表头改为“软件编号”。"
    return [Finding("I66", FindingClass.C, text, remedy, place)]


def _numbers(sheet: RawSheet, mapping: SheetMap, column: int) -> list[str]:
    """Return what stands in a column on the rows that hold computers."""
    kind = mapping.columns[mapping.spec.positions["kind"]]
    body = sheet.rows[mapping.heading_row + 1 :]
    passed = rows_without_records(body, mapping.headings)
    rows = (row for number, row in enumerate(body) if number not in passed and len(row) > max(kind, column))
    return [text for row in rows if as_text(row[kind]) and (text := as_text(row[column]))]


def _doubt(numbers: Sequence[str]) -> str:
    """Return why these are no asset numbers; empty where they are: different, with digits, and no count of the rows."""
    if not numbers:
        return "是空的"
    if len({*numbers}) < len(numbers):
        return "有重复的编号"
    counts = [int(number) for number in numbers if _COUNT.fullmatch(number)]
    if len(counts) == len(numbers) and min(counts) == 1 and max(counts) <= 2 * len(counts):
        return _COUNTS
    return "" if all(re.search(r"\d", number) for number in numbers) else "有不带数字的内容"
