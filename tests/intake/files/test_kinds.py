from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.intake.files.kinds import Kind, kind_of
from tests.intake.files.raw_ods import an_ods
from tests.intake.files.raw_xls import an_xls
from tests.intake.files.raw_xlsx import packed


def told(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        kind_of(path)
    assert caught.value.remedy
    return caught.value.message


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls", ".et", ".ods"])
def test_the_content_tells_whatever_the_suffix_says(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"表{suffix}"
    assert kind_of(packed(path)) is Kind.XLSX
    assert kind_of(an_xls(path, {"一": [["甲"]]})) is Kind.XLS
    assert kind_of(an_ods(path, "")) is Kind.ODS
    path.write_text("<html><table><tr><td>甲</table>", encoding="utf-8")
    assert kind_of(path) is Kind.PAGE
    path.write_text("甲\t乙", encoding="utf-8")
    assert kind_of(path) is Kind.TEXT


@pytest.mark.parametrize("name", ["表.txt", "表.TSV", "表.csv"])
def test_text_is_known_by_its_suffix(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("甲", encoding="gb18030")
    assert kind_of(tmp_path / name) is Kind.TEXT


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"Rar!\x1a", "压缩包"),
        (b"\x89PNG\r\n", "图片"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "2003"),
        (b"PK\x03\x04 broken", "损坏"),
        ("甲乙".encode("utf-16"), "不是真正的工作簿"),
    ],
)
def test_other_things_are_refused_by_name(tmp_path: Path, content: bytes, what: str) -> None:
    assert what in told(tmp_path / "表.xls", content)


@pytest.mark.parametrize(
    ("member", "what"), [("word/document.xml", "Word"), ("xl/workbook.bin", "xlsb"), ("甲.xlsx", "压缩包")]
)
def test_packages_of_other_kinds_are_refused(tmp_path: Path, member: str, what: str) -> None:
    with zipfile.ZipFile(tmp_path / "包", "w") as package:
        package.writestr(member, "甲")
    assert what in told(tmp_path / "表.xlsx", (tmp_path / "包").read_bytes())


def test_a_text_document_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "文.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(AppError, match="不是工作簿"):
        kind_of(tmp_path / "文.ods")


def test_a_suffix_that_is_none_of_a_table_is_refused(tmp_path: Path) -> None:
    assert "不支持「.doc」" in told(tmp_path / "表.doc", b"x")
