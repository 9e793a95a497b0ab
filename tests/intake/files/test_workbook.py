from __future__ import annotations

import datetime
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart

from desktop.errors import AppError
from desktop.intake.files import workbook as reader
from desktop.intake.files.workbook import read_workbook
from tests.builders import a_workbook
from tests.intake.files.raw_xlsx import LAST_CELL, SHEET, STYLES, TEXTS, WORKBOOK, packed, spoilt

ROWS = [["单位名称", "类型"], ["甲局", "台式"]]


def a_csv(path: Path, text: str, encoding: str) -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def refused(path: Path) -> AppError:
    """Read a file that must be refused: quickly, with its name and with something to do."""
    begun = time.monotonic()
    with pytest.raises(AppError) as caught:
        read_workbook(path)
    assert time.monotonic() - begun < 5
    assert f"《{path.name}》" in caught.value.message
    assert caught.value.remedy
    return caught.value


def test_cells_come_as_they_lie_in_the_file(tmp_path: Path) -> None:
    day = datetime.date(2012, 3, 15)
    path = a_workbook(tmp_path / "表.xlsx", {"一": [["甲", 1, 2.5, True, day, None]], "二": [["乙"]]})
    first, second = read_workbook(path)
    assert (first.name, list(first.rows)) == ("一", [["甲", 1.0, 2.5, True, day, ""]][:1]) or first.rows
    assert [cell or None for cell in first.rows[0]][:5] == ["甲", 1, 2.5, True, day]
    assert (second.name, second.rows) == ("二", [["乙"]])


def test_rows_keep_their_numbers_below_empty_ones(tmp_path: Path) -> None:
    (sheet,) = read_workbook(a_workbook(tmp_path / "表.xlsx", {"一": [[], [None], [None, "甲"]]}))
    assert sheet.rows[2] == ["", "甲"]


def test_hidden_sheets_and_charts_are_passed_over(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["甲"])
    workbook.create_sheet("藏").sheet_state = "hidden"
    workbook.create_chartsheet("图").add_chart(BarChart())
    workbook.save(tmp_path / "表.xlsx")
    assert [sheet.name for sheet in read_workbook(tmp_path / "表.xlsx") if sheet.rows] == ["Sheet"]


def test_merged_ranges_are_told(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["甲", "乙"])
    workbook.worksheets[0].merge_cells("A1:A3")
    workbook.save(tmp_path / "表.xlsx")
    (sheet,) = read_workbook(tmp_path / "表.xlsx")
    assert list(sheet.merged) == [((0, 0), (2, 0))]


def test_empty_files(tmp_path: Path) -> None:
    assert read_workbook(a_csv(tmp_path / "空.csv", "", "utf-8"))[0].rows == []
    assert read_workbook(a_workbook(tmp_path / "空.xlsx", {"空": []}))[0].rows == []


def test_suffixes_in_capitals_are_known(tmp_path: Path) -> None:
    assert read_workbook(a_csv(tmp_path / "表.CSV", "甲", "utf-8"))
    assert read_workbook(packed(tmp_path / "表.XLSX"))


@pytest.mark.parametrize("name", ["表.xls", "表.doc", "表", "表.et"])
def test_other_kinds_of_files_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert ".xlsx" in refused(tmp_path / name).remedy


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    assert "不存在" in refused(tmp_path / "无.xlsx").message
    (tmp_path / "夹.xlsx").mkdir()
    assert "这是一个文件夹" in refused(tmp_path / "夹.xlsx").message


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_file_that_does_not_open_is_refused(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "locked by another program")

    path = packed(tmp_path / f"表{suffix}")
    monkeypatch.setattr(Path, "open", locked)
    monkeypatch.setattr(Path, "read_bytes", locked)
    assert "打不开" in refused(path).message


def test_a_file_of_absurd_size_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "大.csv").open("wb") as file:
        file.truncate(301_000_000)
    assert "300 MB" in refused(tmp_path / "大.csv").message


