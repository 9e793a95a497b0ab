from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.explaining import explanation_lines
from desktop.actions.filling import Request, explain, fill
from desktop.store.database import Ledger
from tests.actions.test_filling import SHEETS, TOTAL
from tests.builders import a_ledger, imported


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = a_ledger("县委宣传部")
    imported(ledger, tmp_path, SHEETS)
    return ledger


def lines(ledger: Ledger, code: str, cell: str) -> list[str]:
    form = fill(ledger, Request(code))
    return list(explanation_lines(form, explain(ledger, form, cell)))


def test_money_is_shown_row_by_row_in_yuan(ledger: Ledger) -> None:
    said = lines(ledger, "T02", "县级机关/软件情况/国外/办公软件/金额（万元）")
    assert said[0].endswith("金额（万元）：0.44")
    assert said[-2:] == ["  县委宣传部｜B，乙办公｜4,444.44 元", "共 1 行，合计 4,444.44 元。"]


def test_a_formula_shows_its_parts(ledger: Ledger) -> None:
    said = lines(ledger, "T02", TOTAL)
    assert said[1] == "由公式算出：*.合计.* = *.国内.* + *.国外.*"
    assert said[2].endswith("国内/办公软件/许可数（个） = 20")


def test_a_blank_cell_says_why_it_is_empty(ledger: Ledger) -> None:
    said = lines(ledger, "T02", "示范区机关/软件情况/国内/办公软件/许可数（个）")
    assert said == ["《软件正版化情况统计表》示范区机关/软件情况/国内/办公软件/许可数（个）：空", said[1]]
    assert "不含这一部分的单位" in said[1]


def test_a_person_comes_from_the_register(ledger: Ledger) -> None:
    assert lines(ledger, "T01", "第1行/姓名") == [
        "《软件正版化工作信息报送人员统计表》第1行/姓名：王·强",
        "取自登记的一条记录。",
    ]
