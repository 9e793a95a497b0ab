"""Rows of many records: made when they are asked for, and printed exactly as if they had been made beforehand."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop.core.records import RECORD_KINDS, Record
from desktop.forms.filled import FilledForm
from desktop.forms.filling import block_filling
from desktop.forms.filling.binding import fill_form
from desktop.forms.filling.material import Filling
from desktop.forms.grid import compose
from desktop.forms.paper.drawing import draw, missing_characters
from desktop.forms.paper.marks import describe
from desktop.forms.record_rows import Cells
from desktop.forms.spec import FormSpec
from desktop.forms.tables.render_text import render_text
from desktop.forms.tables.render_xlsx import render_xlsx
from tests.forms.form_builders import Numbers, a_question, bundled, fonts

COUNT = 57
WORDS = (
    "",
    "甲",
    "示例县城关镇人民政府党政综合办公室",
    "WPS Office 专业版（SLX-WPS-2024）；永中Office",
    "a  b\n丙",
    "𠮷",
)


class Made:
    """The `Records` of a ledger: many of any kind, with words of all lengths in turn."""

    def listed(self, kind: str, question: object, where: object) -> list[Record]:
        fields = RECORD_KINDS[kind].fields
        key = tuple("1" for _ in RECORD_KINDS[kind].dimensions)
        return [
            Record(
                f"r{n}",
                key,
                tuple(
                    (n * 7 + at if field.kind in ("count", "money") else WORDS[(n + at) % len(WORDS)])
                    for at, field in enumerate(fields)
                ),
            )
            for n in range(COUNT)
        ]


def made(spec: FormSpec, monkeypatch: pytest.MonkeyPatch, large: int) -> FilledForm:
    monkeypatch.setattr(block_filling, "LARGE", large)
    return fill_form(spec, Filling(question=a_question(), indicators=Numbers(), records=Made()))


FORMS = ["T01", "T22", "L02", "D01", "D02", "D04", "M01"]


@pytest.mark.parametrize("code", FORMS)
def test_pages_text_and_workbook_are_the_same_either_way(
    code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = made(bundled(code), monkeypatch, 10**9)
    late = made(bundled(code), monkeypatch, 3)
    assert bool(late.records) is (code != "D01")  # its sums read the rows
    sheets = compose(before), compose(late)
    one, other = (draw(sheet, fonts()) for sheet in sheets)
    assert len(one) == len(other) > 1
    assert [marks(describe(page)) for page in one] == [marks(describe(page)) for page in other]
    assert missing_characters(sheets[0], fonts()) == missing_characters(sheets[1], fonts())
    assert render_text(sheets[0]) == render_text(sheets[1])
    for name, sheet in zip(("一", "二"), sheets, strict=True):
        render_xlsx(sheet, tmp_path / f"{name}.xlsx")
    first, second = (read(tmp_path / f"{name}.xlsx") for name in ("一", "二"))
    assert first == second


def marks(described: str) -> list[str]:
    return sorted(described.splitlines())


def read(path: Path) -> dict[str, object]:
    """Return everything that a workbook says of its sheet, cell by cell."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = {
        cell.coordinate: (
            cell.value,
            cell.data_type,
            cell.number_format,
            cell.font.name,
            cell.alignment.horizontal,
            cell.alignment.shrink_to_fit,
            tuple(getattr(cell.border, side).style for side in ("left", "right", "top", "bottom")),
        )
        for row in sheet.iter_rows()
        for cell in row
    }
    heights = {number: dimension.height for number, dimension in sheet.row_dimensions.items()}
    widths = {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
    return {
        "cells": cells,
        "heights": heights,
        "widths": widths,
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "area": sheet.print_area,
        "heads": sheet.print_title_rows,
        "grid": sheet.sheet_view.showGridLines,
    }


def test_cells_are_found_by_their_ids_and_come_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(bundled("D04"), monkeypatch, 10**9).cells
    late = made(bundled("D04"), monkeypatch, 3).cells
    assert isinstance(late, Cells)
    assert list(late) == list(before)
    assert list(late.values()) == list(before.values())
    assert len(late) == len(before)
    assert late["登记.57.软件名称"] == before["登记.57.软件名称"]
    for name in ("登记.58.软件名称", "登记.0.软件名称", "登记.007.软件名称", "登记.{n}.软件名称", "没有"):
        assert name not in late
        with pytest.raises(KeyError):
            late[name]


def test_a_path_leads_to_a_cell_of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    form = made(bundled("D04"), monkeypatch, 3)
    found = form.find("第2行/软件名称")
    assert found is not None
    assert found.id == "登记.2.软件名称"


def test_checks_read_rows_that_are_made_late(monkeypatch: pytest.MonkeyPatch) -> None:
    late, before = (made(bundled("M01"), monkeypatch, large).findings for large in (3, 10**9))
    assert late == before
    assert late
