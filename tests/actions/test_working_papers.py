from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.actions.filling import Request, contributions, fill
from desktop.actions.typing_in import type_cell
from desktop.actions.working_papers import working_paper
from desktop.forms.filled import is_printed
from desktop.forms.grid import Sheet
from desktop.forms.working_paper import working_sheets
from desktop.store.database import Ledger
from tests.actions.test_consolidating import ALL, of_two_units
from tests.builders import a_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return of_two_units(tmp_path)


def by_id(sheet: Sheet) -> dict[str, str]:
    return {box.id: box.text for box in sheet.boxes if box.id}


def test_the_last_row_is_the_table_and_the_rows_are_its_units(ledger: Ledger) -> None:
    paper = working_paper(ledger, ALL)
    form = fill(ledger, ALL)
    said = by_id(paper.wide)
    printed = [cell for cell in form.cells.values() if is_printed(cell) and isinstance(cell.value, Decimal)]
    assert {f"合计.{cell.id}": cell.text for cell in printed}.items() <= said.items()
    parts = contributions(ledger, ALL)
    for cell in printed:
        units = [said[f"{row}.{cell.id}"] for row in range(1, len(parts) + 1)]
        assert sum(Decimal(text) for text in units if text) == cell.value
    assert [said[f"{row}.数据来源"] for row in (1, 2, 3)] == ["台账", "台账", "未报"]
    assert said["3.县级.国内.办公许可数"] == ""


def test_a_typed_sum_is_said_to_be_apart(ledger: Ledger) -> None:
    assert "不同" not in working_paper(ledger, ALL).wide.notes[0]
    type_cell(ledger, ALL, "县级.国内.办公许可数", "33", reason="依据合同核对后增加")
    (note,) = working_paper(ledger, ALL).wide.notes
    assert "许可数（个） 汇总表填报 33，与各单位之和 7 不同。" in note


def test_on_paper_the_columns_are_parted_by_their_headings(ledger: Ledger) -> None:
    paper = working_paper(ledger, ALL)
    assert [len(sheet.columns_mm) - 3 for sheet in paper.sheets] == [7, 12, 12, 12]
    assert all(sum(sheet.columns_mm) <= 257.01 for sheet in paper.sheets)
    heads = [[box.text for box in sheet.boxes if box.is_heading and box.row == 0] for sheet in paper.sheets]
    assert heads[0] == ["序号", "单位名称", "数据来源", "软件正版化工作进度"]
    assert heads[1] == ["序号", "单位名称", "数据来源", "软件情况"]
    together: set[str] = set().union(*(by_id(sheet) for sheet in paper.sheets))
    assert together == set(by_id(paper.wide))


def test_headings_cover_the_table_without_gaps(ledger: Ledger) -> None:
    for sheet in [working_paper(ledger, ALL).wide, *working_paper(ledger, ALL).sheets]:
        taken = [
            (row, column)
            for box in sheet.boxes
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        ]
        assert sorted(taken) == [(r, c) for r in range(len(sheet.rows)) for c in range(len(sheet.columns_mm))]


def test_pages_are_numbered_through(ledger: Ledger) -> None:
    pages = working_paper(ledger, ALL).pages
    numbers = [getattr(page.marks[-1], "text", "") for page in pages]
    assert numbers == [f"第{n + 1}页 共{len(pages)}页" for n in range(len(pages))]


def test_the_workbook_holds_numbers(ledger: Ledger) -> None:
    content = working_paper(ledger, ALL).xlsx()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    last = [cell.value for cell in next(row for row in sheet.iter_rows() if row[0].value == "合计")]
    assert last[3] == 2
    assert working_paper(ledger, ALL).pdf().startswith(b"%PDF")


def test_a_campaign_without_units_has_a_working_paper_too() -> None:
    form = fill(a_ledger("县局"), Request("T02", is_consolidated=True))
    assert [sheet.rows for sheet in working_sheets(form, [], "")]
