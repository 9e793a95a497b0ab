from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop.actions.campaigns import Members, settle_group
from desktop.actions.explaining import explanation_lines
from desktop.actions.filling import Request, explain, fill, report_key
from desktop.actions.issuing import issue
from desktop.actions.locks import is_accepted
from desktop.actions.naming import campaign_called
from desktop.actions.paper_entry import (
    USUAL_REASON,
    PaperSheet,
    accept_paper,
    compare_paper,
    drop_paper,
    enter_paper,
    paper_lines,
    return_paper,
    secrets_in,
)
from desktop.actions.printing import ready_to_print
from desktop.actions.typing_in import explain_finding, type_cell, typed_lines
from desktop.actions.undoing import last_undoable, undo_operation
from desktop.core.campaign import Group
from desktop.errors import AppError, UnsettledError
from desktop.store.database import Ledger
from tests.builders import Rows, imported

T02 = Request("T02", unit="县局")
CELL = "县级.国内.办公许可数"
TOTAL = "县级.合计.办公许可数"
WRITTEN = {
    "E3": "填表人：李四",
    "G3": "联系电话(含手机)：0999-5550112 13900000001",
    "C12": 1,
    "D12": 30,
    "G15": 20,
    "H15": 20,
    "I15": 1.2,
    "G17": 20,
    "H17": 20,
    "I17": 1.2,
    "M15": 20,
    "N15": 20,
    "O15": 1.2,
    "M17": 20,
    "N17": 20,
    "O17": 1.2,
}


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    licences: Rows = [
        ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）"],
        ["县局", "W1", "WPS Office", "办公", "国内", 5, 5, 3000],
    ]
    imported(
        ledger,
        tmp_path,
        {"单位": [["单位名称", "级别"], ["县局", "县直"], ["乙局", "县直"]], "许可": licences},
    )
    return ledger


def written(ledger: Ledger, path: Path, cells: dict[str, object]) -> Path:
    """Return a blank copy in which somebody wrote these cells."""
    ready_to_print(fill(ledger, Request("T02", is_blank=True))).to_xlsx(path)
    workbook = openpyxl.load_workbook(path)
    for place, value in cells.items():
        workbook.worksheets[0][place] = value  # type: ignore[assignment]  # stubs name each kind of value
    workbook.save(path)
    return path


def entered(ledger: Ledger, folder: Path, **changed: object) -> None:
    enter_paper(ledger, T02, PaperSheet(written(ledger, folder / "纸.xlsx", {**WRITTEN, **changed})))


def test_a_form_from_paper_holds_what_the_paper_says_and_nothing_else(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path)
    form = fill(ledger, T02)
    assert (form.cells[CELL].text, form.cells[CELL].reason) == ("20", USUAL_REASON)
    assert form.cells["县级.国内.办公金额"].text == "1.20"
    assert form.cells["县级.国外.办公许可数"].text == ""
    assert form.header[0][2] == "联系电话(含手机)：0999-5550112 13900000001"
    assert [finding.code for finding in form.findings if finding.code in ("F04", "V11")] == ["F04"]
    assert fill(ledger, Request("T02", unit="乙局")).cells[CELL].text == "0"
    assert fill(ledger, Request("T02")).cells[CELL].text == "5"


@pytest.mark.parametrize("value", ["1" + "0" * 28, 10**30, "9" * 13])
def test_a_number_that_no_county_has_is_refused(ledger: Ledger, tmp_path: Path, value: object) -> None:
    with pytest.raises(AppError, match="整数部分超过 12 位"):
        entered(ledger, tmp_path, D12=value)
    with pytest.raises(AppError, match="整数部分超过 12 位"):
        type_cell(ledger, T02, CELL, str(value), reason="试一个很大的数")


def test_the_sheet_of_another_unit_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="表头的填表单位是「乙局」，不是「县局」"):
        entered(ledger, tmp_path, A3="填表单位：乙局（盖章）")
    entered(ledger, tmp_path, A3="填表单位：县局（盖章）")
    assert "F07" not in [finding.code for finding in fill(ledger, T02).findings]
    entered(ledger, tmp_path, A3="填表单位：丙局（盖章）")
    (finding,) = (each for each in fill(ledger, T02).findings if each.code == "F07")
    assert finding.text == "写的是「丙局」，本表是「县局」的。"


def test_a_blank_copy_with_the_campaigns_words_is_read(ledger: Ledger, tmp_path: Path) -> None:
    old = written(ledger, tmp_path / "旧.xlsx", WRITTEN)
    settle_group(ledger, campaign_called(ledger, "").name, Group("县级", "县属机关"), Members(["县局"]))
    new = written(ledger, tmp_path / "新.xlsx", WRITTEN)
    words = [
        [cell.value for row in openpyxl.load_workbook(path).worksheets[0] for cell in row]
        for path in (old, new)
    ]
    assert ["县属机关" in each for each in words] == [False, True]
    for path in (old, new):
        assert enter_paper(ledger, T02, PaperSheet(path)) == len(WRITTEN)


