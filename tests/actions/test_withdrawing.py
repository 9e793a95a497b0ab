from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop.actions.filling import Request, fill
from desktop.actions.undoing import history_lines
from desktop.actions.withdrawing import Withdrawal, withdraw
from desktop.errors import AppError
from desktop.store.database import Ledger
from tests.builders import a_ledger, imported

PROGRESS = [["单位名称", "摸查", "经费"], ["甲局", "2024-01-01", "否"]]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = a_ledger()
    imported(ledger, tmp_path, {"单位": [["单位名称", "备注"], ["甲局", "x"]], "进度": PROGRESS})
    return ledger


def surveyed(ledger: Ledger, as_of: datetime.date) -> str:
    cell = fill(ledger, Request("T02", as_of=as_of)).find("县级机关/软件正版化工作进度/完成软件摸查单位个数")
    assert cell is not None
    return cell.text


def test_a_fact_taken_back_does_not_count_from_that_day_on(ledger: Ledger) -> None:
    withdraw(ledger, Withdrawal("甲局", "摸查", "查得不全", on=datetime.date(2024, 5, 1)))
    days = (datetime.date(2024, 4, 30), datetime.date(2024, 5, 1))
    assert [surveyed(ledger, day) for day in days] == ["1", "0"]
    assert next(history_lines(ledger)).endswith("撤回甲局的摸查，理由：查得不全")


def test_a_fact_done_once_more_holds_again(ledger: Ledger, tmp_path: Path) -> None:
    withdraw(ledger, Withdrawal("甲局", "摸查", "查得不全", on=datetime.date(2024, 5, 1)))
    imported(ledger, tmp_path, {"进度": [["单位名称", "摸查"], ["甲局", "2024-06-01"]]})
    assert surveyed(ledger, datetime.date(2024, 6, 30)) == "1"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Withdrawal("乙局", "摸查", "错"), "「乙局」没有登记"),
        (Withdrawal("甲局", "检查", "错"), "没有「检查」"),
        (Withdrawal("甲局", "经费", "错"), "没有确认"),
        (Withdrawal("甲局", "摸查", " "), "写明理由"),
        (Withdrawal("甲局", "摸查", "错", campaign="没有"), "没有任务"),
    ],
)
def test_what_cannot_be_taken_back_is_said(ledger: Ledger, asked: Withdrawal, said: str) -> None:
    with pytest.raises(AppError, match=said):
        withdraw(ledger, asked)
    assert len(list(history_lines(ledger))) == 2


def test_a_fact_is_taken_back_once(ledger: Ledger) -> None:
    withdraw(ledger, Withdrawal("甲局", "摸查", "查得不全"))
    with pytest.raises(AppError, match="已经撤回"):
        withdraw(ledger, Withdrawal("甲局", "摸查", "查得不全"))
