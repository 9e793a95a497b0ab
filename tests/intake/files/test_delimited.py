from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.intake.files import delimited
from desktop.intake.files.delimited import decoded
from desktop.intake.files.workbook import read_workbook

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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_is_read_in_every_encoding_with_commas_tabs_and_semicolons(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    text = f"单位名称{mark}类型\r\n甲局{mark}台式\r\n"
    (sheet,) = read_workbook(a_csv(tmp_path / "06进度.csv", text, encoding))
    assert (sheet.name, sheet.rows) == ("06进度", ROWS)


def test_csv_keeps_leading_zeros_quotes_and_line_breaks(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "表.csv", '007,"a ""b"", c","上\n下"\n\n短\n', "utf-8")
    assert read_workbook(path)[0].rows == [["007", 'a "b", c', "上\n下"], [], ["短"]]


@pytest.mark.parametrize(
    "content",
    ["甲,\x00乙", '甲,"乙', '"甲"乙,丙\n', "甲\x00".encode("utf-16-le").decode("latin-1"), "a" * 200_000],
)
def test_broken_csv_is_refused(tmp_path: Path, content: str) -> None:
    refused(a_csv(tmp_path / "坏.csv", content, "utf-8"))


def test_bytes_in_no_known_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "坏.csv").write_bytes(b"\xff\xff\x81")
    assert "编码" in refused(tmp_path / "坏.csv").message


def test_utf_16_with_half_a_character_at_its_end_is_marked() -> None:
    assert decoded("甲".encode("utf-16") + b"\x00", Path("x")) == "甲\ufffd"
    assert decoded(b"\xfe\xff" + "甲".encode("utf-16-be"), Path("x")) == "甲"


def test_broken_quotes_are_refused_with_the_line(tmp_path: Path) -> None:
    assert "第 3 行" in refused(a_csv(tmp_path / "坏.csv", '甲\n乙\n"丙"丁\n', "utf-8")).message


@pytest.mark.parametrize("text", ["," * 1000, "\n" * 6, "甲,乙,丙\n" * 4])
def test_csv_of_absurd_extent_is_refused(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_ROWS", 5)
    monkeypatch.setattr(delimited, "_MOST_CELLS", 10)
    assert "超出范围" in refused(a_csv(tmp_path / "大.csv", text, "utf-8")).message


def test_text_parted_by_bars_or_wide_gaps_is_read(tmp_path: Path) -> None:
    assert read_workbook(a_csv(tmp_path / "表.txt", "单位名称|类型\n甲局|台式\n", "gbk"))[0].rows == ROWS
    text = "单位名称     类型\n甲局　　台式\n\n"
    assert read_workbook(a_csv(tmp_path / "表.txt", text, "gbk"))[0].rows == [*ROWS, []]


def test_a_list_of_names_is_one_column(tmp_path: Path) -> None:
    (sheet,) = read_workbook(a_csv(tmp_path / "软件.txt", "-----甲-----\r\n\r\nAcrobat DC\r\n", "gbk"))
    assert sheet.rows == [["-----甲-----"], [], ["Acrobat DC"]]


def test_headings_broken_over_lines_are_read(tmp_path: Path) -> None:
    text = '"单位名称\n（全称）","类型\n（台式/便携）"\n甲局,台式\n'
    assert read_workbook(a_csv(tmp_path / "表.csv", text, "gbk"))[0].rows[1] == ["甲局", "台式"]


def test_a_text_of_absurd_size_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "大.csv").open("wb") as file:
        file.truncate(61_000_000)
    assert "60 MB" in refused(tmp_path / "大.csv").message


def test_wide_commas_part_the_cells_where_they_do_so_evenly(tmp_path: Path) -> None:
    lines = ["县财政局电脑清单", "资产编号，类型，使用人", "C1，台式，张 三", "C2，便携，"]
    (sheet,) = read_workbook(a_csv(tmp_path / "表.txt", "\r\n".join(lines), "gb18030"))
    assert sheet.rows == [
        [lines[0]],
        ["资产编号", "类型", "使用人"],
        ["C1", "台式", "张 三"],
        ["C2", "便携", ""],
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("资产编号,备注\nC1,旧，待修\nC2,新，在用\n", ["资产编号", "备注"]),
        ("资产编号\t备注\nC1\t旧，待修\n", ["资产编号", "备注"]),
        ("资产编号  类型  备注\nC1  台式  旧，待修\nC2  台式  新，在用\n", ["资产编号", "类型", "备注"]),
        ("一，二\n一，二，三\n一，二，三，四\n", ["一，二"]),
        ("一句话，没有说完\n", ["一句话，没有说完"]),
    ],
)
def test_wide_commas_in_sentences_part_nothing(tmp_path: Path, text: str, first: list[str]) -> None:
    (sheet,) = read_workbook(a_csv(tmp_path / "表.txt", text, "utf-8"))
    assert sheet.rows[0] == first
