"""Why a sheet whose headings are known cannot be read all the same: its layout would lose or shift columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.core.findings import Finding, FindingClass, Place
from desktop.intake.cells import as_text
from desktop.intake.files.raw import RawSheet
from desktop.intake.headings import Headings, heading_rows
from desktop.intake.recognise import SheetMap
from desktop.intake.sheet_specs import Vocabulary, heading_key

_FEWEST_WORDS = 2


def unreadable(sheet: RawSheet, maps: Sequence[SheetMap], words: Vocabulary, place: Place) -> Finding | None:
    """Return why a sheet cannot be read as it was understood, or nothing."""
    row = heading_rows(sheet)[maps[0].heading_row]
    twice = _twice(row, maps[0])
    if len(twice) >= _FEWEST_WORDS:
        text = f"像是两张表左右并排（{_listed(twice)}都出现了两次），整张表没有读取。"
        remedy = "请把右边的表移到左边的表下面，或另放一张表，再导入。"
        return Finding("I48", FindingClass.A, text, remedy, replace(place, row=row.row + 1))
    below = second_row(sheet, row.row) or _lost_in_groups(row, maps, words)
    if below:
        text = f"表头像是有两行，其中{_listed(below)}没有认出来，整张表没有读取。"
        remedy = (
            "请把大栏目下面的小栏目写成“名称、版本、是否正版”之类，或用 mapping 命令指定表头所在的行和各栏。"
        )
        return Finding("I49", FindingClass.A, text, remedy, replace(place, row=row.row + 1))
    open_claims = _open_claims(row, maps, words)
    if open_claims:
        text = f"{_listed(open_claims)}分不清是哪个软件的，整张表没有读取。"
        remedy = "请移到所说软件的右边，或合并成一栏“是否正版”，再导入。"
        return Finding("I44", FindingClass.A, text, remedy, replace(place, row=row.row + 1))
    return None


def second_row(sheet: RawSheet, row: int) -> list[str]:
    """Return the words of a row that is evidently a second row of headings below another one; nothing for none.

    They stand under headings over several columns and nowhere else, two at least, and hold no digits.
    """
    top = [as_text(cell) for cell in sheet.rows[row]]
    below = [as_text(cell) for cell in sheet.rows[row + 1]] if row + 1 < len(sheet.rows) else []
    spread = _spread(top, below, sheet, row)
    words = [text for column, text in enumerate(below) if text and column in spread]
    is_elsewhere = any(text for column, text in enumerate(below) if column not in spread)
    has_digits = any(character.isdigit() for text in words for character in text)
    return [] if is_elsewhere or has_digits or len(words) < _FEWEST_WORDS else words


def _spread(top: Sequence[str], below: Sequence[str], sheet: RawSheet, row: int) -> set[int]:
    """Return the columns under headings over several columns: merged, or followed by columns without a heading."""
    merged = {
        column
        for (first, left), (_, right) in sheet.merged
        if first == row and right > left
        for column in range(left, right + 1)
    }
    if merged:
        return merged
    bare = {
        column
        for column in range(1, len(below))
        if below[column] and not (top[column : column + 1] or [""])[0]
    }
    return {column for column in range(len(top)) if top[column] and column + 1 in bare} | bare


def _lost_in_groups(row: Headings, maps: Sequence[SheetMap], words: Vocabulary) -> list[str]:
    """Return the headings in groups of software beside computers of which no column is read as the software's name."""
    if maps[0].spec.subject != "computer" and maps[0].record_at is None:
        return []
    parts = [each for each in maps if each.record_at is not None]
    read = {each.columns[at] for each in parts for at in each.columns if at == each.record_at}
    read |= {column for each in maps for several in each.contested.values() for column in several}
    known = {row.groups[column] for column in read}
    return [
        text
        for group, text in zip(row.groups, row.texts, strict=True)
        if text and heading_key(group) in words.software and group not in known
    ]


def _open_claims(row: Headings, maps: Sequence[SheetMap], words: Vocabulary) -> list[str]:
    """Return the headings 正版 and 非正版 that are not read, where software is without a claim otherwise."""
    parts = [each for each in maps if each.spec.subject == "installation"]
    told = [{**each.columns, **each.constants, **each.contested, **each.ticks} for each in parts]
    if all(part.spec.positions["claim"] in said for part, said in zip(parts, told, strict=True)):
        return []
    read = {column for each in maps for column in each.columns.values()}
    read |= {column for each in maps for several in each.ticks.values() for column in several}
    return [
        text
        for column, text in enumerate(row.texts)
        if heading_key(text) in words.claims and column not in read
    ]


def _twice(row: Headings, mapping: SheetMap) -> list[str]:
    """Return the known headings that stand twice in a row under the same group, in order."""
    known = [
        (group, "".join(text.split()))
        for group, text in zip(row.groups, row.texts, strict=True)
        if heading_key(text) in mapping.spec.by_heading
    ]
    return [text for group, text in dict.fromkeys(known) if known.count((group, text)) > 1]


def _listed(words: Sequence[str]) -> str:
    return "、".join(f"「{' '.join(word.split())}」" for word in dict.fromkeys(words))
