from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.forms.grid import Box, Sheet
from desktop.forms.tables.xlsx_places import points, table_row
from desktop.forms.tables.xlsx_sheet import fill_worksheet
from tests.forms.sheet_builders import FACTORY, a_county, a_sheet, blank_sheet, filled_sheet

BLOCK = (
    "A1:A7 B1:B2 D1:E1 F1:G1 H1:I1 J1:K1 L1:M1 N1:O1 D2:E2 F2:G2 H2:I2 J2:K2 L2:M2 N2:O2"
    " B3:B7 C3:C4 D3:F3 G3:I3 J3:L3 M3:O3"
)
SECOND_BLOCK = (
    "A8:A14 B8:B9 D8:E8 F8:G8 H8:I8 J8:K8 L8:M8 N8:O8 D9:E9 F9:G9 H9:I9 J9:K9 L9:M9 N9:O9"
    " B10:B14 C10:C11 D10:F10 G10:I10 J10:L10 M10:O10"
)
SURVEY = "A1:A2 B1:C1 D1:E1 F1:F2 A4:A6 F4:F6 A7:A9 F7:F9 B11:F11"


def written(sheet: Sheet) -> Worksheet:
    worksheet = Workbook().worksheets[0]
    fill_worksheet(worksheet, sheet)
    return worksheet


def table_merges(sheet: Sheet) -> set[str]:
    """Return the merges of the table, its first cell being A1."""
    first = table_row(sheet)
    last = first + len(sheet.rows)
    found = [area for area in written(sheet).merged_cells.ranges if first <= area.min_row < last]
    for area in found:
        area.shift(row_shift=1 - first)
    return {area.coord for area in found}


@pytest.mark.parametrize(
    ("form", "merges"), [("T01", ""), ("T02", f"{BLOCK} {SECOND_BLOCK}"), ("T03", SURVEY)]
)
def test_a_table_has_the_merges_of_the_official_form(form: str, merges: str) -> None:
    assert table_merges(blank_sheet(form)) == set(merges.split())


def test_labels_of_a_filled_list_span_its_lines(tmp_path: Path) -> None:
    merges = table_merges(filled_sheet(a_county(tmp_path), "T03", FACTORY))
    assert merges == {"A1:A2", "B1:C1", "D1:E1", "F1:F2", "A3:A4", "F3:F4", "B8:F8"}


def test_numbers_are_numbers_with_their_own_decimals() -> None:
    boxes = [Box(n, 0, 1, 1, text, Decimal(text), "x") for n, text in enumerate(("12", "3.20", "0.5"))]
    worksheet = written(a_sheet(*boxes, columns_mm=(20,)))
    cells = [worksheet.cell(row, 1) for row in (2, 3, 4)]
    assert [cell.data_type for cell in cells] == ["n", "n", "n"]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (Decimal(12), "0"),
        (Decimal("3.20"), "0.00"),
        (Decimal("0.5"), "0.0"),
    ]
    assert all(cell.alignment.shrink_to_fit for cell in cells)


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "00123", "13800000001", "#N/A", "2024-06-28"])
def test_text_stays_text(text: str) -> None:
    cell = written(a_sheet(Box(0, 0, 1, 1, text, text, "x"))).cell(2, 1)
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_an_empty_cell_takes_what_will_be_typed_and_long_text_can_be_shown() -> None:
    worksheet = written(a_sheet(Box(0, 0, 1, 1, "", id="x"), Box(0, 1, 1, 1, "长" * 256)))
    assert (worksheet.cell(2, 1).value, worksheet.cell(2, 1).number_format) == (None, "General")
    assert worksheet.cell(2, 2).number_format == "General"


def test_signs_that_a_workbook_cannot_hold_are_left_out() -> None:
    assert written(a_sheet(Box(0, 0, 1, 1, "财政\x07局"))).cell(2, 1).value == "财政局"


def test_a_heavy_frame_is_around_thin_lines() -> None:
    worksheet = written(blank_sheet("T01"))
    head, last = worksheet["A4"].border, worksheet["H6"].border
    assert (head.left.style, head.top.style, head.right.style, head.bottom.style) == (
        "medium",
        "medium",
        "thin",
        "thin",
    )
    assert (last.right.style, last.bottom.style, last.left.style) == ("medium", "medium", "thin")


def test_merged_boxes_and_lists_have_no_lines_inside() -> None:
    worksheet = written(blank_sheet("T03"))
    assert worksheet["A9"].border.bottom.style is None
    assert worksheet["B9"].border.bottom.style is None
    assert worksheet["B10"].border.top.style is None
    assert worksheet["B9"].border.right.style == "thin"
    assert worksheet["C11"].border.bottom.style == "thin"


def test_upright_labels_are_turned_and_all_else_is_wrapped() -> None:
    worksheet = written(blank_sheet("T02"))
    assert worksheet["A4"].alignment.textRotation == 255
    assert worksheet["C4"].alignment.wrap_text
    assert worksheet["C4"].alignment.horizontal == worksheet["C4"].alignment.vertical == "center"


def test_mail_addresses_stand_on_the_left(tmp_path: Path) -> None:
    worksheet = written(filled_sheet(a_county(tmp_path), "T01"))
    assert [worksheet[name].alignment.horizontal for name in ("G5", "H5")] == ["center", "left"]


def test_marker_title_header_and_notes_stand_around_the_table() -> None:
    worksheet = written(blank_sheet("T03"))
    assert [worksheet[name].value for name in ("A1", "A2", "A3", "D3", "A5", "A17")] == [
        "附件",
        "绍兴市国有企业使用软件情况调查表",
        "企业名称（盖章）：",
        "企业领导（签字）：",
        "填表时间：    年    月    日",
        "正版、非正版软件认定说明：",
    ]
    fonts = [(worksheet[name].font.name, worksheet[name].font.sz) for name in ("A1", "A2", "A3", "A6", "A17")]
    assert fonts == [
        ("黑体", 16),
        ("方正小标宋简体", 22),
        ("宋体", 10.5),
        ("宋体", 10.5),
        ("宋体", 10.5),
    ]
    assert {"A1:F1", "A2:F2", "A3:C3", "D3:F3", "A5:F5", "A17:F17", "A20:F20"} <= {
        area.coord for area in worksheet.merged_cells.ranges
    }


def test_columns_and_rows_have_the_size_of_the_form() -> None:
    worksheet = written(blank_sheet("T03"))
    assert worksheet.column_dimensions["A"].width == 13.32
    assert worksheet.row_dimensions[6].height == points(8)
    assert worksheet.row_dimensions[16].height == points(10)
