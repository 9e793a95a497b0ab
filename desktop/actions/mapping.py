"""How the sheets of a file are read, column by column, and keeping what a person says about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.actions.importing import vocabulary
from desktop.core.text import match_key
from desktop.errors import AppError
from desktop.intake.choices import Choice, maps_chosen, signature, words_of
from desktop.intake.files.raw import RawSheet
from desktop.intake.files.workbook import read_workbook
from desktop.intake.headings import Headings, column_letters, heading_rows
from desktop.intake.looking import Reader
from desktop.intake.recognise import SheetMap
from desktop.intake.sheet_specs import SheetSpec
from desktop.store import settings
from desktop.store.database import Ledger
from desktop.store.operations import Act, operation

_PREFIX = "column_choice/"
NOT_READ = "不读"
_LETTERS = re.compile(r"[A-Za-z]{1,2}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a sheet: its name, its kind, its heading row as counted from 1, and columns.

    `columns` gives, by letter or heading, the official heading of what a column holds, or 不读. What is not said stays
    as the program understands it.
    """

    sheet: str = ""
    kind: str = ""
    heading_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def kept_choices(ledger: Ledger) -> dict[str, Choice]:
    """Return what was said of sheets, by the signature of their headings."""
    found = settings.settings_beginning(ledger, _PREFIX)
    return {sign: Choice.from_json(json.loads(value)) for sign, value in found.items()}


def mapping_lines(ledger: Ledger, path: Path, sheet: str = "") -> Iterator[str]:
    """Yield in words how each sheet of a file is read, or the one that is named.

    Raises AppError for a file that cannot be read, and for a sheet that is not there.
    """
    choices = kept_choices(ledger)
    reader = Reader(vocabulary(), choices)
    for raw in [_sheet(path, sheet)] if sheet else read_workbook(path):
        maps = [] if raw.is_hidden else reader.maps_of(raw)
        if raw.is_hidden:
            yield f"「{raw.name}」表是隐藏的，不读取。"
        elif not maps:
            yield f"「{raw.name}」表没有认出来，不读取。可用 --sheet、--as、--row 和 --column 指定。"
        else:
            row = heading_rows(raw)[maps[0].heading_row]
            kept = "，按保存的对应" if signature(row) in choices else ""
            kinds = "、".join(dict.fromkeys(f"「{each.spec.name}」" for each in maps))
            yield f"「{raw.name}」表读作{kinds}，表头在第 {row.row + 1} 行{kept}："
            yield from _column_lines(row, maps)


def _column_lines(row: Headings, maps: Sequence[SheetMap]) -> Iterator[str]:
    for column, (group, text) in enumerate(words_of(row)):
        if not text:
            continue
        read = [
            f"{each.spec.name}·{each.spec.columns[at].heading}"
            for each in maps
            for at in {**each.columns, **each.ticks}
            if each.columns.get(at) == column or column in {*each.spares.get(at, ()), *each.ticks.get(at, ())}
        ]
        words = " ".join(f"{group}/{text}".split() if group else text.split())
        yield f"  {column_letters(column)} 列「{words}」→ {'、'.join(dict.fromkeys(read)) or NOT_READ}"


def keep_choice(ledger: Ledger, path: Path, wanted: Wanted) -> int:
    """Keep what a person says of a sheet, for this file and all with the same headings; return the operation's number.

    Raises AppError for a sheet, kind, row or column that is not there, or a field that two columns would fill.
    """
    raw = _sheet(path, wanted.sheet)
    reader = Reader(vocabulary(), kept_choices(ledger))
    now = next(iter(reader.maps_of(raw)), None)
    row = _heading_row(raw, wanted, now)
    spec = _spec(wanted.kind, now)
    fields = _now(row, spec, now) | _said(row, spec, wanted.columns)
    read = {column: name for column, name in fields.items() if name}
    choice = Choice(spec.subject, read, row.texts, tuple(sorted(fields.keys() - read.keys())))
    _refuse_doubles(choice, spec)
    missing = maps_chosen(row, choice, vocabulary())[0].missing
    if missing:
        listed = "、".join(f"「{heading}」" for heading in missing)
        raise _refused(f"没有一列是{listed}。", "请用 --column 指定。")
    label = f"保存《{path.name}》「{raw.name}」表的栏目对应"
    with operation(ledger, Act("栏目对应", label)) as number:
        value = json.dumps(choice.to_json(), ensure_ascii=False)
        settings.write_setting(ledger, _PREFIX + signature(row), value)
    return number


