from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.intake.files import xls
from desktop.intake.files.workbook import read_workbook
from tests.intake.files.raw_xls import (
    END,
    Error,
    a_sheet,
    an_xls,
    beginning,
    compound,
    number,
    record,
    records_of,
)

ROWS: list[list[object]] = [["单位名称", "类型"], ["甲局", "台式"]]


def written(path: Path, stream: bytes, name: str = "Workbook") -> Path:
    path.write_bytes(compound(stream, name))
    return path


def refused(path: Path) -> str:
    begun = time.monotonic()
    with pytest.raises(AppError) as caught:
        read_workbook(path)
    assert time.monotonic() - begun < 5
    assert f"《{path.name}》" in caught.value.message
    assert caught.value.remedy
    return caught.value.message


def test_texts_numbers_truths_and_errors_are_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [*ROWS, [1, True], [Error(0x2A), Error(7, is_formula=True)]]
    (sheet,) = read_workbook(an_xls(tmp_path / "表.xls", {"计算机": rows}))
    assert (sheet.name, sheet.rows) == ("计算机", [*ROWS, [1.0, True], ["#N/A", "#DIV/0!"]])


def test_merged_ranges_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    sheets = {"一": a_sheet(ROWS, merged=[(1, 2, 0, 0)]), "藏": a_sheet(ROWS)}
    first, hidden = read_workbook(written(tmp_path / "表.xls", records_of(sheets, hidden=["藏"])))
    assert list(first.merged) == [((1, 0), (2, 0))]
    assert (hidden.is_hidden, list(hidden.rows)) == (True, [])


def test_the_sheet_of_a_chart_inside_another_does_not_end_it(tmp_path: Path) -> None:
    inside = beginning(0x20) + END + number(5, 1, 7)
    (sheet,) = read_workbook(written(tmp_path / "图.xls", records_of({"一": a_sheet(ROWS, extra=inside)})))
    assert sheet.rows[1] == ["甲局", "台式"]


def test_several_numbers_in_one_record_reach_as_far_as_the_last(tmp_path: Path) -> None:
    wide = record(
        0xBD, struct.pack("<HH", 65535, 0) + struct.pack("<HI", 0, 0) * 200 + struct.pack("<H", 199)
    )
    assert "超出范围" in refused(written(tmp_path / "宽.xls", records_of({"一": a_sheet([], extra=wide)})))


def test_cells_that_span_too_much_together_are_refused(tmp_path: Path) -> None:
    far = a_sheet([], extra=number(0, 0, 1) + number(65535, 30, 1))
    assert "超出范围" in refused(written(tmp_path / "多.xls", records_of(dict.fromkeys("一二三", far))))


def test_more_texts_announced_than_can_be_there_are_refused(tmp_path: Path) -> None:
    texts = record(0xFC, struct.pack("<II", 1, 0x7FFFFFFF))
    stream = records_of({"一": a_sheet(ROWS)}, extra=texts)
    assert "结构异常" in refused(written(tmp_path / "字.xls", stream))


def test_too_many_sheets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls, "MOST_SHEETS", 1)
    assert "结构异常" in refused(an_xls(tmp_path / "多.xls", {"一": ROWS, "二": ROWS}))


def test_a_password_is_named(tmp_path: Path) -> None:
    locked = records_of({"一": a_sheet(ROWS)}, extra=record(0x2F, bytes(6)))
    assert "密码" in refused(written(tmp_path / "密.xls", locked))
    assert "密码" in refused(written(tmp_path / "密.xlsx", b"x", "EncryptedPackage"))


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    assert "不是工作簿" in refused(written(tmp_path / "文.xls", b"x", "WordDocument"))
    older = record(0x0009, bytes(4))
    assert "Excel 95 以前" in refused(written(tmp_path / "旧.xls", older.ljust(20, b"\0")))


@pytest.mark.parametrize("share", [0.01, 0.1, 0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    whole = an_xls(tmp_path / "全.xls", {"一": ROWS * 90}).read_bytes()
    (tmp_path / "半.xls").write_bytes(whole[: int(len(whole) * share)])
    assert refused(tmp_path / "半.xls")


def test_names_of_the_older_format_are_read(tmp_path: Path) -> None:
    assert xls._sheet_name(b"\x04" + "计算".encode("gb18030"), is_newest=False) == "计算"
    assert xls._sheet_name(b"\x03\x00abc", is_newest=True) == "abc"


@pytest.mark.parametrize("page", [1252, 936, 65001])
def test_a_wrong_code_page_does_not_spoil_the_texts(tmp_path: Path, page: int) -> None:
    stream = records_of({"计算机": a_sheet(ROWS)}, extra=record(0x42, struct.pack("<H", page)))
    (sheet,) = read_workbook(written(tmp_path / "表.xls", stream))
    assert (sheet.name, sheet.rows) == ("计算机", ROWS)


@pytest.mark.parametrize("extent", [(0, 2**31, 0, 256), (5, 1, 0, 1), (0, 65536, 9, 1)])
def test_a_sheet_that_announces_more_than_it_can_have_is_refused(
    tmp_path: Path, extent: tuple[int, int, int, int]
) -> None:
    announced = record(0x200, struct.pack("<IIHHH", *extent, 0))
    assert "超出范围" in refused(
        written(tmp_path / "大.xls", records_of({"一": a_sheet(ROWS, extra=announced)}))
    )


def test_a_sheet_that_does_not_begin_as_one_is_refused(tmp_path: Path) -> None:
    refused(written(tmp_path / "坏.xls", records_of({"一": number(0, 0, 1) + number(65535, 60000, 1) + END})))


@pytest.mark.parametrize(("place", "value"), [(516, 1), (512 + 512 * 8 + 508, 8), (30, 31)])
def test_chains_without_an_end_are_refused(tmp_path: Path, place: int, value: int) -> None:
    content = bytearray(compound(records_of({"一": a_sheet(ROWS)})))
    struct.pack_into("<I", content, 68, 8 if place > 512 * 8 else 0xFFFFFFFE)
    struct.pack_into("<I" if place != 30 else "<H", content, place, value)
    (tmp_path / "圈.xls").write_bytes(content)
    refused(tmp_path / "圈.xls")
