from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.booklet import CHANGED, print_booklet
from desktop.actions.filling import Request, fill
from desktop.actions.issuing import issue
from desktop.actions.printing import ready_to_print
from desktop.actions.typing_in import explain_finding
from desktop.errors import AppError
from desktop.forms.paper.marks import WatermarkMark
from desktop.store.database import Ledger
from tests.actions.test_consolidating import ALL, DAY, licences, of_two_units
from tests.builders import imported


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return of_two_units(tmp_path)


def names(ledger: Ledger, path: Path, *requests: Request) -> list[tuple[str, str]]:
    return [(part.name, part.state) for part in print_booklet(ledger, requests, path)]


def issued(ledger: Ledger) -> str:
    for finding in fill(ledger, ALL).findings:
        if finding.level in "BC":
            explain_finding(ledger, ALL, finding.code, finding.place.cell, text="已与单位核对")
    return issue(ledger, ALL).printed_number


def test_a_set_holds_each_table_with_all_that_goes_with_it(ledger: Ledger, tmp_path: Path) -> None:
    number = issued(ledger)
    t01 = Request("T01", as_of=DAY, is_consolidated=True)
    assert names(ledger, tmp_path / "整套.pdf", ALL, t01) == [
        ("《软件正版化情况统计表》", f"定稿 {number}"),
        ("《软件正版化情况统计表》汇总底稿", ""),
        ("《软件正版化情况统计表》编制说明", ""),
        ("《软件正版化工作信息报送人员统计表》", "送审稿"),
        ("《软件正版化工作信息报送人员统计表》编制说明", ""),
        ("《证明材料清单》", "送审稿"),
    ]
    assert (tmp_path / "整套.pdf").read_bytes().startswith(b"%PDF")


def test_an_issued_table_is_as_it_was_issued_and_others_are_drafts(ledger: Ledger, tmp_path: Path) -> None:
    before = ready_to_print(fill(ledger, ALL)).pages[0].marks
    issued(ledger)
    imported(ledger, tmp_path, {"许可": licences(("甲镇", 9, 1249))})
    table, paper, notes, proofs = print_booklet(ledger, [ALL], tmp_path / "整套.pdf")
    assert set(before) < set(table.pages[0].marks)
    assert (paper.state, notes.state) == (CHANGED, CHANGED)
    assert any(isinstance(mark, WatermarkMark) for mark in proofs.pages[0].marks)
    assert not any(isinstance(mark, WatermarkMark) for mark in table.pages[0].marks)


def test_the_same_set_gives_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    for name in ("一.pdf", "二.pdf"):
        print_booklet(ledger, [Request("T02", as_of=DAY)], tmp_path / name)
    assert (tmp_path / "一.pdf").read_bytes() == (tmp_path / "二.pdf").read_bytes()


def test_the_list_of_proofs_comes_once(ledger: Ledger, tmp_path: Path) -> None:
    listed = names(ledger, tmp_path / "整套.pdf", Request("M01", as_of=DAY))
    assert [name for name, _ in listed] == ["《证明材料清单》", "《证明材料清单》编制说明"]


def test_nothing_to_print_is_said(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="没有指明打印哪些表"):
        print_booklet(ledger, [], tmp_path / "整套.pdf")