def test_a_cell_from_paper_is_explained_by_the_paper(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path)
    form = fill(ledger, T02)
    lines = list(explanation_lines(form, explain(ledger, form, CELL)))
    assert lines[1:] == [
        f"纸质代录，不取台账的数。理由：{USUAL_REASON}。何人何时录入、有无扫描件，用 paper show 查看。"
    ]


def test_one_cell_is_faulted_once(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path, D12=-8)
    found = [each for each in fill(ledger, T02).findings if each.code == "V03"]
    assert len(found) == len({each.place for each in found}) == 1


def test_totals_stand_as_they_are_on_paper_and_are_checked(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path, H17=21)
    form = fill(ledger, T02)
    assert form.cells[TOTAL].text == "21"
    assert "V01" in [finding.code for finding in form.findings]
    with pytest.raises(UnsettledError, match="强制性审核没有通过"):
        accept_paper(ledger, T02)


def test_a_second_entry_is_compared(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path)
    other = written(ledger, tmp_path / "二.xlsx", {**WRITTEN, "D12": 31, "C12": None})
    unlike = compare_paper(ledger, T02, other)
    assert [(each.first, each.second) for each in unlike] == [("1", ""), ("30", "31")]
    assert unlike[1].path == "县级机关/软件正版化工作进度/计算机总数"
    assert list(paper_lines(ledger, T02)) == [
        "代录 16 格，理由：依据单位盖章纸质表，没有扫描件",
        "2024-06-30 代录 16 格，测试",
        "2024-06-30 复核不符，测试，2 格不同",
    ]
    with pytest.raises(AppError, match="复核时两次录入有 2 格不同"):
        accept_paper(ledger, T02)
    assert compare_paper(ledger, T02, written(ledger, tmp_path / "三.xlsx", WRITTEN)) == []
    assert list(paper_lines(ledger, T02))[3:] == ["2024-06-30 复核，测试"]
    accept_paper(ledger, T02)


def test_entering_once_more_ends_an_earlier_comparison(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path)
    first, other = (
        written(ledger, tmp_path / name, {**WRITTEN, "D12": computers})
        for name, computers in (("一.xlsx", 30), ("二.xlsx", 31))
    )
    assert compare_paper(ledger, T02, first) == []
    entered(ledger, tmp_path, D12=31)
    assert list(paper_lines(ledger, T02))[1:] == [
        "2024-06-30 代录 16 格，测试",
        "2024-06-30 复核，测试（此后表中的数另有代录、改动或撤下，不再算数）",
        "2024-06-30 代录 16 格，测试",
    ]
    assert len(compare_paper(ledger, T02, first)) == 1
    with pytest.raises(AppError, match="复核时两次录入有 1 格不同"):
        accept_paper(ledger, T02)
    entered(ledger, tmp_path)
    accept_paper(ledger, T02)
    return_paper(ledger, T02, "合计不符")
    entered(ledger, tmp_path, D12=31)
    assert not is_accepted(ledger, report_key(ledger, T02))
    assert compare_paper(ledger, T02, other) == []
    drop_paper(ledger, T02)
    assert list(paper_lines(ledger, T02))[-4:] == [
        "2024-06-30 退回，测试，合计不符",
        "2024-06-30 代录 16 格，测试",
        "2024-06-30 复核，测试（此后表中的数另有代录、改动或撤下，不再算数）",
        "2024-06-30 不再代录，测试",
    ]


def test_a_comparison_is_of_the_cells_that_were_compared(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path)
    compare_paper(ledger, T02, written(ledger, tmp_path / "二.xlsx", WRITTEN))
    entered(ledger, tmp_path, D12=31)
    entry = last_undoable(ledger)
    compare_paper(ledger, T02, written(ledger, tmp_path / "三.xlsx", {**WRITTEN, "D12": 31}))
    assert list(paper_lines(ledger, T02))[-1] == "2024-06-30 复核，测试"
    undo_operation(ledger, entry)
    assert [line.endswith("不再算数）") for line in paper_lines(ledger, T02)][1:] == [False, False, True]
    type_cell(ledger, T02, CELL, "19", reason="电话核对更正")
    assert [line.endswith("不再算数）") for line in paper_lines(ledger, T02)][1:] == [False, True, True]


def test_an_accepted_sheet_is_locked_until_it_is_returned(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path)
    entering = last_undoable(ledger)
    accept_paper(ledger, T02)
    assert is_accepted(ledger, report_key(ledger, T02))
    for act in (
        lambda: entered(ledger, tmp_path),
        lambda: accept_paper(ledger, T02),
        lambda: drop_paper(ledger, T02),
        lambda: type_cell(ledger, T02, CELL, "7", reason="依据合同核对"),
        lambda: undo_operation(ledger, entering),
        lambda: explain_finding(ledger, T02, "V09", "", text=""),
    ):
        with pytest.raises(AppError, match="锁定"):
            act()
    with pytest.raises(AppError, match="理由"):
        return_paper(ledger, T02, " ")
    return_paper(ledger, T02, "合计不符")
    assert not is_accepted(ledger, report_key(ledger, T02))
    drop_paper(ledger, T02)
    assert fill(ledger, T02).cells[CELL].text == "5"


