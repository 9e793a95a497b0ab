from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop.actions.campaigns import Settled, settle_campaign
from desktop.actions.filling import Request, fill
from desktop.actions.issuing import Correction, draft, issue, issued_called, void
from desktop.actions.papers import accept, send_back
from desktop.actions.typing_in import explain_finding, type_cell
from desktop.actions.undoing import last_undoable, undo_operation
from desktop.core.issued import State
from desktop.errors import AppError, UnsettledError
from desktop.forms.paper.marks import BlockMark, TextMark, WatermarkMark
from desktop.store.database import Ledger
from desktop.store.issued import all_issued, frozen
from tests.builders import Rows, imported

UNITS: Rows = [["单位名称", "级别", "预算单位编码"], ["县局", "县直", "101-003"], ["乙局", "县直", ""]]
PEOPLE: Rows = [["单位名称", "姓名", "职责", "手机"], ["县局", "张三", "填表人", "13900000001"]]
T02 = Request("T02", unit="县局")
CELL = "县级机关/软件情况/国内/办公软件/许可数（个）"


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    licences: Rows = [
        ["单位名称", "软件编号", "软件名称", "软件类别", "国内/国外", "套数", "许可数", "金额（元）"],
        ["县局", "W1", "WPS Office", "办公", "国内", 5, 5, 3000],
    ]
    imported(ledger, tmp_path, {"单位": UNITS, "人员": PEOPLE, "许可": licences})
    return ledger


def test_an_issued_form_is_numbered_by_unit_and_year(ledger: Ledger) -> None:
    first = issue(ledger, T02)
    assert (first.number, first.state) == ("T02-101003-2024-0001", State.ISSUED)
    assert issue(ledger, Request("T02", unit="县局", period="2023年")).number == "T02-101003-2024-0002"
    assert issue(ledger, Request("T21", unit="县局")).number == "T21-101003-2024-0003"
    assert next(form.number for form in all_issued(ledger)) == first.number


def test_a_unit_without_a_code_goes_by_its_number(ledger: Ledger) -> None:
    for label in ("填表人", "联系电话"):
        type_cell(
            ledger,
            Request("T02", unit="乙局"),
            f"表头/{label}",
            "李四 13900000002",
            reason="代为填写，已核对过",
        )
    number = issue(ledger, Request("T02", unit="乙局")).number
    assert number.startswith("T02-0")
    assert number.endswith("-2024-0001")


def test_what_must_be_mended_or_explained_keeps_a_form_from_being_issued(ledger: Ledger) -> None:
    asked = Request("T02", unit="县局", as_of=datetime.date(2024, 6, 30), dated=datetime.date(2024, 6, 1))
    with pytest.raises(UnsettledError, match=r"1 条审核没有说明：\n  \[F02\]") as refused:
        issue(ledger, asked)
    assert "justify" in refused.value.remedy
    explain_finding(ledger, asked, "F02", "", text="补填上月的表")
    assert issue(ledger, asked).dated == datetime.date(2024, 6, 1)


def test_an_empty_header_is_grave_when_a_form_is_issued(ledger: Ledger) -> None:
    form = fill(ledger, Request("T02", unit="乙局"))
    assert [finding.level for finding in form.findings if finding.code == "V19"] == ["D", "D"]
    with pytest.raises(UnsettledError, match=r"2 条强制性审核没有通过：\n  \[V19\]"):
        issue(ledger, Request("T02", unit="乙局"))


def test_a_form_is_issued_once_and_then_corrected(ledger: Ledger) -> None:
    first = issue(ledger, T02)
    with pytest.raises(AppError, match=f"已有定稿 {first.number}"):
        issue(ledger, T02)
    with pytest.raises(AppError, match="没有写更正的理由"):
        issue(ledger, T02, Correction(first.number))
    type_cell(ledger, T02, CELL, "6", reason="漏登一份许可证")
    second = issue(ledger, T02, Correction(first.check_code, "漏登一份"))
    assert (second.replaces, second.reason) == (first.number, "漏登一份")
    assert issued_called(ledger, first.number).state is State.REPLACED
    assert second.check_code != first.check_code
    with pytest.raises(AppError, match=f"已由 {second.number} 更正"):
        issue(ledger, T02, Correction(first.number, "再改"))
    with pytest.raises(AppError, match="另一张表"):
        issue(ledger, Request("T21", unit="县局"), Correction(second.number, "再改"))


