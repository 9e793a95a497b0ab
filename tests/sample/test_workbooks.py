"""The workbooks hold every row of the county once, in shapes that the words of `sheets.toml` can read."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.sample.rows import County, Row
from desktop.sample.workbooks import write_workbooks

Cells = Sequence[Sequence[Any]]
Sheets = Mapping[str, Mapping[str, Any]]

SUBJECTS = {
    "单位": "unit",
    "人员": "person",
    "计算机": "computer",
    "电脑台账": "computer",
    "许可": "licence",
    "软件台账": "licence",
    "安装": "installation",
    "软件安装情况": "installation",
    "06进度": "progress",
}
NAMES = [
    "01单位和人员.xlsx",
    "02计算机.xlsx",
    "03许可.xlsx",
    "03许可-公安局.xlsx",
    "04安装.xlsx",
    "05城关镇.xlsx",
    "06进度.csv",
]


@pytest.fixture(scope="module")
def paths(county: County, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_workbooks(county, tmp_path_factory.mktemp("county") / "样例")


@pytest.fixture(scope="module")
def written(paths: list[Path]) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for path in paths:
        if path.suffix == ".csv":
            with path.open(encoding="gb18030", newline="") as file:
                found[path.stem] = [[cell or None for cell in row] for row in csv.reader(file)]
        else:
            found |= {
                s.title: [list(row) for row in s.iter_rows(values_only=True)] for s in load_workbook(path)
            }
    return found


def known_headings(sheets: Sheets, subject: str) -> dict[str, str]:
    columns = sheets[subject]["column"]
    official = {c["heading"]: c["heading"] for c in columns}
    return {also: c["heading"] for c in columns for also in c["also"]} | official


def read(cells: Cells, known: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows below the headings as simple an importer would: by the words, texts to values."""
    head = max(range(5), key=lambda n: sum(plain(cell) in known for cell in cells[n]))
    headings = [str(cell) for cell in cells[head]]
    return [
        {known[plain(h)]: value(cell, h) for h, cell in zip(headings, row, strict=True) if plain(h) in known}
        for row in cells[head + 1 :]
    ]


def plain(heading: object) -> str:
    return re.sub(r"（.*?）", "", str(heading))


def value(cell: Any, heading: str) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if "元）" in heading:
        return f"{Decimal(repr(cell)) * (10_000 if '万元' in heading else 1):.2f}"
    date = re.fullmatch(r"(20\d\d)[年.-](\d{1,2})[月.-](\d{1,2})日?", str(cell))
    return datetime.date(*map(int, date.groups())) if date else cell


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in rows)


def test_files_bear_their_names(paths: list[Path]) -> None:
    assert [path.name for path in paths] == NAMES
    assert all(path.is_file() for path in paths)


@pytest.mark.parametrize("subject", ["unit", "person", "computer", "licence", "installation", "progress"])
def test_workbooks_hold_every_row_once(
    county: County, written: dict[str, Cells], sheets: Sheets, subject: str
) -> None:
    known = known_headings(sheets, subject)
    titles = [title for title, of in SUBJECTS.items() if of == subject]
    rows = [row for title in titles for row in read(written[title], known)]
    assert in_order(rows) == in_order(county.rows(subject))


def test_sheets_stand_below_none_to_three_lines_with_columns_of_their_own(
    written: dict[str, Cells], sheets: Sheets
) -> None:
    heights, unknown = [], []
    for title, subject in SUBJECTS.items():
        known = known_headings(sheets, subject)
        head = next(n for n, row in enumerate(written[title]) if sum(plain(c) in known for c in row) > 5)
        heights.append(head)
        unknown += [cell for cell in written[title][head] if plain(cell) not in known]
    assert sorted(set(heights)) == [0, 1, 2, 3]
    assert len(unknown) >= 5


def test_town_and_police_keep_their_own_books(county: County, written: dict[str, Cells]) -> None:
    def units(title: str, column: int) -> set[object]:
        return {row[column] for row in written[title][3:]}

    assert "示例县城关镇人民政府" not in units("计算机", 0) | units("安装", 0)
    assert units("电脑台账", 2) == {"示例县城关镇人民政府"}
    assert "示例县公安局" not in units("许可", 0)


def test_police_amounts_in_wan_lose_no_fen(county: County, written: dict[str, Cells]) -> None:
    heads = [str(cell) for cell in written["软件台账"][1]]
    column = heads.index("金额（万元）")
    wan = [Decimal(repr(row[column])) for row in written["软件台账"][2:]]
    own: list[Row] = [row for row in county.licence if row["单位名称"] == "示例县公安局"]
    assert [amount * 10_000 for amount in wan] == [Decimal(str(row["金额"])) for row in own]
    assert any(amount != round(amount, 2) for amount in wan)


def test_dates_are_real_in_some_sheets_and_typed_in_others(written: dict[str, Cells]) -> None:
    real = {
        title
        for title, rows in written.items()
        if any(isinstance(cell, datetime.datetime) for row in rows for cell in row)
    }
    assert real == {"许可", "安装"}
    typed = " ".join(str(cell) for row in written["计算机"][2:] for cell in row)
    assert all(
        re.search(way, typed) for way in (r"20\d\d年\d+月\d+日", r"20\d\d\.\d+\.\d+", r"20\d\d-\d\d-\d\d")
    )


def test_phones_are_text(written: dict[str, Cells]) -> None:
    column = written["人员"][0].index("手机号码")
    assert all(isinstance(row[column], str) for row in written["人员"][1:])


def test_nothing_is_merged_and_no_cell_is_a_formula(paths: list[Path], written: dict[str, Cells]) -> None:
    for path in paths:
        if path.suffix == ".xlsx":
            assert not any(sheet.merged_cells.ranges for sheet in load_workbook(path))
    assert not any(str(cell).startswith("=") for rows in written.values() for row in rows for cell in row)


def test_writing_again_gives_the_same_cells(county: County, paths: list[Path], tmp_path: Path) -> None:
    again = write_workbooks(county, tmp_path)
    assert again[-1].read_bytes() == paths[-1].read_bytes()
    for one, other in zip(paths[:-1], again[:-1], strict=True):
        for sheet, same in zip(load_workbook(one), load_workbook(other), strict=True):
            assert list(sheet.values) == list(same.values)