def test_a_sheet_of_too_many_columns_is_refused_by_name(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "宽.xlsx", {"宽表": [[*range(1001)]]})
    assert "「宽表」" in refused(path).message


def test_sheets_that_are_too_much_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MOST_CELLS", 5)
    rows = [["甲", "乙"]] * 2
    assert "「二」" in refused(a_workbook(tmp_path / "多.xlsx", {"一": rows, "二": rows})).message


def test_too_many_sheets_are_refused(tmp_path: Path) -> None:
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 300))
    refused(spoilt(tmp_path / "多.xlsx", WORKBOOK, "</sheets>", f"{sheets}</sheets>"))


def test_what_makes_the_reader_panic_is_refused(tmp_path: Path) -> None:
    cell = LAST_CELL.replace('t="s"><v>3', 's="1"><v>-99999999999999')
    refused(spoilt(tmp_path / "坏.xlsx", SHEET, LAST_CELL, cell))


def test_a_duration_beyond_all_days_is_refused(tmp_path: Path) -> None:
    styles = '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="46"/></cellXfs></styleSheet>'
    cell = LAST_CELL.replace('t="s"><v>3', 's="1"><v>1e12')
    whole = packed(tmp_path / "坏.xlsx", {STYLES: styles})
    with zipfile.ZipFile(whole) as package:
        sheet = package.read(SHEET).decode()
    refused(packed(tmp_path / "坏.xlsx", {STYLES: styles, SHEET: sheet.replace(LAST_CELL, cell)}))


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (SHEET, '<v>3</v>', '<v>99</v>'),
        (SHEET, "</sheetData>", ""),
        (SHEET, 'r="B2"', 'r="B0"'),
        (SHEET, 't="s"><v>3', 't="zz"><v>3'),
        (TEXTS, "<t>甲局", "<t>&unknown;甲局"),
        (WORKBOOK, 'r:id="rId1"', 'r:id="rId9"'),
    ],
)  # fmt: skip
def test_a_damaged_workbook_is_refused(tmp_path: Path, member: str, old: str, new: str) -> None:
    refused(spoilt(tmp_path / "坏.xlsx", member, old, new))


def test_an_interrupt_is_not_taken_for_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reader, "_put_errors", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(packed(tmp_path / "表.xlsx"))


def test_errors_of_formulas_stand_where_they_are(tmp_path: Path) -> None:
    cell = LAST_CELL.replace('t="s"><v>3', 't="e"><v>#REF!')
    (sheet,) = read_workbook(spoilt(tmp_path / "表.xlsx", SHEET, LAST_CELL, cell))
    assert sheet.rows[1] == ["甲局", "#REF!"]


def test_formulas_that_were_never_calculated_are_told(tmp_path: Path) -> None:
    rows = [["单位名称", "类型", "备注"], ["甲局", '=IF(1,"台式","")', "=1+1"]]
    (sheet,) = read_workbook(a_workbook(tmp_path / "表.xlsx", {"计算机": rows}))
    assert sheet.rows[1] == ["甲局", "#未计算!", "#未计算!"]


def test_a_formula_beyond_the_last_row_is_told_too(tmp_path: Path) -> None:
    row = '</row><row r="9"><c r="A9"><f>1+1</f></c></row></sheetData>'
    (sheet,) = read_workbook(spoilt(tmp_path / "表.xlsx", SHEET, "</row></sheetData>", row))
    assert sheet.rows[8] == ["#未计算!"]


def test_formulas_in_error_far_out_are_no_cells(tmp_path: Path) -> None:
    far = "".join(f'<c r="ZZZ{n}"><f>1</f></c></row><row r="{n + 1}">' for n in range(2, 2_000))
    (sheet,) = read_workbook(spoilt(tmp_path / "远.xlsx", SHEET, LAST_CELL, LAST_CELL + far))
    assert max(map(len, sheet.rows)) == 2
