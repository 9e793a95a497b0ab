from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktop.errors import AppError
from desktop.intake.files import pages
from desktop.intake.files.workbook import read_workbook


def a_page(path: Path, html: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(html.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_table_of_a_page_named_xls_is_read(tmp_path: Path, encoding: str) -> None:
    html = (
        "<html><head><style>td { color: red }</style></head><body><table border=1>"
        "<tr><th>单位名称<th>金额<br>（元）</th></tr>"
        "<tr><td> 甲&nbsp;局 </td><td>1,200</td></tr></table></body></html>"
    )
    (sheet,) = read_workbook(a_page(tmp_path / "导出.xls", html, encoding))
    assert (sheet.name, sheet.rows) == ("导出", [["单位名称", "金额\n（元）"], ["甲 局", "1,200"]])


def test_cells_that_span_are_merged_ranges(tmp_path: Path) -> None:
    html = (
        '<table><tr><td rowspan=3>甲</td><td colspan="2">乙</td></tr>'
        "<tr><td>丙</td><td>丁</td></tr><tr><td>戊</td></tr><tr><td>己</td></tr></table>"
    )
    (sheet,) = read_workbook(a_page(tmp_path / "表.html", html))
    assert sheet.rows == [["甲", "乙", ""], ["", "丙", "丁"], ["", "戊"], ["己"]]
    assert list(sheet.merged) == [((0, 0), (2, 0)), ((0, 1), (0, 2))]


def test_a_table_around_others_is_only_their_frame(tmp_path: Path) -> None:
    html = "<table><tr><td><table><tr><td>甲</table></td><td><table><tr><td>乙</table></td></tr></table>"
    sheets = read_workbook(a_page(tmp_path / "表.html", html))
    assert [(s.name, s.rows) for s in sheets] == [("表", [["甲"]]), ("表（第2张）", [["乙"]])]


def test_a_table_that_is_never_closed_is_read(tmp_path: Path) -> None:
    assert read_workbook(a_page(tmp_path / "表.htm", "<table><td>甲<td>乙"))[0].rows == [["甲", "乙"]]


@pytest.mark.parametrize(
    "html",
    [
        "<html>没有表</html>",
        "<table></table>",
        "<table><td colspan=99999>甲",
        "<table><tr><td>甲</table>" * 300,
    ],
)
def test_pages_without_a_table_or_with_absurd_ones_are_refused(tmp_path: Path, html: str) -> None:
    with pytest.raises(AppError) as caught:
        read_workbook(a_page(tmp_path / "表.html", html))
    assert caught.value.remedy


def test_rows_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_ROWS", 3)
    with pytest.raises(AppError, match="超出范围"):
        read_workbook(a_page(tmp_path / "表.html", "<table>" + "<tr><td>甲" * 4))
    monkeypatch.setattr(pages, "_MOST_BYTES", 3)
    with pytest.raises(AppError, match="40 MB"):
        read_workbook(a_page(tmp_path / "表.html", "<table><td>甲"))


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>a<![x[y]]></td></tr></table>",
        "<table><tr><td>&#" + "9" * 5000 + ";",
        "<table><td>甲</table>" + "<!--" * 100_000,
        "<table><td>甲</table>" + "<a " * 100_000,
        "<table><td>甲</table>" + '<a="' * 50_000,
        "<table><td>甲</table>" + "<![CDATA[" * 50_000,
    ],
)
def test_marks_without_an_end_neither_harm_nor_hinder(tmp_path: Path, html: str) -> None:
    begun = time.monotonic()
    assert read_workbook(a_page(tmp_path / "表.html", html))[0].rows
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr><td colspan=1000>" * 20_000,
        "<table><tr>" + "<td rowspan=1100000>" * 1000 + "<tr><td>" * 20_000,
    ],
)
def test_cells_that_reach_over_everything_are_refused(tmp_path: Path, html: str) -> None:
    with pytest.raises(AppError, match="超出范围"):
        read_workbook(a_page(tmp_path / "弹.html", html))


def test_comments_and_styles_are_passed_over(tmp_path: Path) -> None:
    html = "<!--[if gte mso 9]><table><td>藏</table><![endif]--><script>'<table><td>'</script><table><td>甲<b>乙</b></table>"
    assert read_workbook(a_page(tmp_path / "表.xls", html))[0].rows == [["甲乙"]]
