from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop.actions.filling import Request
from desktop.actions.issuing import Correction, issue, issued_called, void
from desktop.actions.papers import Sealing, accept, issued_list, issued_text, reprint, seal, send_back
from desktop.core.issued import State
from desktop.errors import AppError
from desktop.store.database import Ledger
from tests.builders import NOON, imported

TODAY = NOON.date()
T02 = Request("T02", unit="县局")


@pytest.fixture
def ledger(ledger: Ledger, tmp_path: Path) -> Ledger:
    people = [["单位名称", "姓名", "职责", "手机"], ["县局", "张三", "填表人", "13900000001"]]
    imported(ledger, tmp_path, {"单位": [["单位名称", "级别"], ["县局", "县直"]], "人员": people})
    return ledger


def test_a_reprint_is_the_same_to_the_byte(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, T02)
    for name in ("a", "b"):
        reprint(ledger, form.number, {"PDF": tmp_path / f"{name}.pdf", "工作簿": tmp_path / f"{name}.xlsx"})
    for kind in ("pdf", "xlsx"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()
    assert issued_called(ledger, form.number).state is State.PRINTED


def test_a_reprint_takes_the_place_of_nothing_else(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, T02)
    (tmp_path / "mine.pdf").write_bytes(b"mine")
    with pytest.raises(AppError, match="没有改动它"):
        reprint(ledger, form.number, {"PDF": tmp_path / "mine.pdf"})


def test_a_sealing_is_entered_with_its_scan(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where a ledger in memory keeps its documents
    form = issue(ledger, T02)
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    seal(ledger, form.number, Sealing(TODAY, "李局", 3, tmp_path / "scan.pdf"))
    sealed = issued_called(ledger, form.number)
    assert (sealed.state, sealed.sealed_copies) == (State.SEALED, 3)
    documents = ledger.connection.execute("SELECT name, kind, subject_uid FROM document").fetchall()
    assert documents == [("scan.pdf", "盖章扫描件", form.number)]


@pytest.mark.parametrize(
    ("sealing", "said"),
    [
        (Sealing(TODAY, " "), "批准人"),
        (Sealing(TODAY, "李局", 0), "份数不能是 0"),
        (Sealing(TODAY + datetime.timedelta(days=1), "李局"), "不在定稿日"),
        (Sealing(TODAY - datetime.timedelta(days=1), "李局"), "不在定稿日"),
        (Sealing(TODAY, "李局", 1, Path("没有.pdf")), "没有「没有.pdf」这个文件"),
        (Sealing(TODAY, "李局", 10**20), "份数不能是 100000000000000000000"),
    ],
)
def test_a_sealing_that_cannot_be_is_refused(ledger: Ledger, sealing: Sealing, said: str) -> None:
    form = issue(ledger, T02)
    with pytest.raises(AppError, match=said):
        seal(ledger, form.number, sealing)
    assert issued_called(ledger, form.number).state is State.ISSUED


def test_an_empty_scan_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    form = issue(ledger, T02)
    (tmp_path / "scan.pdf").touch()
    with pytest.raises(AppError, match="空文件"):
        seal(ledger, form.number, Sealing(TODAY, "李局", 1, tmp_path / "scan.pdf"))


def test_sealed_sheets_are_called_back_when_void(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    seal(ledger, form.number, Sealing(TODAY, "李局", 2))
    void(ledger, form.number, "印错单位")
    assert list(issued_list(ledger))[1:] == ["应收回的盖章旧表：", f"  {form.number}　2 份　已作废"]
    with pytest.raises(AppError, match="请用现行的定稿"):
        seal(ledger, form.number, Sealing(TODAY, "李局"))


def test_a_form_passes_or_goes_back(ledger: Ledger) -> None:
    form = issue(ledger, T02)
    accept(ledger, form.number)
    assert issued_called(ledger, form.number).state is State.ACCEPTED
    with pytest.raises(AppError, match="已经审核通过"):
        accept(ledger, form.number)
    with pytest.raises(AppError, match="理由"):
        send_back(ledger, form.number, "")
    send_back(ledger, form.number, "合计不符")
    assert issued_called(ledger, form.number).state is State.RETURNED
    assert issue(ledger, T02, Correction(form.number, "合计改正")).state is State.ISSUED


def test_an_issued_form_can_be_read(ledger: Ledger) -> None:
    assert "软件正版化情况统计表" in issued_text(ledger, issue(ledger, T02))
