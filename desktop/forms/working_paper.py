"""The working paper of a consolidation (汇总底稿): a row for each unit, the columns of the table, and its sums.

Built as sheets like any other table: one wide sheet for the workbook, narrower ones for paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from desktop.core.consolidation import Contribution, Origin
from desktop.forms.filled import FilledCell, FilledForm, is_printed
from desktop.forms.grid import Box, GridRow, HeaderText, Sheet
from desktop.forms.numbers import number_text
from desktop.forms.spec import Page

_PAGE = Page(is_landscape=True, top_mm=22, right_mm=20, bottom_mm=18, left_mm=20, is_single=False)
_BESIDE_MM = (9.0, 48.0, 38.0)
_WIDEST_MM = 20.0
_ROOM_MM = 162.0
_MOST_COLUMNS = 12
_TITLE_PT, _TEXT_PT = 18.0, 9.0
_HEAD_MM, _ROW_MM = 7.5, 7.0
_HEADS = ("序号", "单位名称", "数据来源")


@dataclass(frozen=True, slots=True)
class _Column:
    """A number of the table: its cell in the sum, and the printed headings over it, outermost first."""

    cell: FilledCell
    heads: tuple[str, ...]


def working_sheets(form: FilledForm, parts: Sequence[Contribution], header: str) -> list[Sheet]:
    """Return the sheets for paper, each with as many columns as fit side by side."""
    columns = _columns(form, parts)
    cut = _cut(columns)
    titles = [f"（{number + 1}／{len(cut)}）" if len(cut) > 1 else "" for number in range(len(cut))]
    return [_sheet(form, parts, some, (header, title)) for some, title in zip(cut, titles, strict=True)]


def wide_sheet(form: FilledForm, parts: Sequence[Contribution], header: str) -> Sheet:
    """Return the sheet with all columns, for a workbook."""
    return _sheet(form, parts, _columns(form, parts), (header, ""))


def _columns(form: FilledForm, parts: Sequence[Contribution]) -> list[_Column]:
    """Return the columns: the printed numbers that the sum or a unit holds, without a heading that all share."""
    held = {name for part in parts for name in part.values}
    cells = [
        cell
        for cell in form.cells.values()
        if is_printed(cell) and (isinstance(cell.value, Decimal) or cell.id in held)
    ]
    heads = [tuple(cell.path.split("/")) for cell in cells]
    shared = 1 if heads and len({each[0] for each in heads}) == 1 and min(map(len, heads)) > 1 else 0
    return [_Column(cell, each[shared:]) for cell, each in zip(cells, heads, strict=True)]


def _cut(columns: Sequence[_Column]) -> list[list[_Column]]:
    """Return the columns in portions that fit on a page, headings kept together where they can be."""
    portions: list[list[_Column]] = [[]]
    for _, group in groupby(columns, key=lambda column: column.heads[: max(1, len(column.heads) - 2)]):
        together = list(group)
        if len(portions[-1]) + len(together) > _MOST_COLUMNS and portions[-1]:
            portions.append([])
        for column in together:
            if len(portions[-1]) == _MOST_COLUMNS:
                portions.append([])
            portions[-1].append(column)
    return portions


def _sheet(
    form: FilledForm, parts: Sequence[Contribution], columns: Sequence[_Column], said: tuple[str, str]
) -> Sheet:
    header, number = said
    depth = max((len(column.heads) for column in columns), default=1)
    boxes = [
        *_head_boxes(columns, depth),
        *_unit_boxes(parts, columns, depth),
        *_sum_boxes(parts, columns, depth),
    ]
    rows = [GridRow(_HEAD_MM, is_head=True)] * depth + [GridRow(_ROW_MM)] * (len(parts) + 1)
    missing = [part.unit.name for part in parts if part.origin is Origin.MISSING]
    typed = [column.cell for column in columns if _is_apart(column.cell, parts)]
    apart = "".join(
        f"{cell.path} 汇总表{'填报' if cell.is_typed else '为'} {cell.text}，与各单位之和 {number_text(_sum(cell, parts))} 不同。"
        for cell in typed
    )
    return Sheet(
        code=form.spec.code,
        page=_PAGE,
        marker="",
        title=f"《{form.title}》汇总底稿{number}",
        title_pt=_TITLE_PT,
        text_pt=_TEXT_PT,
        header=((HeaderText(0.0, header),),),
        columns_mm=(*_BESIDE_MM, *([_width_mm(columns)] * len(columns))),
        rows=tuple(rows),
        boxes=tuple(boxes),
        notes=(f"共 {len(parts)} 个单位，未报 {len(missing)} 个。最后一行即《{form.title}》的数。{apart}",),
    )


def _sum(cell: FilledCell, parts: Sequence[Contribution]) -> Decimal:
    return sum((part.values[cell.id] for part in parts if cell.id in part.values), start=Decimal(0))


def _is_apart(cell: FilledCell, parts: Sequence[Contribution]) -> bool:
    """Return whether the sum holds another number than its units add up to, which a typed cell does."""
    return isinstance(cell.value, Decimal) and cell.value != _sum(cell, parts)


def _width_mm(columns: Sequence[_Column]) -> float:
    """Return the width of a column: they share what is left of the page, or are as on a page if they are too many."""
    return min(_WIDEST_MM, _ROOM_MM / max(1, min(len(columns), _MOST_COLUMNS)))


def _head_boxes(columns: Sequence[_Column], depth: int) -> Iterator[Box]:
    for place, words in enumerate(_HEADS):
        yield Box(0, place, depth, 1, words, is_heading=True)
    for level in range(depth):
        at = len(_HEADS)
        for heads, group in groupby(columns, key=lambda column, level=level: column.heads[: level + 1]):  # type: ignore[misc]  # the type of a default is not seen
            many = len(list(group))
            if len(heads) == level + 1:
                is_last = all(len(column.heads) == level + 1 for column in columns[at - 3 : at - 3 + many])
                yield Box(level, at, depth - level if is_last else 1, many, heads[-1], is_heading=True)
            at += many


def _unit_boxes(parts: Sequence[Contribution], columns: Sequence[_Column], depth: int) -> Iterator[Box]:
    for number, part in enumerate(parts, start=1):
        row = depth + number - 1
        yield Box(row, 0, 1, 1, str(number), Decimal(number), f"{number}.序号")
        yield Box(row, 1, 1, 1, part.unit.name, part.unit.name, f"{number}.单位名称", aligns_left=True)
        yield Box(row, 2, 1, 1, part.source, part.source, f"{number}.数据来源")
        for place, column in enumerate(columns, start=len(_HEADS)):
            value = part.values.get(column.cell.id)
            yield Box(row, place, 1, 1, number_text(value), value, f"{number}.{column.cell.id}")


def _sum_boxes(parts: Sequence[Contribution], columns: Sequence[_Column], depth: int) -> Iterator[Box]:
    row = depth + len(parts)
    yield Box(row, 0, 1, len(_HEADS), "合计", is_heading=True)
    for place, column in enumerate(columns, start=len(_HEADS)):
        yield Box(row, place, 1, 1, column.cell.text, column.cell.value, f"合计.{column.cell.id}")