def test_a_sheet_with_open_findings_does_not_pass(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path, A3="填表单位：丙局（盖章）")
    with pytest.raises(UnsettledError, match=r"1 条审核没有说明：\n  \[F07\]"):
        accept_paper(ledger, T02)
    explain_finding(ledger, T02, "F07", "", text="丙局是县局的挂牌名称")
    accept_paper(ledger, T02)
    assert is_accepted(ledger, report_key(ledger, T02))


def test_an_empty_header_is_a_hint_and_keeps_no_sheet_from_passing(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path)
    (hint,) = (finding for finding in fill(ledger, T02).findings if finding.code == "V19")
    assert (hint.level, hint.place.cell) == ("D", "表头/填表单位")
    assert "用 paper enter 重新代录" in hint.remedy
    assert "人员" not in hint.remedy
    accept_paper(ledger, T02)


def test_words_of_secrecy_anywhere_in_the_workbook_are_said(ledger: Ledger, tmp_path: Path) -> None:
    assert secrets_in(written(ledger, tmp_path / "纸.xlsx", WRITTEN)) == []
    said = secrets_in(
        written(ledger, tmp_path / "纸.xlsx", {**WRITTEN, "E3": "填表人：机密室李四", "C30": "秘 密"})
    )
    assert [(each.code, each.text) for each in said] == [
        ("I47", "有「机密」字样。"),
        ("I47", "有「秘密」字样。"),
    ]
    assert [str(each.place) for each in said] == [
        "《纸.xlsx》「软件正版化情况统计表」表第 3 行「E」栏",
        "《纸.xlsx》「软件正版化情况统计表」表第 30 行「C」栏",
    ]


def test_a_scan_is_kept(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where a ledger in memory keeps its documents
    (tmp_path / "scan.jpg").write_bytes(b"scan")
    sheet = PaperSheet(written(ledger, tmp_path / "纸.xlsx", WRITTEN), scan=tmp_path / "scan.jpg")
    assert enter_paper(ledger, T02, sheet) == len(WRITTEN)
    kept = ledger.connection.execute("SELECT name, kind FROM document").fetchall()
    assert kept == [("scan.jpg", "纸质表扫描件")]


def test_one_line_stands_for_the_whole_sheet_among_what_was_typed(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path)
    assert [line.partition("：")[2] for line in typed_lines(ledger)] == [
        f"整表按纸质表代录 {len(WRITTEN)} 格，理由：{USUAL_REASON}"
    ]
    type_cell(ledger, T02, CELL, "19", reason="电话核对更正")
    assert any("填报 19，理由：电话核对更正" in line for line in typed_lines(ledger))


def test_a_form_from_paper_can_be_issued(ledger: Ledger, tmp_path: Path) -> None:
    entered(ledger, tmp_path, A3="填表单位：县局（盖章）")
    for finding in fill(ledger, T02).findings:
        if finding.level in "BC":
            explain_finding(ledger, T02, finding.code, finding.place.cell, text="已与单位核对")
    assert issue(ledger, T02).title == "软件正版化情况统计表"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "什么也没有填"),
        ({"D12": "若干"}, "有 1 格不能读：\n  「软件正版化情况统计表」表 D12 格：「若干」不是数"),
        ({"C13": "改了表头"}, "不是《软件正版化情况统计表》的样子"),
    ],
)
def test_a_sheet_that_cannot_be_entered_is_refused(
    ledger: Ledger, tmp_path: Path, cells: dict[str, object], said: str
) -> None:
    with pytest.raises(AppError, match=said):
        enter_paper(ledger, T02, PaperSheet(written(ledger, tmp_path / "纸.xlsx", cells)))
    assert list(typed_lines(ledger)) == []


def test_what_was_not_entered_cannot_pass(ledger: Ledger, tmp_path: Path) -> None:
    for act in (
        lambda: accept_paper(ledger, T02),
        lambda: return_paper(ledger, T02, "合计不符"),
        lambda: drop_paper(ledger, T02),
        lambda: compare_paper(ledger, T02, tmp_path / "没有.xlsx"),
    ):
        with pytest.raises(AppError, match="没有代录"):
            act()
    with pytest.raises(AppError, match="没有指明单位"):
        enter_paper(ledger, Request("T02"), PaperSheet(tmp_path / "没有.xlsx"))
    with pytest.raises(AppError, match="没有写代录的理由"):
        enter_paper(ledger, T02, PaperSheet(tmp_path / "没有.xlsx", reason=" "))