def test_a_void_form_makes_room_for_another(ledger: Ledger) -> None:
    first = issue(ledger, T02)
    with pytest.raises(AppError, match="理由"):
        void(ledger, first.number, " ")
    void(ledger, first.printed_number, "印错单位")
    assert issued_called(ledger, first.number).state is State.VOIDED
    with pytest.raises(AppError, match="已作废"):
        void(ledger, first.number, "再作废")
    assert issue(ledger, T02, Correction(first.number, "更正作废的表")).replaces == first.number


def test_an_accepted_form_is_locked(ledger: Ledger) -> None:
    first = issue(ledger, T02)
    accept(ledger, first.number)
    with pytest.raises(AppError, match="锁定"):
        issue(ledger, T02, Correction(first.number, "再改"))
    with pytest.raises(AppError, match="先用 issued return 退回"):
        void(ledger, first.number, "印错单位")
    send_back(ledger, first.number, "合计不符")
    void(ledger, first.number, "印错单位")
    assert issued_called(ledger, first.number).state is State.VOIDED


def test_issuing_and_voiding_cannot_be_undone(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    with pytest.raises(AppError, match="纸质表可能已经发出"):
        undo_operation(ledger, last_undoable(ledger))
    void(ledger, form.number, "印错单位")
    with pytest.raises(AppError, match="纸质表可能已经发出"):
        undo_operation(ledger, last_undoable(ledger))


def test_what_cannot_be_printed_can_be_explained_and_issued(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, tmp_path, {"人员": [PEOPLE[0], ["乙局", "𠮷三", "填表人", "13900000002"]]})
    asked = Request("T02", unit="乙局")
    with pytest.raises(AppError, match="P01"):
        issue(ledger, asked)
    explain_finding(ledger, asked, "P01", "", text="打印后手写补上")
    assert issue(ledger, asked).state is State.ISSUED


def test_a_form_that_is_issued_says_so_when_it_is_filled_again(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    said = [finding.text for finding in fill(ledger, T02).findings if finding.code == "F05"]
    assert said == [f"本表已有定稿 {form.number}。"]
    void(ledger, form.number, "印错单位")
    assert not [finding for finding in fill(ledger, T02).findings if finding.code == "F05"]


def test_a_draft_has_a_watermark_and_no_number(ledger: Ledger) -> None:
    marks = draft(fill(ledger, T02)).pages[0].marks
    assert [mark.text for mark in marks if isinstance(mark, WatermarkMark)] == ["送审稿"]
    assert not any(isinstance(mark, TextMark) and "编号" in mark.text for mark in marks)
    assert not any(isinstance(mark, BlockMark) for mark in marks)


def test_a_draft_has_no_grave_finding(ledger: Ledger) -> None:
    type_cell(ledger, T02, "县级.进度.摸查", "9", reason="试着填一个错的")
    with pytest.raises(AppError, match="强制性审核没有通过"):
        draft(fill(ledger, T02))


def test_a_campaign_says_what_is_printed_of_the_code(ledger: Ledger) -> None:
    settle_campaign(ledger, "", Settled(switches={"校验码": "不打印", "二维码": "不打印"}))
    plain = issue(ledger, T02)
    settle_campaign(ledger, "", Settled(switches={"校验码": "打印", "二维码": "打印"}))
    coded = issue(ledger, T02, Correction(plain.number, "加印校验码"))
    sizes = [len(frozen(ledger, form.hashes.pdf)) for form in (plain, coded)]
    assert sizes[0] < sizes[1]


def test_a_blank_form_and_an_unknown_number_are_refused(ledger: Ledger) -> None:
    with pytest.raises(AppError, match="空表不能定稿"):
        issue(ledger, Request("T02", is_blank=True))
    with pytest.raises(AppError, match="没有编号为「T99」"):
        issued_called(ledger, "T99")


def test_an_issue_that_fails_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(AppError, match="强制性"):
        issue(ledger, Request("T02", unit="乙局"))
    assert all_issued(ledger) == []
    assert ledger.connection.execute("SELECT count(*) FROM frozen").fetchone()[0] == 0
