from __future__ import annotations

from pathlib import Path

from desktop.actions.changes import change_lines
from tests.builders import a_ledger
from tests.intake.looking import Row
from tests.intake.planning.plans import A_UNIT, import_of, plan_of

PC: Row = {"单位名称": "甲局", "资产编号": "A1", "类型": "台式", "存放地点": "101"}
WPS: Row = {
    "单位名称": "甲局",
    "软件名称": "WPS Office 2019",
    "软件编号": "L1",
    "许可数": 5,
    "金额（元）": 100,
}


def test_every_change_is_told_with_its_row_and_both_values(tmp_path: Path) -> None:
    ledger = a_ledger()
    import_of(ledger, tmp_path, 单位=[A_UNIT, {"单位名称": "乙局"}], 计算机=[PC], 许可=[WPS])
    plan = plan_of(
        ledger,
        tmp_path,
        单位=[{"单位名称": "乙局", "上级单位": "甲局", "备注": "新"}],
        计算机=[{**PC, "存放地点": "无"}],
        许可=[{**WPS, "许可数": 9, "金额（元）": 180}],
    )
    assert list(change_lines(plan, ledger)) == [
        "「单位」表第 2 行，单位：上级单位 （空） → 「甲局」，备注 （空） → 新。",
        "「计算机」表第 2 行，计算机：存放地点 101 → （空）。",
        "「许可」表第 2 行，购买：套数 5 → 9，许可数 5 → 9，金额 100.00 元 → 180.00 元。",
    ]


def test_what_is_new_is_no_change(tmp_path: Path) -> None:
    ledger = a_ledger()
    assert list(change_lines(plan_of(ledger, tmp_path, 单位=[A_UNIT]), ledger)) == []


def test_what_a_record_refers_to_is_named(tmp_path: Path) -> None:
    ledger = a_ledger()
    copy: Row = {"单位名称": "甲局", "资产编号": "A1", "软件名称": "WPS Office 2019", "软件编号": "L1"}
    pcs: list[Row] = [PC, {**PC, "资产编号": "A2"}]
    import_of(ledger, tmp_path, 单位=[A_UNIT], 计算机=pcs, 许可=[WPS], 安装=[copy])
    ((uid,),) = ledger.connection.execute("SELECT uid FROM installation").fetchall()
    plan = plan_of(
        ledger,
        tmp_path,
        许可=[{**WPS, "软件编号": "L2"}],
        安装=[{**copy, "记录标识": uid, "资产编号": "A2", "软件名称": "永中Office 2019", "软件编号": "L2"}],
    )
    assert list(change_lines(plan, ledger)) == [
        "「安装」表第 2 行，安装：所在计算机 「A1」 → 「A2」，软件名称 「WPS Office」 → 「永中Office」，软件编号 「L1」 → 「L2」。"
    ]