def forget_choice(ledger: Ledger, path: Path, sheet: str) -> int:
    """Forget what was said of a sheet with these headings; return the operation's number.

    Raises AppError when nothing was said of it.
    """
    raw = _sheet(path, sheet)
    kept = kept_choices(ledger)
    sign = next((sign for row in heading_rows(raw) if (sign := signature(row)) in kept), None)
    if sign is None:
        raise _refused(f"「{raw.name}」表没有保存过栏目对应。", "无需处理。")
    with operation(ledger, Act("栏目对应", f"取消《{path.name}》「{raw.name}」表的栏目对应")) as number:
        settings.remove_setting(ledger, _PREFIX + sign)
    return number


def _now(row: Headings, spec: SheetSpec, now: SheetMap | None) -> dict[int, str]:
    """Return the field of each column as the program understands it, if it reads the sheet as this kind."""
    if now is None or now.spec is not spec or now.heading_row != row.row:
        return {}
    return {column: spec.columns[at].field for at, column in now.columns.items()}


def _said(row: Headings, spec: SheetSpec, columns: Mapping[str, str]) -> dict[int, str]:
    """Return the field of each column that a person names; empty for one that is not to be read."""
    return {_column(row, name): _field(spec, heading) for name, heading in columns.items()}


def _sheet(path: Path, name: str) -> RawSheet:
    sheets = [raw for raw in read_workbook(path) if not raw.is_hidden]
    found = [raw for raw in sheets if match_key(raw.name) == match_key(name)] if name else sheets
    if len(found) == 1:
        return found[0]
    listed = "、".join(f"「{raw.name}」" for raw in sheets) or "没有表"
    said = f"《{path.name}》中没有「{name}」表。" if name else f"《{path.name}》中有几张表。"
    raise _refused(said, f"请用 --sheet 指明，可用的有：{listed}。")


def _heading_row(raw: RawSheet, wanted: Wanted, now: SheetMap | None) -> Headings:
    rows = heading_rows(raw)
    number = wanted.heading_row - 1 if wanted.heading_row is not None else now.heading_row if now else None
    if number is None:
        raise _refused("不知道表头在哪一行。", "请用 --row 指明。")
    if not 0 <= number < len(rows) or not words_of(rows[number]):
        raise _refused(f"第 {number + 1} 行没有内容，不能作表头。", "表头应在前 30 行之内，请核对。")
    return rows[number]


def _spec(kind: str, now: SheetMap | None) -> SheetSpec:
    specs = vocabulary().specs
    if not kind and now is not None:
        return now.spec
    for spec in specs:
        if match_key(kind) == match_key(spec.name):
            return spec
    said = f"没有「{kind}」这种表。" if kind else "不知道这是哪种表。"
    raise _refused(said, f"请用 --as 指明，可用的有：{'、'.join(spec.name for spec in specs)}。")


def _column(row: Headings, name: str) -> int:
    """Return the column that a person names: by its letter, its heading, or group and heading with / between."""
    words = words_of(row)
    keys = [(match_key(text), match_key(f"{group}/{text}")) for group, text in words]
    found = [column for column, both in enumerate(keys) if match_key(name) in both]
    if len(found) == 1:
        return found[0]
    by_letter = [column for column in range(len(words)) if column_letters(column) == name.upper()]
    if _LETTERS.fullmatch(name) and by_letter and not found:
        return by_letter[0]
    if found:
        letters = "、".join(f"{column_letters(column)} 列" for column in found)
        raise _refused(f"「{name}」有几列：{letters}。", "请用列的字母指明。")
    raise _refused(f"表头中没有「{name}」栏。", "请用列的字母（如 C）或表头文字指明。")


def _field(spec: SheetSpec, heading: str) -> str:
    if match_key(heading) == match_key(NOT_READ):
        return ""
    for column in spec.columns:
        if match_key(heading) == match_key(column.heading):
            return column.field
    listed = "、".join(column.heading for column in spec.columns)
    raise _refused(f"「{spec.name}」表没有「{heading}」栏。", f"可用的有：{listed}，或 {NOT_READ}。")


def _refuse_doubles(choice: Choice, spec: SheetSpec) -> None:
    for column in spec.columns:
        sources = [c for c, name in choice.fields.items() if name == column.field]
        if len(sources) > 1:
            letters = "、".join(f"{column_letters(c)} 列" for c in sorted(sources))
            raise _refused(f"{letters}都对应「{column.heading}」。", f"请把其中的指定为 {NOT_READ}。")


def _refused(what: str, remedy: str) -> AppError:
    return AppError("MAPPING", "栏目对应没有保存", message=what, remedy=remedy)
